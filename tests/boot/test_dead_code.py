# SPDX-License-Identifier: BSD-3-Clause
"""Nothing is carried along that nobody calls: the linker tells what no root of a bare image reaches."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.declare import GUEST
from generator.lab.conformance.plugin import BuildImage

REMOVED = re.compile(r"removing unused section '\.text\.([\w.]+)' in file '(?:.*/)?(\w+)\.o'")
ELSEWHERE = {"clock_lost", "xenstore_ring_put_message"}
"""What kvmclock alone calls, and what only questions of Unikraft's own xenstore client reach."""
LEVELS = ("0.17", "0.18", "0.20", "0.21")


def of_the_bare_level() -> set[str]:
    """Files of components that are there for the checks' own core: it offers the same on every platform."""
    found = set()
    for manifest in (ROOT / "templates").rglob("component.yaml"):
        component = yaml.safe_load(manifest.read_text())
        if component.get("levels") == ["bare"]:
            found |= {path.stem for path in manifest.parent.rglob("*.c")}
    return found


def words_of_other_levels(platform: str, bare: Path, folder: Path) -> set[str]:
    """What the sources say that stand between the platform and Unikraft's cores."""
    words: set[str] = set()
    for level in LEVELS:
        tree = folder / level
        command = [sys.executable, "-m", "generator", "gen", platform, "--core", level, "-o", str(tree)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        for path in tree.rglob("*.[cSh]"):
            if not (bare / path.relative_to(tree)).exists():
                words.update(re.findall(r"\w+", path.read_text()))
    return words


def unreached(tree: Path, folder: Path) -> dict[str, str]:
    """Function -> its file, of all that nothing in the image reaches, the checks included."""
    copy = folder / tree.name
    shutil.copytree(tree, copy)
    flags = {"CFLAGS": "-ffunction-sections", "LDFLAGS": "-Wl,--gc-sections -Wl,--print-gc-sections"}
    make = ["make", "-C", str(copy), f"O={folder / 'out'}", f"CHECKS={GUEST}", "-j2"]
    done = subprocess.run(make, env={**os.environ, **flags}, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return {name.partition(".")[0]: file for name, file in REMOVED.findall(done.stdout + done.stderr)}


@pytest.mark.parametrize("platform", ["kvm", "xen-pvh"])
def test_every_function_is_called(platform: str, bare: BuildImage, tmp_path: Path) -> None:
    need.tools(cc="gcc")
    tree = bare(platform).folder
    others = words_of_other_levels(platform, tree, tmp_path / "levels")
    removed = unreached(tree, tmp_path)
    assert "console_special" in removed, "only cores of other levels call it: the linker tells nothing any more"
    exempt = of_the_bare_level()
    dead = {name: file for name, file in removed.items() if file not in exempt and name not in others | ELSEWHERE}
    assert not dead
