# SPDX-License-Identifier: BSD-3-Clause
"""start_info and memory map under libFuzzer with sanitizers: a minute in CI, some seconds elsewhere.

FUZZ_SECONDS=3600 pytest tests/fuzz is the long run.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.testbed import need

HERE = Path(__file__).parent
COMMON = HERE.parent.parent / "templates" / "common"
COMPONENTS = (
    *("boot", "console", "core", "cpu", "cpus", "hypervisor"),
    *("interrupts", "memory-map", "page-tables", "pvh", "x86"),
)
SANITIZERS = ("-fsanitize=fuzzer,address,undefined", "-fno-sanitize=alignment", "-fno-sanitize-recover=undefined")
"""x86 reads from any address, and loaders may align their tables as they like."""
IMAGE = ("-Wl,--defsym=_base_addr=0x100000", "-Wl,--defsym=_end=0x150000")
SECONDS = int(os.environ.get("FUZZ_SECONDS") or (60 if os.environ.get("CI") == "true" else 10))
LEAST_RUNS_PER_SECOND = 100


def build(folder: Path, templates: Path = COMMON) -> Path:
    need.tools(clang="clang")
    includes = [f"-I{templates / name / 'include'}" for name in COMPONENTS if (templates / name / "include").is_dir()]
    sources = [HERE / "start_info.c", HERE / "model.c", templates / "memory-map" / "memory_map.c"]
    target = folder / "fuzz"
    command = ["clang", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fno-pie", "-no-pie"]
    command += [
        *SANITIZERS,
        *includes,
        f"-I{HERE / 'include'}",
        f"-I{templates}",
        *IMAGE,
        *map(str, sources),
        "-o",
        str(target),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "libclang_rt" in done.stderr:
        need.lacking("missing libFuzzer's library (Debian package libclang-rt-14-dev)")
    assert not done.returncode, done.stderr
    return target


def fuzz(program: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    corpus = program.parent / "corpus"
    corpus.mkdir(exist_ok=True)
    command = [str(program), f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={program.parent}/"]
    return subprocess.run([*command, str(corpus)], capture_output=True, text=True, check=False)


def test_whatever_a_loader_says_the_map_is_right(tmp_path: Path) -> None:
    done = fuzz(build(tmp_path), SECONDS)
    assert not done.returncode, done.stderr[-4000:]
    found = re.search(r"Done (\d+) runs", done.stderr)
    assert found, done.stderr[-2000:]
    assert int(found[1]) > LEAST_RUNS_PER_SECOND * SECONDS


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("memory-map/memory_map.c", "? end : page_up(start);", "? end : page_down(start);"),
        ("memory-map/memory_map.c", "last->kind == kind && ", ""),
        ("memory-map/memory_map.c", "end - r->start < size)", "end < size)"),
        ("pvh/pvh.c", "size > FOUR_GIB - paddr", "size > FOUR_GIB"),
        ("boot/boot.c", "start < end && start + size > image", "start < image && start > end"),
    ],
)
def test_fuzzing_finds_planted_defects(file: str, old: str, new: str, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    for name in COMPONENTS:
        for path in (COMMON / name).rglob("*.[ch]"):
            target = templates / path.relative_to(COMMON)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text())
    text = (templates / file).read_text()
    assert text.count(old) == 1
    (templates / file).write_text(text.replace(old, new))
    done = fuzz(build(tmp_path, templates), 60)
    assert done.returncode, "sixty seconds of fuzzing found nothing"
    assert re.search(r"does not hold|runtime error|deadly signal|AddressSanitizer", done.stderr)
