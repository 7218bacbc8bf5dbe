# SPDX-License-Identifier: BSD-3-Clause
"""A new clone without network: the cached wheels are enough, and without them it is said what is needed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT

PARTS = ("Makefile", "LICENSE", "README.md", "pyproject.toml", "requirements.lock", ".ci", "generator")
KEPT = ("PATH", "HOME", "XDG_", "PIP_", "PLATGEN_CACHE", "LANG", "LC_")


def make_gen(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make gen` in a network namespace of its own, which has no way out."""
    # Not what the make around the tests was told, its ARGS above all.
    clean = {key: value for key, value in os.environ.items() if key.startswith(KEPT)}
    return subprocess.run(
        ["unshare", "-n", "make", "gen", "PLAT=kvm"],
        cwd=clone,
        env={**clean, "PIP_RETRIES": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    try:
        refused = subprocess.run(["unshare", "-n", "true"], capture_output=True, text=True, check=False).stderr
    except OSError as error:
        refused = str(error)
    if refused:
        pytest.skip(f"no network namespace here: {refused.strip()}")
    folder = tmp_path / "clone"
    for name in ("templates", "platforms"):
        shutil.copytree(ROOT / name, folder / name)
    for name in PARTS:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    return folder


def test_a_new_clone_needs_no_network_when_the_cache_is_filled(clone: Path) -> None:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(os.environ.get("PLATGEN_CACHE") or Path(base) / "platgen")
    if not (cache / "wheels").is_dir():
        pytest.skip(f"no wheels in {cache}")
    done = make_gen(clone)
    assert done.returncode == 0, done.stdout + done.stderr
    told = r"making \.venv \.\.\. \d+ s\ninstalling \d\d Python packages into \.venv \.\.\. \d+ s\n"
    assert re.match(told, done.stdout), done.stdout
    assert "kvm at core level" in done.stdout


def test_without_network_and_wheels_it_says_what_it_needs(clone: Path, tmp_path: Path) -> None:
    done = make_gen(clone, PLATGEN_CACHE=str(tmp_path / "empty"))
    assert done.returncode == 2
    assert done.stderr.startswith(
        "cannot download the Python packages of requirements.lock: no Python package index can be reached from here\n"
        f"hint: a first run needs access to a Python package index, or the wheels in {tmp_path}/empty/wheels\n"
    )
    assert not (clone / ".venv/.ready").exists()
