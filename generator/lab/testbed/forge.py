# SPDX-License-Identifier: BSD-3-Clause
"""Makes a PVH image boot with a start_info of the test's own, on any loader.

The image gets more PT_LOADs: the tables and blobs of the test, and a stub that
puts the forged start_info's address into EBX and jumps to the image's own entry.
The PVH note then names the stub.  Nothing else of the image changes, and it
keeps its one PT_NOTE.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .elf import HEADER, PT_LOAD, ElfError, Segment, end_in_memory, pvh_entry, segments

MAGIC = 0x336EC578
START_INFO = struct.Struct("<IIIIQQQQII")
FIELDS = (
    "magic", "version", "flags", "nr_modules", "modlist", "cmdline", "rsdp", "memmap", "memmap_entries", "reserved"
)  # fmt: skip
VERSION_0_SIZE = 40
MODULE = struct.Struct("<QQQQ")
RANGE = struct.Struct("<QQII")
PAGE = 4096

RAM, RESERVED, ACPI, NVS, UNUSABLE, DISABLED, PMEM = range(1, 8)


@dataclass(frozen=True)
class Module:
    """A module entry; its content comes as a blob."""

    address: int
    size: int
    cmdline: bytes | None = None


@dataclass(frozen=True)
class Range:
    """A memory map entry."""

    address: int
    size: int
    type: int = RAM
    reserved: int = 0


@dataclass(frozen=True)
class StartInfo:
    """What the guest is told.  None stands for absent: its pointer is zero.

    lies: fields by their name in the ABI, written as given whatever the rest
    says (a count that is too high, a pointer outside memory ...).
    """

    version: int = 1
    flags: int = 0
    modules: Sequence[Module] | None = None
    cmdline: bytes | None = None
    memmap: Sequence[Range] | None = None
    rsdp: int = 0
    magic: int = MAGIC
    lies: Mapping[str, int] = field(default_factory=dict)

    def tables(self, at: int) -> bytes:
        """start_info at `at`, and behind it all that it points to."""
        head = START_INFO.size if self.version else VERSION_0_SIZE
        body = bytearray()

        def put(content: bytes) -> int:
            body.extend(b"\0" * (-(head + len(body)) % 8))
            address = at + head + len(body)
            body.extend(content)
            return address

        values = dict.fromkeys(FIELDS, 0)
        values |= {"magic": self.magic, "version": self.version, "flags": self.flags, "rsdp": self.rsdp}
        if self.cmdline is not None:
            values["cmdline"] = put(self.cmdline + b"\0")
        if self.modules is not None:
            words = [0 if module.cmdline is None else put(module.cmdline + b"\0") for module in self.modules]
            entries = [MODULE.pack(m.address, m.size, word, 0) for m, word in zip(self.modules, words, strict=True)]
            values |= {"modlist": put(b"".join(entries)), "nr_modules": len(entries)}
        if self.memmap is not None:
            ranges = [RANGE.pack(r.address, r.size, r.type, r.reserved) for r in self.memmap]
            values |= {"memmap": put(b"".join(ranges)), "memmap_entries": len(ranges)}
        unknown = self.lies.keys() - values.keys()
        if unknown:
            raise ValueError(f"start_info has no field {', '.join(sorted(unknown))}")
        values |= self.lies
        return START_INFO.pack(*values.values())[:head] + bytes(body)


def odd_state(stack: int) -> bytes:
    """32-bit code that sets flags and control words which no compiled code expects; `stack` ends unused memory."""
    flags, fcw, mxcsr = 0x47402, 0, 0  # AC, NT, IOPL 3, DF; x87 and SSE exceptions unmasked
    return b"".join(
        (
            b"\xbc" + struct.pack("<I", stack),  # mov $stack, %esp
            b"\x0f\x20\xe0\x0d" + struct.pack("<I", 0x200) + b"\x0f\x22\xe0",  # CR4.OSFXSR, so that SSE works
            b"\x68" + struct.pack("<I", mxcsr) + b"\x0f\xae\x14\x24",  # push; ldmxcsr (%esp)
            b"\x68" + struct.pack("<I", fcw) + b"\xd9\x2c\x24\xd9\xe8",  # push; fldcw (%esp); fld1
            b"\x68" + struct.pack("<I", flags) + b"\x9d",  # push; popf
        )
    )


def image_end(image: bytes) -> int:
    """The first page after everything that the image loads or clears."""
    return (end_in_memory(image) + PAGE - 1) // PAGE * PAGE


def forge(
    image: bytes,
    start_info: StartInfo,
    blobs: Mapping[int, bytes] | None = None,
    at: int | None = None,
    before: bytes = b"",
) -> bytes:
    """The image, started with `start_info` (at `at`, by default after the image) and `blobs` by address.

    before: 32-bit code that runs first, to leave the processor as some loader might.
    """
    at = image_end(image) if at is None else at
    note, entry = pvh_entry(image)
    tables = start_info.tables(at)
    stub_at = (at + len(tables) + 15) // 16 * 16
    stub = before + b"\xbb" + struct.pack("<I", at) + b"\xb8" + struct.pack("<I", entry) + b"\xff\xe0"
    together = tables + b"\0" * (stub_at - at - len(tables)) + stub
    loads = {at: together, **(blobs or {})}
    if len(loads) != 1 + len(blobs or {}):
        raise ElfError(f"a blob lies at start_info's own address {at:#x}")
    patched = bytearray(image)
    patched[note : note + 4] = struct.pack("<I", stub_at)
    return _with_loads(bytes(patched), loads)


def _with_loads(image: bytes, loads: Mapping[int, bytes]) -> bytes:
    """Append contents and a new program header table; keep the old headers in it, first."""
    old = segments(image)
    taken = [(part.paddr, part.paddr + part.memsz) for part in old if part.type == PT_LOAD]
    grown = bytearray(image)
    new: list[Segment] = []
    for address, content in sorted(loads.items()):
        end = address + len(content)
        if any(address < other_end and start < end for start, other_end in taken):
            raise ElfError(f"{address:#x}-{end:#x} overlaps the image or another blob")
        taken.append((address, end))
        grown.extend(b"\0" * ((address - len(grown)) % PAGE))
        new.append(Segment(PT_LOAD, 6, len(grown), address, address, len(content), len(content), PAGE))
        grown.extend(content)
    grown.extend(b"\0" * (-len(grown) % 8))
    fields = list(HEADER.unpack_from(image))
    fields[5], fields[10] = len(grown), len(old) + len(new)  # e_phoff, e_phnum
    grown[: HEADER.size] = HEADER.pack(*fields)
    return bytes(grown) + b"".join(part.pack() for part in [*old, *new])
