# SPDX-License-Identifier: BSD-3-Clause
"""The few parts of ELF64 that the testbeds read: program headers, notes, needed libraries."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
PROGRAM = struct.Struct("<IIQQQQQQ")
NOTE = struct.Struct("<III")
DYNAMIC = struct.Struct("<QQ")
PT_LOAD, PT_DYNAMIC, PT_NOTE = 1, 2, 4
DT_NEEDED, DT_STRTAB = 1, 5
XEN_PHYS32_ENTRY = 18


class ElfError(Exception):
    """The bytes are not an ELF file of the kind asked for."""


@dataclass(frozen=True)
class Segment:
    """One program header."""

    type: int
    flags: int
    offset: int
    vaddr: int
    paddr: int
    filesz: int
    memsz: int
    align: int

    def pack(self) -> bytes:
        """The header as it stands in a file."""
        return PROGRAM.pack(
            self.type, self.flags, self.offset, self.vaddr, self.paddr, self.filesz, self.memsz, self.align
        )


def is_elf64(image: bytes) -> bool:
    """Whether this is a little-endian 64-bit ELF file, at least its header."""
    return image[:6] == b"\x7fELF\x02\x01" and len(image) >= HEADER.size


def segments(image: bytes) -> list[Segment]:
    """All program headers, in the file's order."""
    if not is_elf64(image):
        raise ElfError("not a little-endian 64-bit ELF file")
    fields = HEADER.unpack_from(image)
    start, size, count = fields[5], fields[9], fields[10]
    if count and (size != PROGRAM.size or start + size * count > len(image)):
        raise ElfError("the program headers lie outside the file")
    found = []
    for index in range(count):
        kind, flags, offset, vaddr, paddr, filesz, memsz, align = PROGRAM.unpack_from(image, start + index * size)
        found.append(Segment(kind, flags, offset, vaddr, paddr, filesz, memsz, align))
    return found


def end_in_memory(image: bytes) -> int:
    """The first physical address behind all that is loaded and cleared; 0 if nothing is."""
    return max((part.paddr + part.memsz for part in segments(image) if part.type == PT_LOAD), default=0)


def notes(image: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """(owner, type, file offset of the description, its length) of every note."""
    for segment in segments(image):
        if segment.type == PT_NOTE:
            for name, kind, at, size in notes_of(image, segment):
                yield name.rstrip(b"\0"), kind, at, size


def notes_of(image: bytes, segment: Segment, padding: int = 4) -> Iterator[tuple[bytes, int, int, int]]:
    """The same of one PT_NOTE, the owner with its NUL; names and descriptions are padded to so many bytes."""
    at, end = segment.offset, segment.offset + segment.filesz
    while at + NOTE.size <= end:
        name_size, desc_size, kind = NOTE.unpack_from(image, at)
        name = at + NOTE.size
        desc = name + -(-name_size // padding) * padding
        yield image[name : name + name_size], kind, desc, desc_size
        at = desc + -(-desc_size // padding) * padding


def pvh_entry(image: bytes) -> tuple[int, int]:
    """(file offset of the PVH entry's four bytes, their value)."""
    for owner, kind, offset, size in notes(image):
        if owner == b"Xen" and kind == XEN_PHYS32_ENTRY and size in (4, 8):
            return offset, int.from_bytes(image[offset : offset + 4], "little")
    raise ElfError("no PVH entry note (owner Xen, type 18)")


def needed(image: bytes) -> list[str]:
    """The DT_NEEDED names of a program or library; none for a static one."""
    parts = segments(image)
    dynamic = next((part for part in parts if part.type == PT_DYNAMIC), None)
    if dynamic is None:
        return []
    entries = list(DYNAMIC.iter_unpack(image[dynamic.offset : dynamic.offset + dynamic.filesz // 16 * 16]))
    table = next(value for tag, value in entries if tag == DT_STRTAB)
    home = next(part for part in parts if part.type == PT_LOAD and part.vaddr <= table < part.vaddr + part.filesz)
    base = table - home.vaddr + home.offset
    names = []
    for tag, value in entries:
        if tag == DT_NEEDED:
            start = base + value
            names.append(image[start : image.index(b"\0", start)].decode())
    return names
