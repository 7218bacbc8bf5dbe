# SPDX-License-Identifier: BSD-3-Clause
"""What a run of the tests says at its end when tools are missing: how many tests that cost, and what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT

TESTS = """
from generator.lab.conformance import need

def test_one():
    need.tools(**{"no-such-tool": "package-one"})

def test_two():
    need.tools(sh="dash", **{"no-such-tool": "package-one", "nor-this": "package-two"})

def test_three():
    need.tools(sh="dash")
"""
TOLD = "2 tests not run for missing tools: apt-get install package-one package-two"


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_missing_tools_are_told_at_the_end_and_fail_in_ci(ci: str, status: int, tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "generator.lab.conformance.plugin"]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=ROOT,
        env={**clean, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert TOLD in done.stdout.splitlines()[-5:]
    assert done.stdout.splitlines()[-1].startswith("2 failed, 1 passed" if ci else "1 passed, 2 skipped")
