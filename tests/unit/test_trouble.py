# SPDX-License-Identifier: BSD-3-Clause
"""What is the user's or the machine's fault ends with exit 2 and a message: never with exit 3, never in silence.

Whole processes: a terminal, a locale or a limit is theirs. `tests/bad/trouble-CASE.stderr` has the whole text.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.bad import BAD, expect
from tests.unit.helpers import MEMORY, ROOT, Run, platgen
from tests.unit.troubles import CASES, ESC, escapes_in_manifest, sparse

SECONDS = 2.0
OTHERS = (
    *("large-file", "escape-manifest", "no-folder", "full-output", "closed-output", "ascii", "waiting"),
    *("unreadable",),
)


@pytest.mark.parametrize("case", CASES)
def test_trouble(case: str, project: Path) -> None:
    make, command = CASES[case]
    make(project)
    before = sorted(project.rglob("*"))
    done = platgen(command, project)
    expect(f"trouble-{case}", done.stderr.replace(str(project), "PROJECT"))
    assert (done.returncode, done.stdout) == (2, "")
    assert sorted(project.rglob("*")) == before


def test_every_expected_text_has_a_case() -> None:
    assert {path.stem.removeprefix("trouble-") for path in BAD.glob("trouble-*.stderr")} == {*CASES, *OTHERS}


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith(("many", "sparse", "large"))])
def test_large_input_takes_little(case: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By processor time and memory of its own, which other processes do not change."""
    make, command = CASES[case]
    make(project)
    program = (
        "import sys, time\nfrom generator.cli import main\nmain(sys.argv[1:])\n"
        "(peak,) = (line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(time.process_time(), peak)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *shlex.split(command)],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kilobytes = map(float, done.stdout.splitlines()[-1].split())
    assert seconds <= 2 * SECONDS  # of a machine that is shared
    assert kilobytes <= MEMORY / 1024


def test_large_file_in_place_of_ours_is_edited_by_hand(project: Path, run: Run) -> None:
    assert run("gen", "small").code == 0
    sparse(project / "platforms/small/core.c", 6 << 30)
    done = platgen("gen small", project)
    expect("trouble-large-file", done.stderr)
    assert done.returncode == 1
    assert (project / "platforms/small/core.c").stat().st_size == 6 << 30
    assert platgen("gen small --force", project).returncode == 0
    assert (project / "platforms/small/core.c").stat().st_size < 1000


def test_control_characters_of_a_name_never_reach_the_terminal(project: Path) -> None:
    escapes_in_manifest(project)
    done = platgen("gen small", project)
    expect("trouble-escape-manifest", done.stderr)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    output = platgen(f"gen small -o 'out{ESC}'", project)
    assert output.returncode == 0
    assert "\x1b" not in output.stdout + output.stderr
    assert (project / f"out{ESC}/core.c").is_file()
