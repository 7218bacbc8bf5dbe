# SPDX-License-Identifier: BSD-3-Clause
"""The lab serves users beside the generator, which never pays for it: nothing that generates imports it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT

GENERATOR = ROOT / "generator"
LAB = GENERATOR / "lab"
PARTS = {"testbed": set(), "conformance": {"testbed"}, "verify": {"testbed"}}
"""What each part of the lab may import of the others."""


def imports(path: Path) -> Iterator[str]:
    """Every module of the package that a file imports, as a path below generator/ with dots."""
    here = path.relative_to(GENERATOR).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            home = here[: len(here) - node.level + 1]
            for alias in node.names:
                yield ".".join((*home, *filter(None, (node.module, alias.name))))
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in {"generator", "platgen", "tests"}, path
        elif isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & {"generator", "platgen", "tests"}, path


def test_of_the_generator_only_run_imports_the_lab() -> None:
    for path in GENERATOR.rglob("*.py"):
        if not path.is_relative_to(LAB) and path.parent != GENERATOR / "run":
            assert not [name for name in imports(path) if name.split(".")[0] == "lab"], path


def test_only_conformance_needs_pytest() -> None:
    """`make run` works where pytest is not installed."""
    users = {path for path in GENERATOR.rglob("*.py") if re.search(r"^\s*import pytest$", path.read_text(), re.M)}
    assert {path.parent for path in users} == {LAB / "conformance"}


def test_conformance_without_pytest_says_what_to_install() -> None:
    program = (
        "import runpy, sys\nsys.modules['pytest'] = None\n"
        "runpy.run_module('generator.lab.conformance', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    message = "the conformance suite needs pytest: pip install 'platgen[lab]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_the_matrix_takes_layers_of_ones_own(tmp_path: Path) -> None:
    python = [sys.executable, "-m"]
    own = tmp_path / "mine"
    subprocess.run([*python, "generator", "init", str(own)], cwd=ROOT, capture_output=True, check=True)
    matrix = [*python, "pytest", str(LAB / "conformance/test_matrix.py"), "--collect-only", "-q", "--plat"]
    done = subprocess.run(
        [*matrix, str(own / "mine.yaml"), "--templates", str(own / "templates"), "--check", "banner*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "test_check[mine/qemu-microvm/" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_the_lab_import_in_one_direction(part: str) -> None:
    for path in (LAB / part).rglob("*.py"):
        used = {name.split(".")[1] for name in imports(path) if name.split(".")[0] == "lab"}
        assert used & set(PARTS) <= PARTS[part] | {part}, path
