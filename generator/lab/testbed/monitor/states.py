# SPDX-License-Identifier: BSD-3-Clause
"""How other monitors enter an image: registers, memory map, tables, interrupt controllers, ways to end.

Sources: Firecracker (src/vmm/src/arch/x86_64, layout.rs, configure_pvh), Cloud Hypervisor (arch/src/x86_64, layout.rs),
alioth (alioth/src/arch/x86_64, board), all of August 2026. crosvm's state is that of its ELF64 loader
(x86_64/src/lib.rs); its ends are others there.
"""

from __future__ import annotations

from typing import NamedTuple

from ..forge import ACPI, RAM, RESERVED, Range
from ..outcome import End

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


class State(NamedTuple):
    """One monitor, as its guest sees it."""

    loader: str
    """A key of `loaders.LOADERS`."""
    start_info: int
    """Physical address; the memory map and the modules' list follow it."""
    cmdline: int
    cmdline_max: int
    tables: int
    """Physical address of the RSDP and the tables behind it."""
    tells_rsdp: bool
    """Whether start_info points to the RSDP; else it is to be searched."""
    low: tuple[Range, ...]
    """The map below `rest`."""
    rest: int
    """Where the remaining RAM begins."""
    hole: int
    """Where RAM ends below 4 GiB; more of it lies above."""
    split: bool
    """Whether only local APICs are in the kernel: then there is neither 8259 nor PIT."""
    x2apic: bool
    """Whether CPUs start with x2APICs, which the MADT lists by sparse ids."""
    sleep: int
    """Port of the sleep control register; 0 where there is none."""
    reset: int
    """Port of the reset register; 0 where there is none."""
    ends: dict[tuple[int, int], End]
    """What a byte written to a port means to the monitor."""
    linux64: bool = False
    """Whether the guest is entered in long mode with Linux's zero page, at `start_info`, instead of by PVH."""

    @property
    def told(self) -> frozenset[End]:
        """The ends that this monitor tells apart."""
        return frozenset(self.ends.values())

    def memory_map(self, size: int) -> tuple[Range, ...]:
        """The map of a guest with so many bytes of memory."""
        low = min(size, self.hole)
        high = (Range(4 * GIB, size - low, RAM),) if size > low else ()
        return (*self.low, Range(self.rest, low - self.rest, RAM), *high)


STATES: dict[str, State] = {
    "firecracker": State(
        loader="linux-loader",
        start_info=0x6000,
        cmdline=0x20000,
        cmdline_max=2048,
        tables=0xE0000,
        tells_rsdp=False,
        low=(Range(0, 0x9FC00, RAM), Range(0x9FC00, 0x40400, RESERVED)),
        rest=MIB,
        hole=3 * GIB,
        split=False,
        x2apic=False,
        sleep=0,
        reset=0,
        ends={(0x64, 0xFE): "reboot"},
    ),
    "cloud-hypervisor": State(
        loader="linux-loader",
        start_info=0x6000,
        cmdline=0x20000,
        cmdline_max=64 * KIB,
        tables=0xA0000,
        tells_rsdp=True,
        low=(Range(0, 0xA0000, RAM), Range(0xE8000000, 256 * MIB, RESERVED)),
        rest=MIB,
        hole=3 * GIB,
        split=True,
        x2apic=False,
        sleep=0x600,
        reset=0x600,
        ends={(0x600, 0x34): "poweroff", (0x600, 1): "reboot", (0x64, 0xFE): "reboot"},
    ),
    "crosvm": State(
        loader="crosvm",
        start_info=0x7000,
        cmdline=0x20000,
        cmdline_max=2048,
        tables=0xE0000,
        tells_rsdp=True,
        low=(Range(0, 0xA0000, RAM),),
        rest=MIB,
        hole=3 * GIB,
        split=False,
        x2apic=False,
        sleep=0x600,
        reset=0x604,
        ends={(0x600, 0x34): "poweroff", (0x604, 1): "reboot", (0x64, 0xFE): "reboot"},
        linux64=True,
    ),
    "alioth": State(
        loader="alioth",
        start_info=0x1000,
        cmdline=0x2000,
        cmdline_max=4096,
        tables=0x80000,
        tells_rsdp=True,
        low=(Range(0, 0x500, RESERVED), Range(0x500, 0x7FB00, RAM), Range(0x80000, 0x20000, ACPI)),
        rest=0xA0000,
        hole=2 * GIB,
        split=True,
        x2apic=True,
        sleep=0x600,
        reset=0x604,
        ends={(0x600, 0x34): "poweroff", (0x604, 1): "reboot"},
    ),
}
