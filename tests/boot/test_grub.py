# SPDX-License-Identifier: BSD-3-Clause
"""GRUB loads the multiboot image from a disc, with words and modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.images import Image
from generator.lab.conformance.judges import fnv
from generator.lab.conformance.plugin import BuildImage
from tests.boot.grub import GRUB, MODULES, PACKAGES, disc

WORDS = 'check=module check=memory_touch "two words"'


@pytest.fixture
def image(bare: BuildImage) -> Image:
    need.tools(**PACKAGES)
    if not (MODULES / "multiboot.mod").exists():
        need.lacking("missing GRUB's modules for a PC (Debian package grub-pc-bin)")
    need.ready("qemu-pc")
    return bare("kvm")


def test_grub_boots_the_image_with_words_and_modules(image: Image, tmp_path: Path) -> None:
    contents = [b"\x00\x01\xff" * 1001, b"x", bytes(range(256)) * 4096]
    files = [tmp_path / f"file{number}" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    assert image.multiboot is not None
    outcome = GRUB.run(disc(image.multiboot, tmp_path, WORDS, files), limit=60.0)
    assert outcome.end == "poweroff", outcome.text + outcome.log
    told = [line for line in outcome.text.splitlines() if line.startswith("module:")]
    assert told == [f"module: {len(content)} bytes, hash {fnv(content):016x}" for content in contents]
    assert "check memory_touch: pass" in outcome.text
    assert "[two words]" in outcome.text
