# SPDX-License-Identifier: BSD-3-Clause
"""A forged start_info reaches the guest unchanged, on every kind of machine."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.testbed import elf
from generator.lab.testbed.forge import MAGIC, RAM, Module, Range, StartInfo, forge, image_end

from .conftest import Stub
from .test_testbed_qemu import byte_sum

BLOB = b"a module at an odd address"
MODULE_AT = 0x108123
ODD = StartInfo(
    flags=5,
    cmdline=b"end=poweroff forged",
    modules=[Module(MODULE_AT, len(BLOB), b"its words"), Module(0, 0)],
    memmap=[Range(0, 0, 0), Range(0x100000, 0x200000), Range(1 << 40, 77, 99)],
    rsdp=0x123456789,
)
ODD_TOLD = f"""\
pvh version 1 flags 5 rsdp 123456789
module at {MODULE_AT:x} size {len(BLOB):x} sum {byte_sum(BLOB):x} words its words
module at 0 size 0 sum 0 words\x20
range 0 size 0 type 0
range 100000 size 200000 type 1
range 10000000000 size 4d type 63
words end=poweroff forged
stub: end
"""


@pytest.mark.parametrize("name", ["qemu-pc", "qemu-q35", "qemu-microvm", "xen-dom0"])
def test_guest_is_told_what_the_test_says(name: str, guest: Stub, tmp_path: Path) -> None:
    image = tmp_path / "forged.elf"
    image.write_bytes(forge(guest.pvh.read_bytes(), ODD, {MODULE_AT: BLOB}))
    outcome = need.ready(name).run(image, "these words are not seen")
    assert outcome.end == "poweroff"
    assert outcome.text.split("\n", 1)[1] == ODD_TOLD


def test_version_0_at_an_odd_address(guest: Stub, tmp_path: Path) -> None:
    image = tmp_path / "forged.elf"
    image.write_bytes(
        forge(guest.pvh.read_bytes(), StartInfo(version=0, flags=3, cmdline=b"end=poweroff"), at=0x12FFF1)
    )
    outcome = need.ready("qemu-microvm").run(image)
    assert outcome.text == "stub: hello\npvh version 0 flags 3 rsdp 0\nwords end=poweroff\nstub: end\n"


def test_wrong_magic_reaches_the_guest(guest: Stub, tmp_path: Path) -> None:
    image = tmp_path / "forged.elf"
    image.write_bytes(forge(guest.pvh.read_bytes(), StartInfo(magic=0x12345678)))
    outcome = need.ready("qemu-microvm").run(image, limit=2.0)
    assert "unknown magic 12345678\n" in outcome.text


def test_many_ranges_and_a_long_command_line(guest: Stub, tmp_path: Path) -> None:
    words = b"end=poweroff " + b"x" * 4000
    ranges = [Range(number << 32, number, RAM) for number in range(300)]
    image = tmp_path / "forged.elf"
    image.write_bytes(forge(guest.pvh.read_bytes(), StartInfo(cmdline=words, memmap=ranges)))
    outcome = need.ready("qemu-microvm").run(image)
    assert outcome.text.count("\nrange ") == 300
    assert words.decode() in outcome.text


def test_tables_are_laid_out_as_the_abi_says() -> None:
    at = 0x200000
    tables = ODD.tables(at)
    magic, version, flags, count, modlist, cmdline, rsdp, memmap, entries, reserved = struct.unpack_from(
        "<IIIIQQQQII", tables
    )
    assert (magic, version, flags, count, rsdp, entries, reserved) == (MAGIC, 1, 5, 2, 0x123456789, 3, 0)
    assert tables[cmdline - at :].startswith(b"end=poweroff forged\0")
    assert struct.unpack_from("<QQ", tables, modlist - at) == (MODULE_AT, len(BLOB))
    assert struct.unpack_from("<QQII", tables, memmap - at + 24) == (0x100000, 0x200000, 1, 0)
    assert not any(address % 8 for address in (modlist, cmdline, memmap))


def test_absent_parts_have_no_address() -> None:
    assert StartInfo().tables(0x1000) == struct.pack("<II", MAGIC, 1) + b"\0" * 48
    assert len(StartInfo(version=0).tables(0x1000)) == 40


def test_lies_are_written_as_they_are() -> None:
    tables = StartInfo(lies={"nr_modules": 7, "memmap": 0xFFFF_FFFF_FFFF_0000}).tables(0)
    assert struct.unpack_from("<I", tables, 12) == (7,)
    assert struct.unpack_from("<Q", tables, 40) == (0xFFFF_FFFF_FFFF_0000,)
    with pytest.raises(ValueError, match="no field nr_mods"):
        StartInfo(lies={"nr_mods": 7}).tables(0)


def test_forged_image_keeps_its_one_note_and_its_segments(guest: Stub) -> None:
    image = guest.pvh.read_bytes()
    forged = forge(image, ODD, {MODULE_AT: BLOB})
    before, after = elf.segments(image), elf.segments(forged)
    assert after[: len(before)] == before
    assert [part.type for part in after].count(elf.PT_NOTE) == 1
    assert elf.pvh_entry(forged)[1] >= image_end(image)
    assert all(part.offset % part.align == part.vaddr % part.align for part in after)


@pytest.mark.parametrize("address", [0x100000, 0x101800, 0xFFFFF])
def test_overlap_with_the_image_is_refused(address: int, guest: Stub) -> None:
    with pytest.raises(elf.ElfError, match="overlaps"):
        forge(guest.pvh.read_bytes(), ODD, {address: b"xx"})


@pytest.mark.parametrize("content", [b"", b"\x7fELF", b"\x7fELF\x01\x01" + b"\0" * 64])
def test_what_is_no_elf64_is_refused(content: bytes) -> None:
    with pytest.raises(elf.ElfError, match="64-bit"):
        forge(content, ODD)
