# SPDX-License-Identifier: BSD-3-Clause
"""How devices' interrupts come: 8259s, IOAPICs, tables."""

from __future__ import annotations

from .mutant import COMMON, Mutant, on_xen

LAPIC = f"{COMMON}/cpu/lapic/lapic.c"
PIC = f"{COMMON}/pc/pic/pic.c"
IOAPIC = f"{COMMON}/pc/ioapic/ioapic.c"
DEVICE_IRQS = f"{COMMON}/pc/device-irqs/device_irqs.c"
NO_IOAPIC = ((IOAPIC, "	ioapic_read_tables();\n", ""),)
"""QEMU has no machine that lacks one."""

MUTANTS = (
    Mutant(
        "pic-left-open",
        PIC,
        [("	outb(PIC1_DATA, wanted ? MASK_ALL & ~CASCADE : MASK_ALL);\n", "	(void)wanted;\n")],
        "legacy_pic",
        machine="qemu-pc",
        hidden=NO_IOAPIC,
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
        [("version != 1 && version != 2", "version != 1")],
        "virtio_mmio:tables2",
    ),
    on_xen(
        "8259-where-none-is",
        f"{COMMON}/pc/no-pic/no_pic.c",
        [("boot_cpu_lint0 = LINT0_MASKED", "boot_cpu_lint0 = LINT0_EXTINT")],
        "lint0:vcpus=1",
    ),
    Mutant(
        "line-moves-nowhere",
        IOAPIC,
        [("	ioapic_set(paddr, PIN_HIGH(pin), destination << DESTINATION_SHIFT);\n", "	(void)destination;\n")],
        "irq_cpus:lines/500,vcpus=4",
        machine="qemu-q35",
    ),
)
