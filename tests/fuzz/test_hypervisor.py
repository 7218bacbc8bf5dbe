# SPDX-License-Identifier: BSD-3-Clause
"""Which hypervisor an image takes by what CPUID shows: none, an unknown one, several side by side."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import HERE, TEMPLATES, common, plant

FOLDERS = (*common("core-contract", "hypervisor"), "kvm/kvm-hypervisor")
SEARCH = "common/boot/hypervisor/hypervisor_cpuid.c"
CHOICE = "common/boot/hypervisor/hypervisor.c"


def run(folder: Path, templates: Path = TEMPLATES) -> subprocess.CompletedProcess[str]:
    need.tools(gcc="gcc")
    program = folder / "hypervisors"
    command = ["gcc", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-I{HERE / 'ticks'}", f"-I{templates}", *(f"-I{templates / part / 'include'}" for part in FOLDERS)]
    subprocess.run([*command, str(HERE / "hypervisors.c"), "-o", str(program)], check=True)
    return subprocess.run([str(program)], capture_output=True, text=True, timeout=60, check=False)


def test_an_image_takes_the_first_of_its_hypervisors_that_is_shown(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (SEARCH, "!(cpuid(1, 0).ecx & CPUID1_ECX_HYPERVISOR) || base", "base", "without the bit of leaf 1"),
        (SEARCH, "r.eax < base || r.eax >= base + BASE_STEP", "false", "beyond the last leaf"),
        (SEARCH, " && r.ecx == word(signature + 4)", "", "differs in the middle"),
        (SEARCH, " &&\n\t\t    r.edx == word(signature + 8)", "", "ends otherwise"),
        (SEARCH, "base ? base + BASE_STEP : FIRST_BASE", "base ? 0x40000200 : FIRST_BASE", "behind Hyper-V's leaves"),
        (SEARCH, " : !r.ebx", " : true", "an old KVM"),
        (SEARCH, "LAST_BASE\t0x4000ff00", "LAST_BASE\t0x4000fe00", "the last range"),
        (CHOICE, "text[i] < ' ' || ", "", "a terminal would obey"),
    ],
)
def test_defects_are_found(file: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    done = run(tmp_path, plant(FOLDERS, file, old, new, tmp_path))
    assert "does not hold" in done.stderr
    assert said in done.stderr
