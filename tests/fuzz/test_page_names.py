# SPDX-License-Identifier: BSD-3-Clause
"""Page names for Unikraft's Xen drivers, beside a C library that has some of them, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import TEMPLATES

HEADERS = TEMPLATES / "xen" / "core-drivers-021" / "include" / "xen-compat"
PROGRAM = """
#include <uk/page.h>
#include <limits.h>
_Static_assert(PAGE_SHIFT == 12 && PAGE_SIZE == 4096, "pages");
_Static_assert((0xffffffff00001234UL & PAGE_MASK) == 0xffffffff00001000UL, "mask");
_Static_assert(sizeof(round_pgup(1)) == 8 && round_pgup(0x100000001UL) == 0x100001000UL, "rounded");
"""


@pytest.mark.parametrize("limits", ["", "#define PAGESIZE 4096\n#define PAGE_SIZE PAGESIZE\n"], ids=["none", "musl"])
def test_all_names_are_there(limits: str, tmp_path: Path) -> None:
    need.tools(gcc="gcc")
    (tmp_path / "uk").mkdir()
    (tmp_path / "uk" / "paging.h").touch()
    (tmp_path / "limits.h").write_text(f"#pragma once\n{limits}")
    command = ["gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-xc", "-"]
    command += [f"-I{tmp_path}", f"-I{HEADERS}"]
    done = subprocess.run(command, input=PROGRAM, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
