# SPDX-License-Identifier: BSD-3-Clause
"""PCI configuration space and MSI-X."""

from __future__ import annotations

from .mutant import COMMON, Mutant

MSIX = f"{COMMON}/pc/msix/msix.c"
PCI_CONFIG = f"{COMMON}/pc/pci/pci_config.c"

MUTANTS = (
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
)
