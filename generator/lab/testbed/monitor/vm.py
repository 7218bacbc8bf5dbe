# SPDX-License-Identifier: BSD-3-Clause
"""A virtual machine on /dev/kvm, entered as another monitor enters it: `python -m ...vm STATE IMAGE CPUS MIB CMDLINE`.

The guest's text goes to standard output; the last line on standard error is the end and the monitor's word for it.
Source: Linux, Documentation/virt/kvm/api.rst and arch/x86/include/uapi/asm/kvm.h (structures and numbers).
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import mmap
import os
import struct
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from .. import kvm
from .cpuid import cpuid
from .devices import Ioapic, Serial
from .loaders import Refused, load
from .states import GIB, STATES, State
from .tables import IOAPIC, acpi, page_tables, start_info, zero_page

VCPU_MMAP_SIZE, CREATE_VCPU = 0xAE04, 0xAE41
SET_MEMORY, SET_TSS, SET_IDENTITY_MAP = 0x4020AE46, 0xAE47, 0x4008AE48
CREATE_IRQCHIP, CREATE_PIT, ENABLE_CAP = 0xAE60, 0x4040AE77, 0x4068AEA3
RUN, SET_REGS, GET_SREGS, SET_SREGS, SET_CPUID = 0xAE80, 0x4090AE82, 0x8138AE83, 0x4138AE84, 0x4008AE90
CAP_SPLIT_IRQCHIP, IOAPIC_PINS, PIT_SPEAKER_DUMMY = 121, 24, 1
EXIT_IO, EXIT_HLT, EXIT_MMIO, EXIT_SHUTDOWN, EXIT_INTERNAL, EXIT_EOI = 2, 5, 6, 8, 17, 26

SEGMENT = struct.Struct("<QIHBBBBBBBBBx")
SREGS_SIZE, APIC_BASE_AT, CR0_AT, GDT_AT = 312, 272, 224, 192
X2APIC_ENABLED, CR0_PE_ET, RFLAGS_ONE = 1 << 10, 0x11, 2
CR0_PG, CR4_PAE, EFER_LME_LMA = 1 << 31, 1 << 5, 0x500
PAGE_TABLES = 0x9000
GDT_ADDRESS = 0x500
GDT = struct.pack("<4Q", 0, 0x00CF9B000000FFFF, 0x00CF93000000FFFF, 0x008F8B000000FFFF)
CODE, DATA, TASK = (8, 0xB, 1), (16, 3, 1), (24, 0xB, 0)
"""(selector, type, whether it is code or data)"""
PAGE = 4096


def end(word: str, detail: str) -> NoReturn:
    """The guest has ended; no other CPU is asked."""
    sys.stderr.write(f"{word} {detail}\n")
    sys.stderr.flush()
    os._exit(0)


class Vm:
    """One guest, ready to run."""

    def __init__(
        self,
        state: State,
        image: bytes,
        cpus: int,
        size: int,
        cmdline: bytes,
        module: bytes,
        hypervisors: Sequence[str] | None = None,
    ) -> None:
        """Place everything in memory and set up the CPUs."""
        self.state = state
        device = os.open(kvm.DEVICE, os.O_RDWR | os.O_CLOEXEC)
        self.kvm, self.vm = device, fcntl.ioctl(device, kvm.CREATE_VM, 0)
        self.serial, self.ioapic = Serial(), Ioapic()
        self.apic_ids = [cpu * (2 if state.x2apic else 1) for cpu in range(cpus)]
        self.low = min(size, state.hole)
        self.memory = mmap.mmap(-1, size)
        self._map_memory(size)
        self.entry = self._place(image, cmdline, module)
        self._irqchip()
        self.vcpus = [fcntl.ioctl(self.vm, CREATE_VCPU, apic_id) for apic_id in self.apic_ids]
        for cpu in range(cpus):
            leaves = cpuid(self.kvm, self.apic_ids[cpu], hypervisors)
            fcntl.ioctl(self.vcpus[cpu], SET_CPUID, leaves, True)
            self._registers(cpu)

    def _map_memory(self, size: int) -> None:
        address = ctypes.addressof(ctypes.c_char.from_buffer(self.memory))
        parts = [(0, self.low, address)]
        if size > self.low:
            parts.append((4 * GIB, size - self.low, address + self.low))
        for slot, (at, length, host) in enumerate(parts):
            fcntl.ioctl(self.vm, SET_MEMORY, struct.pack("<IIQQQ", slot, 0, at, length, host))

    def _place(self, image: bytes, cmdline: bytes, module: bytes) -> int:
        state = self.state
        loaded = load(image, state.loader)
        for at, content in loaded.pieces:
            self._write(at, content)
        modules = []
        if module:
            at = (self.low - len(module)) // PAGE * PAGE
            self._write(at, module)
            modules.append((at, len(module)))
        if len(cmdline) >= state.cmdline_max:
            raise Refused(f"a command line of {len(cmdline)} bytes")
        self._write(state.cmdline, cmdline + b"\0")
        block = zero_page if state.linux64 else start_info
        self._write(state.start_info, block(state, len(self.memory), modules))
        if state.linux64:
            self._write(PAGE_TABLES, page_tables(PAGE_TABLES))
        self._write(state.tables, acpi(state, self.apic_ids))
        self._write(GDT_ADDRESS, GDT)
        return loaded.entry

    def _write(self, at: int, content: bytes) -> None:
        if at + len(content) > self.low:
            raise Refused(f"0x{at:x} to 0x{at + len(content):x} is outside of memory")
        self.memory[at : at + len(content)] = content

    def _irqchip(self) -> None:
        # An address, for which fcntl's argument is too small
        ctypes.CDLL(None).ioctl(self.vm, ctypes.c_ulong(SET_TSS), ctypes.c_ulong(0xFFFBD000))
        fcntl.ioctl(self.vm, SET_IDENTITY_MAP, struct.pack("<Q", 0xFFFBC000))
        if self.state.split:
            fcntl.ioctl(self.vm, ENABLE_CAP, struct.pack("<II4Q64x", CAP_SPLIT_IRQCHIP, 0, IOAPIC_PINS, 0, 0, 0))
        else:
            fcntl.ioctl(self.vm, CREATE_IRQCHIP, 0)
            fcntl.ioctl(self.vm, CREATE_PIT, struct.pack("<I60x", PIT_SPEAKER_DUMMY))

    def _registers(self, cpu: int) -> None:
        """The boot CPU in flat 32-bit mode or in long mode; the others wait for their startup message."""
        vcpu, long = self.vcpus[cpu], self.state.linux64
        sregs = bytearray(SREGS_SIZE)
        fcntl.ioctl(vcpu, GET_SREGS, sregs, True)
        if self.state.x2apic:
            (base,) = struct.unpack_from("<Q", sregs, APIC_BASE_AT)
            struct.pack_into("<Q", sregs, APIC_BASE_AT, base | X2APIC_ENABLED)
        if not cpu:
            for index, (selector, kind, is_memory) in enumerate((CODE, *(DATA,) * 5, TASK)):
                limit = 0xFFFFFFFF if is_memory else 0x67
                is_long = int(long and not index)
                wide = is_memory - is_long
                SEGMENT.pack_into(
                    sregs, index * 24, 0, limit, selector, kind, 1, 0, wide, is_memory, is_long, is_memory, 0, 0
                )
            struct.pack_into("<QH", sregs, GDT_AT, GDT_ADDRESS, len(GDT) - 1)
            struct.pack_into("<Q", sregs, CR0_AT, CR0_PE_ET | (CR0_PG if long else 0))
            if long:
                struct.pack_into("<QQ", sregs, CR0_AT + 16, PAGE_TABLES, CR4_PAE)
                struct.pack_into("<Q", sregs, CR0_AT + 40, EFER_LME_LMA)
            registers = [0] * 18
            registers[4 if long else 1], registers[16] = self.state.start_info, self.entry  # RSI or RBX, RIP
            registers[17] = RFLAGS_ONE
            fcntl.ioctl(vcpu, SET_REGS, struct.pack("<18Q", *registers))
        fcntl.ioctl(vcpu, SET_SREGS, bytes(sregs))

    def run(self) -> NoReturn:
        """Run all CPUs until the guest ends."""
        for cpu in range(1, len(self.vcpus)):
            threading.Thread(target=self.run_cpu, args=(cpu,), daemon=True).start()
        self.run_cpu(0)

    def run_cpu(self, cpu: int) -> NoReturn:
        """Run one CPU; what it asks of a monitor is served here."""
        shared = mmap.mmap(self.vcpus[cpu], fcntl.ioctl(self.kvm, VCPU_MMAP_SIZE, 0))
        while True:
            try:
                fcntl.ioctl(self.vcpus[cpu], RUN, 0)
            except (InterruptedError, BlockingIOError):  # a CPU that has just been started
                continue
            (reason,) = struct.unpack_from("<I", shared, 8)
            if reason == EXIT_IO:
                self._io(shared)
            elif reason == EXIT_MMIO:
                self._mmio(shared)
            elif reason == EXIT_SHUTDOWN:
                end("triple-fault", "KVM_EXIT_SHUTDOWN")
            elif reason not in (EXIT_EOI, EXIT_HLT):
                (more,) = struct.unpack_from("<I", shared, 32)
                end("failed", f"KVM exit {reason}, {more}")

    def _io(self, shared: mmap.mmap) -> None:
        out, size, port, count, offset = struct.unpack_from("<BBHIQ", shared, 32)
        for at in range(offset, offset + size * count, size):
            if not out:
                shared[at : at + size] = self.serial.read(port).to_bytes(1, "little") + b"\xff" * (size - 1)
                continue
            if word := self.state.ends.get((port, shared[at])):
                end(word, f"0x{shared[at]:02x} to port 0x{port:x}")
            self.serial.write(port, shared[at])

    def _mmio(self, shared: mmap.mmap) -> None:
        address, data, size, is_write = struct.unpack_from("<Q8sIB", shared, 32)
        offset = address - IOAPIC if 0 <= address - IOAPIC < PAGE and self.state.split else -1
        if is_write:
            self.ioapic.write(offset, int.from_bytes(data[:size], "little"))
        else:
            shared[40:48] = self.ioapic.read(offset).to_bytes(8, "little")


def main(arguments: list[str]) -> NoReturn:
    """Make the machine and run it; exit 1 if the monitor would not start the image."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hypervisors", metavar="NAME/NAME", help="what CPUID shows instead of KVM")
    for name in ("state", "image", "cpus", "mib", "cmdline", "module"):
        parser.add_argument(name, nargs="?" if name == "module" else None)
    asked = parser.parse_args(arguments)
    content = Path(asked.module).read_bytes() if asked.module else b""
    shown = None if asked.hypervisors is None else [name for name in asked.hypervisors.split("/") if name]
    image, size, cmdline = Path(asked.image).read_bytes(), int(asked.mib) << 20, os.fsencode(asked.cmdline)
    try:
        vm = Vm(STATES[asked.state], image, int(asked.cpus), size, cmdline, content, shown)
    except Refused as error:
        sys.exit(str(error))
    vm.run()


if __name__ == "__main__":
    main(sys.argv[1:])
