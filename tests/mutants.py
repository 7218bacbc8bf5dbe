# SPDX-License-Identifier: BSD-3-Clause
"""Platforms broken on purpose: each defect must be caught by the check that is named here."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.lab import ROOT
from generator.lab.conformance.cells import Cell, Result
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import Image, build
from generator.lab.conformance.matrix import OddCell
from generator.lab.conformance.odd import CASES

COMMON, XEN = "templates/common", "templates/xen"


@dataclass(frozen=True)
class Mutant:
    """One defect: what stands in a template, what stands there instead, and who notices."""

    name: str
    file: str
    changes: Sequence[tuple[str, str]]
    caught_by: str
    platform: str = "kvm"
    machine: str = "qemu-microvm"
    hidden: Sequence[tuple[str, str, str]] = ()
    """What the machine seems not to have, so that the defect counts: changes that are sound, each with its file."""

    def plant(self, root: Path) -> None:
        for file, old, new in (*self.hidden, *((self.file, *change) for change in self.changes)):
            path = root / file
            text = path.read_text()
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {file} has {text.count(old)} times {old!r}")
            path.write_text(text.replace(old, new))


CPU = f"{COMMON}/cpu/cpu/cpu.c"
STARTS = f"{COMMON}/cpu/cpus/cpus_start.S"
NO_CLAIM = [("	jne	too_late\n", "")]
LAPIC = f"{COMMON}/cpu/lapic/lapic.c"
PIC = f"{COMMON}/pc/pic/pic.c"
IOAPIC = f"{COMMON}/pc/ioapic/ioapic.c"
DEVICE_IRQS = f"{COMMON}/pc/device-irqs/device_irqs.c"
NO_IOAPIC = ((IOAPIC, "	ioapic_read_tables();\n", ""),)
"""QEMU has no machine that lacks one."""
LOCK = f"{COMMON}/cpu/x86/include/plat/lock.h"
NOT_HELD = [("while (__atomic_exchange_n(lock, true, __ATOMIC_ACQUIRE))", "while (!lock)")]
MSIX = f"{COMMON}/pc/msix/msix.c"
PCI_CONFIG = f"{COMMON}/pc/pci/pci_config.c"
LINGER = "		for (unsigned int i = 0; i < 100; i++)\n			__builtin_ia32_pause();\n"
LINGER_LONG = LINGER.replace("100", "1000")
"""Two CPUs meet between two accesses even on a host that is too busy to run both at once."""
POWER = f"{COMMON}/pc/acpi-power/acpi_power.c"


def on_xen(name: str, file: str, changes: Sequence[tuple[str, str]], caught_by: str) -> Mutant:
    return Mutant(name, file, changes, caught_by, "xen-pvh", "xen-dom0")


def as_domu(name: str, file: str, changes: Sequence[tuple[str, str]], caught_by: str) -> Mutant:
    return Mutant(name, file, changes, caught_by, "xen-pvh", "xl")


MUTANTS = (
    on_xen(
        "pvclock-shift",
        f"{COMMON}/time/pvclock/pvclock.c",
        [("delta >>= -shift", "delta >>= 1 - shift"), ("delta <<= shift", "delta <<= 1")],
        "clock_rate:100",
    ),
    Mutant(
        "tsc-scale",
        f"{COMMON}/time/tsc-clock/tsc_clock.c",
        [("<< 32) / hz;", "<< 32) / hz;\n	scale += scale >> 9;")],
        "clock_rate:150",
    ),
    Mutant(
        "clock-goes-back",
        f"{COMMON}/time/tsc-clock/tsc_clock.c",
        [("clock_alone(clock_start, now());", "clock_alone(clock_start, now()) ^ 0x8000;")],
        "clock_monotonic:1000000",
    ),
    on_xen(
        "clock-of-many-goes-back",
        f"{COMMON}/time/clock/clock.c",
        [("	if ((int64_t)now < 0)\n", "	if (now)\n		return now ^ 0x8000;\n	if ((int64_t)now < 0)\n")],
        "clock_monotonic:20000",
    ),
    Mutant("date-a-day-off", f"{COMMON}/pc/cmos/cmos.c", [("day - 1 - 719468", "day - 719468")], "wall_clock"),
    Mutant(
        "date-read-once",
        f"{COMMON}/time/clock/clock.c",
        [("if (!wall_known || now - wall_read >= every)", "if (!wall_known || now + every == 0)")],
        "wall_pause",
    ),
    Mutant(
        "sleep-ends-with-any-interrupt",
        f"{COMMON}/time/timer/timer.c",
        [("arm(now, until);", "arm(now, now + (until - now) / 2);"), ("if (core_take_pending_work())", "if (true)")],
        "sleep:10",
    ),
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
        "interrupt-stack-unguarded",
        f"{COMMON}/cpu/traps/descriptors.c",
        [
            (
                "		page_tables_unmap((uint64_t)stacks[i].guard);",
                "		if (i)\n			page_tables_unmap((uint64_t)stacks[i].guard);",
            )
        ],
        "stack_guard:interrupt",
    ),
    Mutant(
        "guard-pages-left-mapped",
        f"{COMMON}/core/core-bare/core.c",
        [("	descriptors_guard();", "")],
        "stack_guard:fault",
    ),
    Mutant("smep-left-off", CPU, [("		cr4 |= CR4_SMEP;", "		cr4 |= 0;")], "smep"),
    Mutant("smap-left-off", CPU, [("		cr4 |= CR4_SMAP;", "		cr4 |= 0;")], "smap:write"),
    Mutant("umip-left-off", CPU, [("		cr4 |= CR4_UMIP;", "		cr4 |= 0;")], "pinned:intact"),
    Mutant("machine-checks-left-off", CPU, [("		cr4 |= CR4_MCE;", "		cr4 |= 0;")], "machine_check"),
    Mutant("stray-flags-not-noticed", CPU, [("if (flags & STRAY_FLAGS)", "if (!flags)")], "pinned:flags"),
    Mutant("mxcsr-left-0", CPU, [("		.mxcsr = MXCSR_DEFAULT,\n", "")], "fresh_state:vcpus=4"),
    Mutant(
        "fpu-not-read-back", CPU, [("	check_fpu();\n	check(", "	(void)check_fpu;\n	check(")], "pinned:mxcsr"
    ),
    Mutant("registers-not-read-back", CPU, [("(has & pinned) != pinned", "!has && pinned")], "pinned:wp"),
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
        "double-fault-shares-a-stack",
        f"{COMMON}/cpu/traps/descriptors.c",
        [("return TRAP_STACK_DOUBLE_FAULT;", "return TRAP_STACK_FAULT;")],
        "double_fault",
    ),
    Mutant(
        "debugger-shares-the-nmi-stack",
        f"{COMMON}/cpu/traps/descriptors.c",
        [("return TRAP_STACK_DEBUG;", "return TRAP_STACK_NMI;")],
        "nested_traps",
    ),
    Mutant(
        "breakpoint-shares-a-stack",
        f"{COMMON}/cpu/traps/descriptors.c",
        [("return TRAP_STACK_BREAKPOINT;", "return TRAP_STACK_DEBUG;")],
        "nested_traps",
    ),
    Mutant(
        "interrupt-spoils-sse",
        f"{COMMON}/cpu/traps/traps.c",
        [("	if (irq_handlers[irq])\n", '	__asm__("pxor %xmm9, %xmm9");\n	if (irq_handlers[irq])\n')],
        "fpu",
    ),
    Mutant(
        "interrupt-reads-before-the-program",
        f"{COMMON}/cpu/traps/traps.c",
        [
            (
                "	frame->rip = halt_leave(",
                "	(void)((volatile char *)frame->rip)[-1];\n	frame->rip = halt_leave(",
            )
        ],
        "page_start",
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
    Mutant(
        "pic-left-open",
        PIC,
        [("	outb(PIC1_DATA, wanted ? MASK_ALL & ~CASCADE : MASK_ALL);\n", "	(void)wanted;\n")],
        "legacy_pic",
        machine="qemu-pc",
        hidden=NO_IOAPIC,
    ),
    Mutant("reboot-is-off", POWER, [("how != POWER_REBOOT", "how <= POWER_CRASH")], "power:reboot"),
    on_xen("crash-is-off", f"{XEN}/xen-power/xen_power.c", [("[POWER_CRASH] = 3", "[POWER_CRASH] = 0")], "panic"),
    on_xen(
        "event-mask-lost",
        f"{XEN}/shared-info/shared_info.c",
        [("shared_info->evtchn_mask[i] = UINT64_MAX;", "shared_info->evtchn_mask[i] = 0;")],
        "event",
    ),
    on_xen(
        "event-lost-behind-the-mask",
        f"{XEN}/events/events.c",
        [("	event_op(EVTCHNOP_UNMASK, &op);", "	(void)op;")],
        "event",
    ),
    Mutant(
        "second-8259-cut-off",
        PIC,
        [("MASK_ALL & ~CASCADE", "MASK_ALL")],
        "device_irq:0",
        machine="qemu-pc",
        hidden=NO_IOAPIC,
    ),
    Mutant(
        "8259-cut-off-at-the-cpu",
        PIC,
        [("boot_cpu_lint0 = LINT0_EXTINT", "boot_cpu_lint0 = LINT0_MASKED")],
        "device_irq:0",
        hidden=NO_IOAPIC,
    ),
    Mutant(
        "8259-at-all-cpus",
        LAPIC,
        [("if (base & APIC_BASE_BOOT_CPU)", "if (base)")],
        "lint0:vcpus=4",
        hidden=NO_IOAPIC,
    ),
    Mutant("8259-beside-ioapic", PIC, [("wanted ? MASK_ALL & ~", "wanted || 1 ? MASK_ALL & ~")], "lint0:vcpus=1"),
    Mutant("lint0-beside-ioapic", IOAPIC, [("_lint0 = LINT0_MASKED;", "_lint0 = LINT0_EXTINT;")], "lint0:vcpus=1"),
    Mutant("line-without-eoi", DEVICE_IRQS, [("	else\n		lapic_eoi();\n}", "}")], "device_irq:0"),
    Mutant("looked-at-without-eoi", DEVICE_IRQS, [("	lapic_eoi();\n	until", "	until")], "device_storm"),
    Mutant("level-taken-for-edge", IOAPIC, [("if (how & IOAPIC_LEVEL)", "if (how & 4)")], "device_storm"),
    Mutant("storm-without-end", DEVICE_IRQS, [("	device_irq_mask(irq);\n	core", "	core")], "device_storm"),
    Mutant("line-to-boot-cpu", IOAPIC, [("= cpus[cpu].apic_id;", "= cpus[0].apic_id;")], "device_irq:1,vcpus=2"),
    Mutant(
        "mp-table-unread",
        f"{COMMON}/pc/ioapic/ioapic_tables.c",
        [("		ioapic_read_mp(mp, wire_line);", "		(void)wire_line;")],
        "device_line:mp",
    ),
    Mutant(
        "virtio-mmio-of-version-1-only",
        f"{COMMON}/pc/virtio-mmio/virtio_mmio.c",
        [("version == 1 || version == 2", "version == 1")],
        "virtio_mmio:tables2",
    ),
    on_xen(
        "8259-where-none-is",
        f"{COMMON}/pc/no-pic/no_pic.c",
        [("boot_cpu_lint0 = LINT0_MASKED", "boot_cpu_lint0 = LINT0_EXTINT")],
        "lint0:vcpus=1",
    ),
    Mutant(
        "device-kept-from-memory",
        f"{COMMON}/pc/pci/pci_bars.c",
        [("PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER", "PCI_COMMAND_MEMORY")],
        "pci_irq:msix,unassigned",
    ),
    Mutant(
        "function-number-ignored",
        PCI_CONFIG,
        [("(uint32_t)f->function << 8", "0")],
        "pci_irq:msix,function",
        machine="qemu-pc",
    ),
    Mutant(
        "first-device-speaks-for-all",
        f"{COMMON}/pc/pci/pci.c",
        [
            (
                "if (!f.function && pci_read8(&f, PCI_HEADER_TYPE)",
                "if (!f.function && pci_read8(&(struct pci_function){ 0 }, PCI_HEADER_TYPE)",
            )
        ],
        "pci_irq:msix,function",
        machine="qemu-pc",
    ),
    Mutant(
        "messages-held-back",
        MSIX,
        [("set_control(m, CONTROL_ENABLE);", "set_control(m, CONTROL_ENABLE | CONTROL_MASK);")],
        "pci_irq:msix,unassigned",
    ),
    Mutant(
        "messages-to-one-cpu",
        MSIX,
        [("uint32_t id = apic_id(cpu);", "uint32_t id = apic_id(cpu & 0);")],
        "pci_irq:msix,cpu,vcpus=4",
    ),
    Mutant(
        "device-behind-a-bridge-missed",
        f"{COMMON}/pc/pci/pci.c",
        [("w->open[behind / 32] |= 1U << behind % 32;", "(void)w;")],
        "pci_irq:msix,port",
        machine="qemu-q35",
    ),
    Mutant(
        "ports-shared-without-lock",
        LOCK,
        NOT_HELD,
        "pci_cpus:50000,vcpus=2",
        machine="qemu-q35",
        hidden=((PCI_CONFIG, "		value = inl(PORT_DATA);\n", LINGER + "		value = inl(PORT_DATA);\n"),),
    ),
    Mutant(
        "bus-mapped-by-two-cpus",
        LOCK,
        NOT_HELD,
        "pci_cpus:50000,memory,vcpus=2",
        hidden=((PCI_CONFIG, "		mapped.host = f->host;\n", LINGER + "		mapped.host = f->host;\n"),),
    ),
    Mutant(
        "masks-shared-without-lock",
        LOCK,
        NOT_HELD,
        "line_cpus:1000,vcpus=2",
        machine="qemu-pc",
        hidden=(
            *NO_IOAPIC,
            (
                f"{COMMON}/pc/device-irqs/pic_lines.c",
                "	outb(port, (uint8_t)(inb(port) | 1U << line % 8));\n",
                f"	const uint8_t m = inb(port);\n\n{LINGER}	outb(port, (uint8_t)(m | 1U << line % 8));\n",
            ),
        ),
    ),
    Mutant(
        "message-moves-nowhere",
        MSIX,
        [
            (
                "	e[ENTRY_CONTROL] = control | ENTRY_MASKED;\n	e[ENTRY_LOW] = message_address(cpu);\n",
                "	(void)cpu;\n",
            )
        ],
        "irq_cpus:messages/500,vcpus=4",
        machine="qemu-q35",
    ),
    Mutant(
        "message-masked-to-move",
        MSIX,
        [("	e[ENTRY_CONTROL] = control;\n", "")],
        "irq_cpus:messages/500,vcpus=4",
        machine="qemu-q35",
    ),
    Mutant(
        "line-moves-nowhere",
        IOAPIC,
        [("	ioapic_set(paddr, PIN_HIGH(pin), destination << DESTINATION_SHIFT);\n", "	(void)destination;\n")],
        "irq_cpus:lines/500,vcpus=4",
        machine="qemu-q35",
    ),
    Mutant(
        "edge-lost-behind-a-mask",
        IOAPIC,
        [
            (
                "	if ((old ^ low) & PIN_SETTING)\n		ioapic_set(paddr, PIN_LOW(pin), low | PIN_MASKED);\n",
                f"	ioapic_set(paddr, PIN_LOW(pin), low | PIN_MASKED);\n{LINGER_LONG}",
            ),
            (
                "	if ((old ^ low) & PIN_SETTING)\n		ioapic_set(paddr, PIN_LOW(pin), low | (old",
                "	ioapic_set(paddr, PIN_LOW(pin), low | (old",
            ),
        ],
        "irq_cpus:memory,edge/500,vcpus=4",
    ),
    Mutant(
        "pins-shared-without-lock",
        LOCK,
        NOT_HELD,
        "irq_cpus:memory/500,vcpus=4",
        hidden=(
            (
                f"{COMMON}/pc/ioapic/include/plat/ioapic_registers.h",
                "	page[IOAPIC_WINDOW] = value;\n",
                LINGER_LONG + "	page[IOAPIC_WINDOW] = value;\n",
            ),
        ),
    ),
    Mutant("call-without-eoi", f"{COMMON}/cpu/smp-call/smp.c", [("	lapic_eoi();\n", "")], "smp:2/20000,vcpus=2"),
    Mutant(
        "cpus-share-stacks",
        f"{COMMON}/cpu/cpus/cpus.c",
        [("for (i = 1; i < cpus_count; i++, at += size)", "for (i = 1; i < cpus_count; i++)")],
        "smp:4/1000,vcpus=4",
    ),
    Mutant("late-cpu-takes-its-stack", STARTS, NO_CLAIM, "late_cpu:late,vcpus=2"),
    on_xen("late-vcpu-takes-its-stack", STARTS, NO_CLAIM, "late_cpu:late,vcpus=2"),
    Mutant(
        "slow-cpu-given-up",
        f"{COMMON}/cpu/cpus/cpus.c",
        [("if (!leaves(c, CPU_STATE_CLAIMED, begin + CLAIMED_NSEC))", "if (is(c, UINT32_MAX))")],
        "late_cpu:slow,vcpus=2",
    ),
    on_xen(
        "vcpu-info-not-registered",
        f"{XEN}/xen-vcpus/xen_vcpus.c",
        [("	rc = vcpu_info_register(c->id);\n	if (!rc)\n", "")],
        "event_cpus:300,vcpus=2",
    ),
    on_xen(
        "events-of-others-taken",
        f"{XEN}/events/events.c",
        [("if (cpu_of(port) == cpu)", "if (cpu_of(port) <= cpu)")],
        "event_cpus:300,vcpus=2",
    ),
    on_xen(
        "version-0-without-map",
        f"{XEN}/xen-hypervisor/xen_hypervisor.c",
        [("i < op.nr_entries && i < E820_ENTRIES", "i < 1")],
        "memory_touch:memory=64",
    ),
    on_xen(
        "bound-events-dropped",
        f"{XEN}/events/events.c",
        [
            (
                "all that ever comes: it is kept.\n	 */\n",
                "all that ever comes: it is kept.\n	 */\n	events_clear(port);\n",
            )
        ],
        "event_bind",
    ),
    as_domu(
        "memory-that-is-not-there",
        f"{XEN}/xen-hypervisor/xen_hypervisor.c",
        [("wanted <= (uint64_t)has", "wanted > 0")],
        "memory_touch:memory=64,maxmem=256",
    ),
    as_domu(
        "pages-kept-for-later",
        f"{XEN}/balloon/balloon.c",
        [("	if (balloon_spare_disclaim())\n		return true;\n", "")],
        "balloon:2,maxmem=128",
    ),
    as_domu(
        "holes-given-to-the-core",
        f"{XEN}/balloon/balloon.c",
        [("} else if (!balloon_populate(&run)) {", "} else if (!run.at) {")],
        "balloon:3,maxmem=128",
    ),
    as_domu(
        "memory-believed",
        f"{XEN}/balloon/balloon_pages.c",
        [
            (
                "		reservation(XENMEM_DECREASE_RESERVATION, done, 0);\n	return done == count;",
                "		return true;\n	return true;",
            )
        ],
        "balloon:3,maxmem=128",
    ),
    as_domu(
        "memory-without-a-floor",
        f"{XEN}/balloon/balloon.c",
        [("if (lack && lack + FLOOR_KIB", "if (!lack && lack + FLOOR_KIB")],
        "balloon:3,maxmem=128",
    ),
    as_domu(
        "all-vcpus-taken",
        f"{XEN}/xen-vcpus/xen_vcpus.c",
        [("	if (madt) {", "	if (!map) {")],
        "smp:2/200,vcpus=2,maxvcpus=4",
    ),
    as_domu(
        "notices-mirror-all",
        f"{COMMON}/core/core-bare/core.c",
        [
            (
                "void core_error(const char *fmt, ...)\n{\n	va_list args;\n",
                "void core_error(const char *fmt, ...)\n{\n	va_list args;\n\n	console_everywhere();\n",
            )
        ],
        "notice",
    ),
    as_domu(
        "last-words-on-one-console",
        f"{COMMON}/power/power/power.c",
        [("		console_everywhere();", "		(void)how;")],
        "exception_ud",
    ),
    as_domu("console-deaf", f"{XEN}/xen-ring/xen_ring.c", [("		events_unmask(port);\n", "")], "console_in"),
    as_domu(
        "store-believed",
        f"{XEN}/xenstore/xenstore_questions.c",
        [(" || q->id != ring->header.id", "")],
        "store_forged:number",
    ),
)


def break_and_run(mutant: Mutant, sound: Image, folder: Path) -> Result:
    """What the named check says of the broken platform; only what has changed is compiled again."""
    root = folder / "root"
    for name in ("templates", "platforms"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(f"{sound.platform}/*.[cS]"))
    mutant.plant(root)
    home = folder / "image"
    shutil.copytree(sound.folder.parent, home)
    (home / "built").unlink()
    image = build(mutant.platform, home, root=root)
    name = mutant.caught_by.removeprefix("start_info:")
    if name != mutant.caught_by:
        case = next(case for case in CASES if case.name == name)
        return OddCell(image, mutant.machine, case, folder).run()
    variant = next(variant for variant in checks() if variant.title == mutant.caught_by)
    return Cell(image, mutant.machine, variant, folder).run(tries=1)
