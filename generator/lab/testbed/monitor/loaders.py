# SPDX-License-Identifier: BSD-3-Clause
"""What the loaders of other monitors demand of an image: a table of rules for each, and what each puts into memory.

Sources: rust-vmm's linux-loader 0.14 (src/loader/elf), which Firecracker and Cloud Hypervisor use; alioth 0.12
(alioth/src/loader); QEMU (hw/i386/x86.c, include/hw/elf_ops.h); Xen (tools/libs/guest/xg_dom_elfloader.c).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..elf import HEADER, PROGRAM, PT_LOAD, PT_NOTE, XEN_PHYS32_ENTRY, Segment, is_elf64, notes_of, segments

MIB = 1 << 20


class Refused(Exception):
    """The loader would not start this image; the text says why."""


class Note(NamedTuple):
    """One note of type 18, whoever it belongs to."""

    owner: bytes
    size: int
    entry: int
    """The first bytes of the description as a number."""


class Loader(NamedTuple):
    """How one loader reads an image."""

    rules: tuple[Callable[[bytes], Iterator[str]], ...]
    """Each yields what the loader would refuse."""
    copies: Callable[[Segment], bool]
    """Whether it puts the bytes of this program header at their physical address."""
    first_note: bool
    """Whether the first entry note wins, else the last one."""


class Loaded(NamedTuple):
    """What is in memory when the guest starts."""

    entry: int
    pieces: tuple[tuple[int, bytes], ...]
    """(physical address, content)"""


def load(image: bytes, name: str) -> Loaded:
    """What this loader makes of an image; raises Refused with all that it does not take."""
    loader = (LOADERS | LINUX64)[name]
    faults = list(complaints(image, name))
    if faults:
        raise Refused(f"{name}: {'; '.join(faults)}")
    entries = [note.entry for part in _note_parts(image) for note in _entry_notes(image, part)]
    if name in LINUX64:
        entries = [HEADER.unpack_from(image)[4]]
    pieces = ((s.paddr, image[s.offset : s.offset + s.filesz]) for s in segments(image) if loader.copies(s))
    return Loaded(entries[0 if loader.first_note else -1], tuple(pieces))


def complaints(image: bytes, name: str) -> Iterator[str]:
    """What the loader of this name would refuse; nothing if it starts the image."""
    if not is_elf64(image):
        yield "not a little-endian 64-bit ELF file"
        return
    fields = HEADER.unpack_from(image)
    if fields[9] != PROGRAM.size or fields[5] < HEADER.size or fields[5] + fields[9] * fields[10] > len(image):
        yield "program headers of another size, or not where they are said to be"
        return
    for rule in (LOADERS | LINUX64)[name].rules:
        yield from rule(image)


def _notes(image: bytes, part: Segment, padding: int = 4) -> list[Note]:
    return [
        Note(owner, size, int.from_bytes(image[at : at + 4], "little"))
        for owner, kind, at, size in notes_of(image, part, padding)
        if kind == XEN_PHYS32_ENTRY
    ]


def _entry_notes(image: bytes, part: Segment) -> list[Note]:
    return [note for note in _notes(image, part, 8 if part.align == 8 else 4) if note.owner == b"Xen\0"]


def _note_parts(image: bytes) -> list[Segment]:
    return [part for part in segments(image) if part.type == PT_NOTE]


def _inside_file(image: bytes) -> Iterator[str]:
    for part in segments(image):
        if part.offset + part.filesz > len(image):
            yield f"the program header at 0x{part.paddr:x} goes past the file's end"


def _loads_something(image: bytes) -> Iterator[str]:
    if not any(part.type == PT_LOAD and part.filesz for part in segments(image)):
        yield "nothing to load"


def _elf_entry_above_1_mib(image: bytes) -> Iterator[str]:
    entry = HEADER.unpack_from(image)[4]
    if entry < MIB:
        yield f"e_entry 0x{entry:x} lies below 1 MiB"


def _last_note_header_has_the_entry(image: bytes) -> Iterator[str]:
    parts = _note_parts(image)
    # Names are padded to 4 bytes whatever p_align says.
    found = _notes(image, parts[-1]) if parts else []
    if not any(note.owner == b"Xen\0" for note in found):
        yield "the last PT_NOTE has no entry note of Xen"
    yield from (f"an entry note of {note.size} bytes" for note in found if note.size < 4)


def _one_entry_note(image: bytes) -> Iterator[str]:
    found = [note for part in _note_parts(image) for note in _entry_notes(image, part)]
    if len(found) != 1:
        yield f"{len(found)} entry notes of Xen"


def _entry_note_of_any_owner(image: bytes) -> Iterator[str]:
    parts = _note_parts(image)
    yield from (f"a PT_NOTE aligned to {part.align}" for part in parts if part.align & (part.align - 1))
    first = next((note for part in parts for note in _notes(image, part)), None)
    if first is None or first.size not in (4, 8):
        yield "no entry note of 4 or 8 bytes"


def _every_header_is_copied(image: bytes) -> Iterator[str]:
    loads = [part for part in segments(image) if part.type == PT_LOAD]
    for part in segments(image):
        if not part.filesz or part.type == PT_LOAD:
            continue
        homes = [home for home in loads if home.paddr <= part.paddr and _end(part) <= _end(home)]
        # Copied to any other place, it would overwrite what lies there.
        if not any(home.offset - home.paddr == part.offset - part.paddr for home in homes):
            yield f"the program header of type 0x{part.type:x} would be copied to 0x{part.paddr:x}"


def _end(part: Segment) -> int:
    return part.paddr + part.filesz


def _entry_is_in_code(image: bytes) -> Iterator[str]:
    for part in _note_parts(image):
        for note in _entry_notes(image, part):
            if not any(
                s.type == PT_LOAD and s.flags & 1 and s.paddr <= note.entry < s.paddr + s.filesz
                for s in segments(image)
            ):
                yield f"the entry 0x{note.entry:x} is in no executable segment"


def _above_the_loader_s_data(image: bytes) -> Iterator[str]:
    low = [part for part in segments(image) if part.type == PT_LOAD and part.memsz and part.paddr < MIB]
    yield from (f"a segment at 0x{part.paddr:x}, below 1 MiB" for part in low)


def _note_is_aligned(image: bytes) -> Iterator[str]:
    yield from (f"a PT_NOTE aligned to {part.align}" for part in _note_parts(image) if part.align not in (4, 8))


_ALWAYS = (_inside_file, _loads_something, _entry_is_in_code, _above_the_loader_s_data)


def _is_load(part: Segment) -> bool:
    return part.type == PT_LOAD and part.filesz > 0


def _segments_above_2_mib(image: bytes) -> Iterator[str]:
    low = [part for part in segments(image) if part.type == PT_LOAD and part.paddr < 2 * MIB]
    yield from (f"a segment at 0x{part.paddr:x}, below 2 MiB" for part in low)


def _elf_entry_is_in_code(image: bytes) -> Iterator[str]:
    entry = HEADER.unpack_from(image)[4]
    if not any(_is_load(part) and part.flags & 1 and part.paddr <= entry < _end(part) for part in segments(image)):
        yield f"e_entry 0x{entry:x} is in no executable segment"


LOADERS = {
    "linux-loader": Loader((*_ALWAYS, _elf_entry_above_1_mib, _last_note_header_has_the_entry), _is_load, False),
    "alioth": Loader((*_ALWAYS, _entry_note_of_any_owner, _every_header_is_copied), lambda part: part.filesz > 0, True),
    "QEMU": Loader((*_ALWAYS, _note_is_aligned, _one_entry_note), _is_load, True),
    "Xen": Loader((*_ALWAYS, _one_entry_note), _is_load, True),
}
"""Those of PVH images, by the loader's name."""
LINUX64 = {
    "crosvm": Loader(
        (_inside_file, _loads_something, _segments_above_2_mib, _elf_entry_is_in_code), _is_load, first_note=True
    )
}
"""Those of images that are entered in long mode, where the ELF header says."""
