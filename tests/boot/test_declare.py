# SPDX-License-Identifier: BSD-3-Clause
"""What a check's file must say; the example of docs/conformance.md is one that passes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell
from generator.lab.conformance.declare import GUEST, BadCheck, checks, parse
from generator.lab.conformance.images import build
from generator.lab.conformance.judges import JUDGES
from generator.lab.testbed.qemu import MICROVM

from .conftest import expect_pass

PLACES = set(range(1, 35)) - {2, 7}  # those two are the testbed's own


def test_every_place_of_the_list_has_a_check() -> None:
    assert {number for variant in checks() for number in variant.numbers} >= PLACES


def test_no_two_variants_have_one_name_and_every_judge_is_known() -> None:
    names = [variant.title for variant in checks()]
    assert len(names) == len(set(names))
    assert {variant.judge for variant in checks()} <= {"", *JUDGES}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('/*\n * number: 1\n */\nCHECK(other, "x")\n', "needs one line CHECK\\(sample,"),
        ('/*\n * ends: crash\n */\nCHECK(sample, "x")\n', "needs a line `number"),
        ('/*\n * number: 1\n * color: red\n */\nCHECK(sample, "x")\n', "unknown key `color`"),
        ('/*\n * number: 1\n * just words\n */\nCHECK(sample, "x")\n', "is not `key: value`"),
        ('/*\n * number: 1\n * with: memory\n */\nCHECK(sample, "x")\n', "is not KEY=VALUE"),
    ],
)
def test_bad_declaration_is_told(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.c"
    path.write_text(text)
    with pytest.raises(BadCheck, match=complaint):
        parse(path)


def test_devices_of_a_check_reach_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "sample.c"
    words = "machine=acpi=off device=virtio-rng-device device=isa-serial settings=virtio-mmio.force-legacy=false"
    words += " blockdev=null-co,node-name=a"
    path.write_text(f'/*\n * number: 1\n * with: {words}\n */\nCHECK(sample, "x")\n')
    (variant,) = parse(path)
    bed = MICROVM.with_devices(variant.machine, variant.device, variant.settings, variant.blockdev)
    text = " ".join(bed.command(Path("image"), "", (), 64))
    assert "-machine microvm,acpi=off " in text
    assert text.index("-global virtio-mmio.force-legacy=false") < text.index("-device virtio-rng-device")
    assert "-device isa-serial" in text
    assert text.index("-blockdev null-co,node-name=a") < text.index("-device virtio-rng-device")
    assert MICROVM.with_devices("", (), ()) == MICROVM


def test_example_of_the_documentation(tmp_path: Path) -> None:
    """One file more, and nothing else."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    need.ready("qemu-microvm")
    code = re.search(r"```c\n(.*?)```", (ROOT / "docs" / "conformance.md").read_text(), re.S)
    assert code
    folder = tmp_path / "guest"
    folder.mkdir()
    shutil.copy(GUEST / "number.h", folder)
    (folder / "sleep_flags.c").write_text(code[1])
    image = build("kvm", tmp_path / "image", checks=folder)
    variants = checks(folder)
    assert [variant.title for variant in variants] == ["sleep_flags:1", "sleep_flags:100"]
    for variant in variants:
        expect_pass(Cell(image, "qemu-microvm", variant, tmp_path).run())
