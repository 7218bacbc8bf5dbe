# SPDX-License-Identifier: BSD-3-Clause
"""Waits with interrupts off end by time: run on the host, with sanitizers, whatever a turn costs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.testbed import need

HERE = Path(__file__).parent
COMMON = HERE.parent.parent / "templates" / "common"
FOLDERS = ("com1", "console", "core")


def run(folder: Path, common: Path = COMMON) -> subprocess.CompletedProcess[str]:
    need.tools(gcc="gcc")
    program = folder / "waits"
    command = ["gcc", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-I{HERE / 'ticks'}", f"-I{common}", *(f"-I{common / name / 'include'}" for name in FOLDERS)]
    subprocess.run([*command, str(HERE / "waits.c"), "-o", str(program)], check=True)
    return subprocess.run([str(program)], capture_output=True, text=True, timeout=60, check=False)


def test_waits_end_by_time(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("com1/com1.c", "rdtsc() - begin > ticks", "ticks && ++begin % 5000000 == 0"),
        ("console/console.c", "rdtsc() - begin > PATIENCE_TICKS", "++begin % 10000000 == 0"),
        ("console/console.c", "__atomic_store_n(&writer, me, __ATOMIC_RELAXED);\n\t\t\tbreak;", "return false;"),
    ],
)
def test_defects_are_found(file: str, old: str, new: str, tmp_path: Path) -> None:
    for name in FOLDERS:
        for path in (COMMON / name).rglob("*.[ch]"):
            copy = tmp_path / path.relative_to(COMMON)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text().replace("const uint64_t begin = rdtsc();", "uint64_t begin = rdtsc();"))
    text = (tmp_path / file).read_text()
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new))
    done = run(tmp_path, tmp_path)
    assert "does not hold" in done.stderr
