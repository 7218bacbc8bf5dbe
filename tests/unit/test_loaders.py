# SPDX-License-Identifier: BSD-3-Clause
"""What other monitors' loaders refuse: each rule, by an image that breaks it alone."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from generator.lab.testbed.elf import HEADER, PT_LOAD, PT_NOTE, Segment
from generator.lab.testbed.monitor.loaders import LOADERS, MIB, Refused, complaints, load

CODE = bytes(range(64))
AT = HEADER.size + 4 * 56
ENTRY = MIB + 16
PT_TLS, PT_GNU_STACK = 7, 0x6474E551


def note(owner: bytes = b"Xen\0", kind: int = 18, description: bytes = struct.pack("<I", ENTRY)) -> bytes:
    return (
        struct.pack("<III", len(owner), len(description), kind)
        + owner
        + bytes(-len(owner) % 4)
        + description
        + bytes(-len(description) % 4)
    )


def image(
    *, notes: bytes = note(), code: Segment | None = None, more: tuple[Segment, ...] = (), entry: int = MIB
) -> bytes:
    """An ELF file with code at 1 MiB and the note behind it, in one segment."""
    content = CODE + notes
    load_ = code or Segment(PT_LOAD, 5, AT, MIB, MIB, len(content), len(content), 4096)
    own = Segment(PT_NOTE, 4, AT + len(CODE), MIB + len(CODE), MIB + len(CODE), len(notes), len(notes), 4)
    headers = b"".join(part.pack() for part in (load_, own, *more))
    ident = b"\x7fELF\x02\x01\x01" + bytes(9)
    head = HEADER.pack(ident, 2, 62, 1, entry, HEADER.size, 0, 0, HEADER.size, 56, 2 + len(more), 0, 0, 0)
    return (head + headers).ljust(AT, b"\0") + content


GOOD = image()
PLAIN = Segment(PT_LOAD, 5, AT, MIB, MIB, len(CODE + note()), len(CODE + note()), 4096)
LATER_NOTE = Segment(PT_NOTE, 4, AT, MIB, MIB, 12, 12, 4)
STRAY = Segment(PT_TLS, 4, AT, MIB, 2 * MIB, 16, 16, 8)
FOREIGN = note(b"FreeBSD\0")


@pytest.mark.parametrize("name", LOADERS)
def test_a_plain_image_is_loaded(name: str) -> None:
    entry, pieces = load(GOOD, name)
    assert entry == ENTRY
    assert (MIB, CODE + note()) in pieces


@pytest.mark.parametrize(
    ("broken", "loaders", "why"),
    [
        (b"\x7fELF\x01" + GOOD[5:], LOADERS, "not a little-endian 64-bit ELF file"),
        (
            GOOD[:56] + b"\xff\xff" + GOOD[58:],
            LOADERS,
            "program headers of another size, or not where they are said to be",
        ),
        (GOOD[:-1], LOADERS, "the program header at 0x100000 goes past the file's end"),
        (image(code=replace(PLAIN, filesz=0)), LOADERS, "nothing to load"),
        (image(code=replace(PLAIN, flags=6)), LOADERS, "the entry 0x100010 is in no executable segment"),
        (image(code=replace(PLAIN, paddr=0x8000)), LOADERS, "a segment at 0x8000, below 1 MiB"),
        (image(entry=0x8000), ["linux-loader"], "e_entry 0x8000 lies below 1 MiB"),
        (image(more=(LATER_NOTE,)), ["linux-loader"], "the last PT_NOTE has no entry note of Xen"),
        (image(notes=note() + note()), ["QEMU", "Xen"], "2 entry notes of Xen"),
        (image(notes=FOREIGN), ["linux-loader"], "the last PT_NOTE has no entry note of Xen"),
        (image(notes=FOREIGN), ["QEMU", "Xen"], "0 entry notes of Xen"),
        (image(notes=note(b"Xen")), ["linux-loader"], "the last PT_NOTE has no entry note of Xen"),
        (image(notes=note(kind=4)), ["alioth"], "no entry note of 4 or 8 bytes"),
        (image(notes=note(description=b"ab")), ["alioth"], "no entry note of 4 or 8 bytes"),
        (image(notes=note(description=b"ab")), ["linux-loader"], "an entry note of 2 bytes"),
        (image(more=(STRAY,)), ["alioth"], "the program header of type 0x7 would be copied to 0x200000"),
        (image(more=(replace(LATER_NOTE, align=6),)), ["QEMU"], "a PT_NOTE aligned to 6"),
        (image(more=(replace(LATER_NOTE, align=6),)), ["alioth"], "a PT_NOTE aligned to 6"),
    ],
)
def test_a_loader_refuses(broken: bytes, loaders: list[str], why: str) -> None:
    for name in loaders:
        assert why in list(complaints(broken, name)), name
        with pytest.raises(Refused, match=name):
            load(broken, name)


def test_an_image_for_crosvm_lies_above_2_mib() -> None:
    assert list(complaints(GOOD, "crosvm")) == ["a segment at 0x100000, below 2 MiB"]
    high = replace(PLAIN, paddr=2 * MIB, vaddr=2 * MIB)
    assert load(image(code=high, entry=2 * MIB + 8), "crosvm").entry == 2 * MIB + 8
    assert list(complaints(image(code=high), "crosvm")) == ["e_entry 0x100000 is in no executable segment"]


def test_alioth_copies_what_others_leave() -> None:
    inside = replace(STRAY, paddr=MIB)
    content = image(more=(inside,))
    assert [len(load(content, name).pieces) for name in ("alioth", "linux-loader")] == [3, 1]


def test_linux_loader_takes_the_last_note_and_alioth_the_first() -> None:
    second = note(description=struct.pack("<I", ENTRY + 4))
    content = image(notes=note() + second)
    assert load(content, "linux-loader").entry == ENTRY + 4
    assert load(content, "alioth").entry == ENTRY
