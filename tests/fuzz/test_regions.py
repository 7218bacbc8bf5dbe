# SPDX-License-Identifier: BSD-3-Clause
"""Which memory Unikraft is told of, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import HERE, TEMPLATES, common, plant

FOLDERS = common("boot", "core-contract", "core-uk", "memory-map", "page-tables", "start", "x86")
MEMORY = "common/core/core-uk/core_memory.c"
CORE = ("config", "essentials", "plat/common/bootinfo", "plat/memory")
"""Unikraft's headers: regions.c has what the core takes of them."""


def run(folder: Path, templates: Path = TEMPLATES) -> subprocess.CompletedProcess[str]:
    need.tools(gcc="gcc")
    for name in CORE:
        header = folder / "core" / "uk" / f"{name}.h"
        header.parent.mkdir(parents=True, exist_ok=True)
        header.touch()
    program = folder / "regions"
    command = ["gcc", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-I{folder / 'core'}", f"-I{templates / 'common'}", f"-I{HERE}"]
    command += [f"-I{templates / part / 'include'}" for part in FOLDERS]
    subprocess.run([*command, str(HERE / "regions.c"), "-o", str(program)], check=True)
    return subprocess.run([str(program)], capture_output=True, text=True, timeout=60, check=False)


def test_what_must_hold_holds(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("if (end - r->start >= LEAST_FREE)\n", "if (end > r->start)\n", "a single page is not handed"),
        ("(2 * PAGE_SIZE)", "(3 * PAGE_SIZE)", "two pages are of use"),
    ],
)
def test_defects_are_found(old: str, new: str, said: str, tmp_path: Path) -> None:
    done = run(tmp_path, plant(FOLDERS, MEMORY, old, new, tmp_path))
    assert done.returncode
    assert said in done.stderr
