# SPDX-License-Identifier: BSD-3-Clause
"""Waits that end by time, and rates of timers: run on the host, with sanitizers, whatever a turn costs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import HERE, TEMPLATES, common

FOLDERS = common("clock", "com1", "console", "core-contract", "hypervisor", "lapic", "lapic-rate", "pc-ports", "timer")
FOLDERS += common("tsc-clock")


def run(name: str, folder: Path, templates: Path = TEMPLATES) -> subprocess.CompletedProcess[str]:
    need.tools(gcc="gcc")
    program = folder / name
    command = ["gcc", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [
        f"-I{HERE / 'ticks'}",
        f"-I{templates / 'common'}",
        *(f"-I{templates / part / 'include'}" for part in FOLDERS),
    ]
    subprocess.run([*command, f"-I{HERE / 'include'}", str(HERE / f"{name}.c"), "-o", str(program)], check=True)
    return subprocess.run([str(program)], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["waits", "rates", "timer_rate"])
def test_what_must_hold_holds(name: str, tmp_path: Path) -> None:
    done = run(name, tmp_path)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("waits", "common/console/com1/com1.c", "rdtsc() - begin > ticks", "ticks && ++begin % 5000000 == 0"),
        ("waits", "common/console/console/console.c", "rdtsc() - begin > PATIENCE_TICKS", "++begin % 10000000 == 0"),
        (
            "waits",
            "common/console/console/console.c",
            "__atomic_store_n(&writer, me, __ATOMIC_RELAXED);\n\t\t\tbreak;",
            "return false;",
        ),
        ("rates", "common/time/lapic-rate/lapic_rate.c", "cpuid(0, 0).eax >= CRYSTAL_LEAF", "cpuid(0, 0).eax"),
        (
            "rates",
            "common/boot/hypervisor/hypervisor_cpuid.c",
            "cpuid(FIRST_BASE, 0).eax < TIMING_LEAF",
            "!cpuid(FIRST_BASE, 0).eax",
        ),
        ("rates", "common/time/tsc-clock/tsc_frequency.c", "hz >= SLOWEST_HZ && hz <= FASTEST_HZ", "hz"),
        ("timer_rate", "common/time/timer/timer_rate.c", "after - before", "after - begin + 0 * before"),
        ("timer_rate", "common/time/timer/timer_rate.c", "return last && rate->least", "return rate->least"),
        ("timer_rate", "common/time/timer/timer_rate.c", "rate.most / 2 <= rate.least", "rate.least"),
    ],
)
def test_defects_are_found(name: str, file: str, old: str, new: str, tmp_path: Path) -> None:
    for part in FOLDERS:
        for path in (TEMPLATES / part).rglob("*.[ch]"):
            copy = tmp_path / path.relative_to(TEMPLATES)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text().replace("const uint64_t begin = rdtsc();", "uint64_t begin = rdtsc();"))
    text = (tmp_path / file).read_text()
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new))
    done = run(name, tmp_path, tmp_path)
    assert "does not hold" in done.stderr
