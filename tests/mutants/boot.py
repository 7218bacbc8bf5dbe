# SPDX-License-Identifier: BSD-3-Clause
"""What the boot code makes: page tables, the memory map, the command line, modules, stacks, the first console."""

from __future__ import annotations

from .mutant import COMMON, Mutant

MUTANTS = (
    Mutant(
        "tlb-flush-missing",
        f"{COMMON}/boot/page-tables/page_tables.c",
        [('__asm__ __volatile__("invlpg (%0)" : : "r"(addr) : "memory");', "")],
        "double_fault",
    ),
    Mutant(
        "null-page-mapped",
        f"{COMMON}/boot/page-tables/page_tables.c",
        [("page_tables_unmap(0);", "")],
        "exception_null:read",
    ),
    Mutant(
        "nx-dropped",
        f"{COMMON}/boot/page-tables/page_tables.c",
        [("set_rights(rodata, data, ro | PTE_NX);", "set_rights(rodata, data, ro);")],
        "no_execute:constants",
    ),
    Mutant(
        "text-writable",
        f"{COMMON}/boot/page-tables/page_tables.c",
        [("set_rights(text, rodata, ro);", "set_rights(text, rodata, ro | PTE_WRITE);")],
        "text_write",
    ),
    Mutant(
        "no-guard-below-the-stack",
        f"{COMMON}/boot/boot/boot_stack.c",
        [("	page_tables_unmap(guard);", "	(void)guard;")],
        "stack_overflow",
    ),
    Mutant(
        "guard-pages-left-mapped",
        f"{COMMON}/core/core-bare/core.c",
        [("	descriptors_guard();", "")],
        "stack_guard:fault",
    ),
    Mutant(
        "high-memory-folded",
        f"{COMMON}/boot/page-tables/page_tables.c",
        [("*pde = addr | PTE_DATA", "*pde = addr % GIGA_PAGE | PTE_DATA")],
        "memory_touch:memory=4096",
        machine="qemu-pc",
    ),
    Mutant(
        "page-directories-left-free",
        f"{COMMON}/boot/memory-map/memory_map.c",
        [("		memory_map_add(map, end - size, size, MEMORY_TAKEN);\n", "")],
        "memory_touch:memory=4096",
        machine="qemu-pc",
    ),
    Mutant(
        "module-length-cut",
        f"{COMMON}/boot/boot/boot.c",
        [("(struct boot_module){ start, size }", "(struct boot_module){ start, page_down(size) }")],
        "module:module=4097",
    ),
    Mutant(
        "module-not-reserved",
        f"{COMMON}/boot/boot/boot.c",
        [("	memory_map_add(&bi->map, start, size, MEMORY_MODULE);\n", "")],
        "start_info:module",
    ),
    Mutant(
        "ram-grows-to-pages",
        f"{COMMON}/boot/memory-map/memory_map.c",
        [("? end : page_up(start);", "? end : page_down(start);")],
        "start_info:memmap-odd-sizes",
    ),
    Mutant(
        "map-left-unsorted",
        f"{COMMON}/boot/memory-map/memory_map.c",
        [("	sort_by_start(in, count);\n", "	(void)sort_by_start;\n")],
        "start_info:memmap-unsorted",
    ),
    Mutant(
        "lost-ram-unsaid",
        f"{COMMON}/boot/boot/boot.c",
        [("	if (lost)\n", "	if (lost && !bi)\n")],
        "start_info:memmap-wraps",
    ),
    Mutant(
        "command-line-halved",
        f"{COMMON}/boot/boot/boot.c",
        [("if (len == BOOT_CMDLINE_SIZE - 1)", "if (len == BOOT_CMDLINE_SIZE / 2)")],
        "cmdline:8191,length=8191",
    ),
    Mutant(
        "console-drops-a-letter",
        f"{COMMON}/console/console/console.c",
        [("	machine_consoles[i]->putc(c);", "	if (c != 'q')\n		machine_consoles[i]->putc(c);")],
        "console_out:1024",
    ),
)
