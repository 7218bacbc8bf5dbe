# SPDX-License-Identifier: BSD-3-Clause
"""`exportsyms.uk` rests on names that are read from text: they are those that compiler and assembler make global."""

from __future__ import annotations

import subprocess

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.plugin import BuildImage
from generator.tree import externals


@pytest.mark.parametrize("platform", ["kvm", "xen-pvh"])
def test_the_text_tells_every_global_name(platform: str, bare: BuildImage) -> None:
    need.tools(nm="binutils")
    image = bare(platform)
    objects, read = [], set[str]()
    for source in image.folder.glob("*.[cS]"):
        if source.name.endswith(".lds.S"):
            continue
        text = source.read_text()
        names = [name.name for name in externals.of_c(text) if name.is_defined]
        read.update(names if source.suffix == ".c" else externals.of_assembly(text))
        objects.append(str(image.pvh.parent / f"{source.stem}.o"))
    lines = subprocess.check_output(["nm", "-P", "-g", "--defined-only", *objects], text=True).splitlines()
    made = {line.split()[0] for line in lines if " " in line}
    assert len(made) > 400
    assert read == made
