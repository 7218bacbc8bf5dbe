# SPDX-License-Identifier: BSD-3-Clause
"""The devices of a small monitor: a serial port that prints, an IOAPIC that remembers what is written."""

from __future__ import annotations

import os

COM1 = 0x3F8
LCR, LSR, SCRATCH = 3, 5, 7
DLAB, THRE_TEMT = 0x80, 0x60
NOBODY = 0xFF


class Serial:
    """A 16550 whose transmitter is always empty (National Semiconductor, PC16550D data sheet)."""

    def __init__(self) -> None:
        """As after a reset."""
        self.registers = bytearray(8)

    def write(self, port: int, value: int) -> None:
        """A letter goes to standard output at once; ports that are not the serial port's do nothing."""
        register = port - COM1
        if not 0 <= register < len(self.registers):
            return
        if register == 0 and not self.registers[LCR] & DLAB:
            os.write(1, bytes([value]))
            return
        self.registers[register] = value

    def read(self, port: int) -> int:
        """A register; 0xff where there is no device."""
        register = port - COM1
        if not 0 <= register < len(self.registers):
            return NOBODY
        return THRE_TEMT if register == LSR else self.registers[register]


class Ioapic:
    """24 pins that nothing is wired to (Intel, 82093AA data sheet)."""

    PINS = 24
    WINDOW, VERSION, FIRST_ENTRY = 0x10, 1, 0x10

    def __init__(self) -> None:
        """As after a reset: every pin is masked."""
        self.select = 0
        self.entries = [1 << 16, 0] * self.PINS

    def write(self, offset: int, value: int) -> None:
        """Select a register or write the selected one."""
        at = self.select - self.FIRST_ENTRY
        if offset == 0:
            self.select = value & 0xFF
        elif offset == self.WINDOW and 0 <= at < len(self.entries):
            self.entries[at] = value

    def read(self, offset: int) -> int:
        """The selected register; all bits set where there is none."""
        at = self.select - self.FIRST_ENTRY
        if offset == 0:
            return self.select
        if offset != self.WINDOW:
            return 0xFFFFFFFFFFFFFFFF
        if self.select == self.VERSION:
            return (self.PINS - 1) << 16 | 0x11
        return self.entries[at] if 0 <= at < len(self.entries) else 0
