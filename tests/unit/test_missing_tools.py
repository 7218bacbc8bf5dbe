# SPDX-License-Identifier: BSD-3-Clause
"""What a run of the tests says at its end when tools are missing: how many tests that cost, and what to install."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT

TESTS = """
import pytest
from generator.lab.conformance import need

def test_one():
    need.tools(**{"no-such-tool": "package-one"})

def test_two():
    need.tools(sh="dash", **{"no-such-tool": "package-one", "nor-this": "package-two"})

def test_three():
    need.tools(sh="dash")

@pytest.mark.tools(nothing="package-two")
def test_four():
    pass
"""
TOLD = "3 tests not run for missing tools: apt-get install package-one package-two"


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
    outcome = "2 failed, 1 passed, 1 error" if ci else "1 passed, 3 skipped"
    assert TOLD in done.stdout.splitlines()[-8:]
    assert done.stdout.splitlines()[-1].startswith(outcome)


def test_no_test_skips_for_a_missing_tool_by_means_of_its_own() -> None:
    """Such a skip would pass in CI."""
    for path in [*(ROOT / "tests").rglob("*.py"), *(ROOT / "generator/lab").rglob("*.py")]:
        text = path.read_text()
        has_both = "shutil.which(" in text and re.search(r"pytest\.(mark\.)?skip(if)?\(", text)
        assert not has_both or path.name == "need.py", path
