# SPDX-License-Identifier: BSD-3-Clause
"""Whole processes: same bytes everywhere, and nothing imported that a command does not need."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT, SMALL, snapshot


def platgen(*arguments: str, cwd: Path, **environment: str) -> str:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    command = [sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_same_bytes_under_another_hash_seed_locale_zone_and_folder(tmp_path: Path) -> None:
    seen = []
    for i, environment in enumerate(
        (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "COLUMNS": "20"},
        )
    ):
        root = tmp_path / f"check out {i}ü"
        shutil.copytree(SMALL, root)
        cwd = root if i else tmp_path
        platgen("gen", "small", *([] if i else ["--root", str(root)]), cwd=cwd, **environment)
        seen.append(snapshot(root / "platforms"))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (["--help"], ["yaml", "jinja2", "kconfiglib", "jsonschema_rs", "dataclasses"]),
        (["schema", "component"], ["yaml", "jinja2", "kconfiglib", "jsonschema_rs", "dataclasses"]),
        (["schema"], ["jinja2", "kconfiglib"]),
        (["list"], ["jinja2", "kconfiglib", "jsonschema_rs"]),
        (["explain", "small"], ["jinja2", "kconfiglib", "jsonschema_rs"]),
        (["gen", "-n", "small"], ["jsonschema_rs", "difflib"]),
    ],
)
def test_imports_are_late(command: list[str], refused: list[str]) -> None:
    program = (  # what argparse brings with it, dataclasses on newer Pythons, is not ours to refuse
        "import argparse, json, sys\nbefore = set(sys.modules)\nfrom generator.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        cwd=SMALL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = json.loads(done.stdout.splitlines()[-1])
    assert "generator.cli" in modules
    assert not set(refused) & set(modules)
