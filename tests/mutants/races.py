# SPDX-License-Identifier: BSD-3-Clause
"""What two CPUs do at once: each defect widens the window in which they meet, so that no luck is needed."""

from __future__ import annotations

from .interrupts import IOAPIC, NO_IOAPIC
from .mutant import COMMON, Mutant
from .pci import PCI_CONFIG

LOCK = f"{COMMON}/cpu/x86/include/plat/lock.h"
NOT_HELD = [("while (__atomic_exchange_n(lock, true, __ATOMIC_ACQUIRE))", "while (!lock)")]

LINGER = "		for (unsigned int i = 0; i < 100; i++)\n			__builtin_ia32_pause();\n"
"""Tens of thousands of rounds: CPUs meet between two accesses even on a host that is too busy to run both at once."""
MEET = """\
	static unsigned int here;
	const uint64_t since = __builtin_ia32_rdtsc();

	__atomic_add_fetch(&here, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&here, __ATOMIC_SEQ_CST) < 2 && __builtin_ia32_rdtsc() - since < 5000000)
		__builtin_ia32_pause();
	__atomic_sub_fetch(&here, 1, __ATOMIC_SEQ_CST);
"""
"""Fewer rounds: who is first waits there some milliseconds for the other, which a lock keeps out."""
UNTIL_SERVED = """\
	const uint64_t since = __builtin_ia32_rdtsc();

	while (__builtin_ia32_rdtsc() - since < 100000000)
		__builtin_ia32_pause();
"""
"""Tens of milliseconds: whatever was asked of a device before is served by then, however busy the host is."""

MUTANTS = (
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
                f"	const uint8_t m = inb(port);\n{MEET}	outb(port, (uint8_t)(m | 1U << line % 8));\n",
            ),
        ),
    ),
    Mutant(
        "edge-lost-behind-a-mask",
        IOAPIC,
        [
            (
                "	if ((old ^ low) & PIN_SETTING)\n		ioapic_set(paddr, PIN_LOW(pin), low | PIN_MASKED);\n",
                f"	ioapic_set(paddr, PIN_LOW(pin), low | PIN_MASKED);\n{UNTIL_SERVED}",
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
                MEET + "	page[IOAPIC_WINDOW] = value;\n",
            ),
        ),
    ),
)
