# SPDX-License-Identifier: BSD-3-Clause
"""The fuzzers see what they are for: a defect that is planted is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .targets import (
    ACPI,
    CLOCK,
    IOAPIC,
    LINUX64,
    MADT,
    MULTIBOOT,
    PCI,
    PCI_IRQ,
    PCI_SETUP,
    START_INFO,
    STORE,
    VIRTIO_MMIO,
    WORDS,
    Target,
    build,
    fuzz,
    plant,
)

PATIENCE = 300
"""Seconds: most defects are found within one, the last within 25 on an idle machine."""
AML = "common/pc/aml/aml.c"
BRIDGE = "common/pc/pci/pci_bridge.c"
ITEMS = "common/pc/aml/aml_resources.c"
ROUTES = "common/pc/pci-irq/pci_irq.c"
SCAN = "common/pc/virtio-mmio/virtio_mmio_scan.c"


@pytest.mark.parametrize(
    ("target", "file", "old", "new"),
    [
        (START_INFO, "common/boot/memory-map/memory_map.c", "? end : page_up(start);", "? end : page_down(start);"),
        (START_INFO, "common/boot/memory-map/memory_map.c", "last->kind == kind && ", ""),
        (START_INFO, "common/boot/memory-map/memory_map.c", "end - r->start < size)", "end < size)"),
        (START_INFO, "common/boot/boot/boot.c", "size > FOUR_GIB - paddr", "size > FOUR_GIB"),
        (START_INFO, "common/boot/boot/boot.c", "	if (lost)", "	if (!lost)"),
        (
            START_INFO,
            "common/boot/pvh/include/plat/pvh.h",
            "	uint32_t reserved;\n} __attribute__((packed));\n\nstruct hvm_modlist_entry",
            "	uint32_t reserved;\n};\n\nstruct hvm_modlist_entry",
        ),
        (MULTIBOOT, "common/boot/multiboot/multiboot.c", "step < sizeof(*m) || ", ""),
        (MULTIBOOT, "common/boot/multiboot/multiboot.c", " || step > left", ""),
        (MULTIBOOT, "common/boot/multiboot/multiboot.c", "(uint64_t)mi->mods_count *", "16 + 0 *"),
        (LINUX64, "common/boot/linux64/linux64.c", " || params->e820_entries > LINUX_BOOT_E820_MAX", ""),
        (LINUX64, "common/boot/linux64/linux64.c", "low | (uint64_t)high << 32", "low | high"),
        (START_INFO, "common/boot/boot/boot.c", "start < end && start + size > image", "start < image && start > end"),
        (ACPI, "common/pc/acpi/acpi.c", "!same(t->signature, signature, 4)", "!same(t->signature, signature, 0)"),
        (ACPI, "common/pc/acpi/acpi.c", "	if (size <= work_left) {", "	if (size) {"),
        (ACPI, "common/pc/acpi/include/plat/acpi.h", "paddr >= ACPI_REACH_START && ", ""),
        (
            ACPI,
            "common/pc/acpi/include/plat/acpi.h",
            "paddr < ACPI_REACH_END &&\n\t       size <= ACPI_REACH_END - paddr",
            "paddr + size <= ACPI_REACH_END",
        ),
        (ACPI, "common/pc/acpi/acpi.c", "t->length < sizeof(*t) ||", ""),
        (ACPI, "common/pc/acpi-registers/acpi_registers.c", "i < t->length ? from[i] : 0", "from[i]"),
        (ACPI, "common/pc/acpi-registers/acpi_registers.c", "at + size > (uint64_t)_base_addr", "!at"),
        (ACPI, "common/pc/acpi-registers/acpi_registers.c", "	    at % size || (", "	    ("),
        (
            ACPI,
            "common/pc/acpi/include/plat/acpi.h",
            "	uint32_t creator_revision;\n} __attribute__((packed));",
            "	uint32_t creator_revision;\n};",
        ),
        (ACPI, "common/pc/acpi-power/acpi_power.c", "left >= AML_SHORTEST", "left"),
        (ACPI, "common/pc/acpi-power/acpi_power.c", "if (at + 1 < left && ", "if ("),
        (
            ACPI,
            "common/pc/acpi-power/acpi_power.c",
            "at < left && (p[at] == AML_ZERO || p[at] == AML_ONE)",
            "p[at] == AML_ZERO || p[at] == AML_ONE",
        ),
        (ACPI, "common/pc/acpi-power/acpi_power.c", "fadt->pm1a_control <= UINT16_MAX", "true"),
        (ACPI, "common/pc/hpet/hpet.c", "	if (!hpet)\n		return 0;\n", ""),
        (ACPI, "common/pc/pm-timer/pm_timer.c", "!fadt.pm_timer ||", ""),
        (MADT, "common/pc/madt/madt.c", "entry->length < need || ", ""),
        (MADT, "common/pc/madt/madt.c", " || entry->length > left", ""),
        (MADT, "common/cpu/sipi/sipi.c", "apic_id == cpus[i].apic_id", "i && apic_id == cpus[i - 1].apic_id"),
        (MADT, "common/pc/madt/madt.c", "apic_id == all", "apic_id == all - 1"),
        (PCI, "common/pc/pci/pci.c", "		if (!c->left--) {", "		if (c->left == 99) {"),
        (PCI, "common/pc/pci/pci.c", "at = c->next & ~3U;", "at = c->next;"),
        (PCI, "common/pc/pci/pci.c", "if (at + size <= PCI_CONFIG_SIZE)", "if (size)"),
        (PCI, "common/pc/pci/pci_bars.c", "	pci_write(f, PCI_COMMAND, command);\n	return", "	return"),
        (PCI, "common/pc/pci/pci_bars.c", "	set(f, reg, wide, after);\n", "	(void)after;\n"),
        (PCI, "common/pc/pci/pci_bars.c", "is_kept(f, index, bar, get(f, reg, wide))", "true"),
        (PCI, "common/pc/pci/pci_bars.c", "\n		bar->address = 0;", "\n		;"),
        (PCI, "common/pc/pci/pci_bars.c", " && index < count &&", " &&"),
        (PCI_SETUP, BRIDGE, "*behind = ++*b->highest;", "*behind = (uint8_t)(*b->highest + 1);"),
        (PCI_SETUP, BRIDGE, "(!last || last >= *b->highest);", "true;"),
        (PCI_SETUP, BRIDGE, "		below.reach = PCI_REACH_LOW;", "		below.reach = b->reach;"),
        (
            PCI_SETUP,
            BRIDGE,
            "pci_window_align(true, WINDOW_ALIGN);\n	pci_walk",
            "pci_window_align(true, 1);\n	pci_walk",
        ),
        (
            PCI_SETUP,
            BRIDGE,
            "const uint64_t last = end - WINDOW_ALIGN;",
            "const uint64_t last = end - 2 * WINDOW_ALIGN;",
        ),
        (PCI_SETUP, BRIDGE, "		set_numbers(f, behind, *b->highest);", "		set_numbers(f, behind, behind);"),
        (PCI_SETUP, BRIDGE, "(uint32_t)(start >> 32) : 0);", "0 : 0);"),
        (
            PCI_SETUP,
            BRIDGE,
            "	enable_bridge(f);\n}\n\nstatic bool has",
            "	if (!f)\n		enable_bridge(f);\n}\n\nstatic bool has",
        ),
        (PCI_SETUP, "common/pc/pci/pci_bars.c", " && !(flags & PCI_BAR_PREFETCH))", " && !flags)"),
        (PCI_SETUP, "common/pc/pci/pci_window.c", "& ~(size - 1)", ""),
        (PCI_SETUP, "common/pc/pci/pci_window.c", "	r->end = at;\n", ""),
        (PCI_SETUP, "common/pc/pci/pci_window.c", "if (at < r->start || !at)", "if (!at)"),
        (PCI_SETUP, "common/pc/pci/pci_window.c", "	if (r.end > end)\n		r.end = end;\n", "	(void)end;\n"),
        (PCI_IRQ, ROUTES, "(pin + f.device) % PINS", "pin % PINS"),
        (PCI_IRQ, ROUTES, "ioapic_present() && ", ""),
        (PCI_IRQ, ROUTES, "(unsigned int)irq, i.level, i.low)", "(unsigned int)irq, i.level, !i.low)"),
        (PCI_IRQ, "common/pc/pci-irq/pci_prt.c", "s->interrupt.gsi >= found.gsi", "s->interrupt.gsi < found.gsi"),
        (PCI_IRQ, "common/pc/pci-irq/pci_prt.c", ".level = true, .low = true }", ".level = true, .low = false }"),
        (PCI_IRQ, "common/pc/pci-irq/pci_prt.c", "is_host(dsdt, node.name, bus)", 'is_host(dsdt, (void *)"PCI0", bus)'),
        (PCI_IRQ, AML, "length > a->left || length < 1", "length < 1"),
        (PCI_IRQ, ITEMS, "interrupt->low = flags & INTERRUPT_LOW;", "interrupt->low = flags & INTERRUPT_EDGE;"),
        (IOAPIC, "common/pc/ioapic/ioapic_mp.c", "line->bus == bus &&", "bus < 255 &&"),
        (
            IOAPIC,
            "common/pc/ioapic/ioapic_mp.c",
            "(device << DEVICE_SHIFT | pin)",
            "(device << DEVICE_SHIFT | (pin ^ 1))",
        ),
        (IOAPIC, "common/pc/ioapic/ioapic_tables.c", " && !ioapic_lines[irq].told", ""),
        (IOAPIC, "common/pc/ioapic/ioapic.c", "		ioapic_set(paddr, PIN_LOW(pin), PIN_MASKED);\n", "		;\n"),
        (IOAPIC, "common/pc/ioapic/ioapic.c", " || paddr & 15", ""),
        (
            IOAPIC,
            "common/pc/ioapic/ioapic.c",
            "ioapics[i].gsi_base < gsi_base + pins",
            "ioapics[i].gsi_base > gsi_base + pins",
        ),
        (IOAPIC, "common/pc/ioapic/ioapic.c", "low |= PIN_ACTIVE_LOW;", "low |= PIN_LEVEL;"),
        (IOAPIC, "common/pc/ioapic/ioapic_tables.c", "	if (gsi >= IOAPIC_GSIS) {", "	if (gsi > 1000) {"),
        (IOAPIC, "common/pc/ioapic/ioapic_tables.c", "(flags & POLARITY) == POLARITY_LOW", "flags & POLARITY"),
        (IOAPIC, "common/pc/ioapic/ioapic_tables.c", "(flags & TRIGGER) == TRIGGER_LEVEL", "flags & TRIGGER"),
        (IOAPIC, "common/pc/mp-table/mp_table.c", "(size_t)(end - at) < mp_entry_size(*at)", "at >= end"),
        (CLOCK, "common/time/pvclock/pvclock.c", "++reads < PATIENCE_READS || tsc - begin < PATIENCE_TICKS", "++reads"),
        (CLOCK, "common/time/pvclock/pvclock.c", "++reads < PATIENCE_READS || tsc - begin", "++reads && tsc - begin"),
        (CLOCK, "common/time/pvclock/pvclock.c", "!mul || shift > MAX_SHIFT || ", "!mul || "),
        (CLOCK, "common/time/pvclock/pvclock.c", "!(version & 1) && version == t->version", "version == t->version"),
        (CLOCK, "common/time/clock/clock.c", "if ((int64_t)now < 0)", "if (!now)"),
        (CLOCK, "common/time/clock/clock.c", "clock_last + MARK_NSEC", "0"),
        (
            CLOCK,
            "common/time/clock/include/plat/clock_alone.h",
            "(int64_t)now > (int64_t)clock_last",
            "now > clock_last",
        ),
        (STORE, "xen/xenstore/xenstore_ring.c", "header.len > XENSTORE_PAYLOAD_MAX", "header.len > 16 * 4096"),
        (STORE, "xen/xenstore/xenstore_ring.c", "if (prod - begin > XENSTORE_RING_SIZE)", "if (prod == 0xfefefefe)"),
        (STORE, "xen/xenstore/xenstore_questions.c", "|| q->id != ring->header.id", ""),
        (STORE, "xen/xenstore/xenstore_questions.c", "if (q->under_way && q->waits &&", "if (q->under_way &&"),
        (STORE, "xen/xenstore/xenstore_calls.c", "if (end >= len)", "if (end > len)"),
        (VIRTIO_MMIO, AML, "	if (a->left < count)\n		return false;\n	a->at", "	a->at"),
        (VIRTIO_MMIO, AML, "	if (a.left > size)\n", "	if (!size)\n"),
        (VIRTIO_MMIO, ITEMS, "		if (rest.left < 2)\n			return false;\n", ""),
        (VIRTIO_MMIO, ITEMS, " || rest.left < length", ""),
        (VIRTIO_MMIO, ITEMS, "body.left < INTERRUPT_LENGTH ||", "body.left < 2 ||"),
        (VIRTIO_MMIO, ITEMS, " ||\n	    !body.at[1])", ")"),
        (VIRTIO_MMIO, SCAN, " &&\n	       acpi_in_reach(slot->base, slot->size)", ""),
        (VIRTIO_MMIO, "common/pc/virtio-mmio/virtio_mmio.c", "(UINT64_MAX - digit) / base", "UINT64_MAX - digit"),
        (
            WORDS,
            "common/core/core-bare/words.c",
            "		if (*line)\n			line++;\n		*to",
            "		line++;\n		*to",
        ),
    ],
)
def test_fuzzing_finds_planted_defects(target: Target, file: str, old: str, new: str, tmp_path: Path) -> None:
    templates = plant(target.folders, file, old, new, tmp_path)
    done = fuzz(build(target, tmp_path, templates), PATIENCE)
    assert done.returncode, f"{PATIENCE} s of fuzzing found nothing"
    assert re.search(r"does not hold|runtime error|deadly signal|AddressSanitizer|libFuzzer: timeout", done.stderr)
