# SPDX-License-Identifier: BSD-3-Clause
"""The specs that the documentation shows are built as they stand there, by both compilers, and boot."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.testbed import need

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "writing-a-platform.md"
BLOCKS = re.findall(r"^```yaml\n(name: .*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)


def test_the_page_shows_a_spec() -> None:
    assert BLOCKS


@pytest.mark.parametrize("text", BLOCKS, ids=[yaml.safe_load(text)["name"] for text in BLOCKS])
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_a_documented_spec_is_built_and_boots(text: str, compiler: str, tmp_path: Path) -> None:
    need.tools(**{compiler: compiler, "ld": "binutils", "make": "make"})
    name = yaml.safe_load(text)["name"]
    spec, tree = tmp_path / f"{name}.yaml", tmp_path / "tree"
    spec.write_text(text)
    generate = [sys.executable, "-m", "generator", "gen", str(spec), "--core", "bare", "-o", str(tree)]
    subprocess.run(generate, cwd=ROOT, capture_output=True, check=True)
    build = subprocess.run(
        ["make", "-s", "-C", str(tree), f"CC={compiler}"], capture_output=True, text=True, check=False
    )
    assert (build.returncode, build.stderr) == (0, ""), build.stderr
    outcome = need.ready("qemu-pc").run(tree / "build" / f"{name}-bare.elf")
    assert "bare: 0 checks passed, 0 failed" in outcome.console, outcome.console
    assert outcome.end == "reboot", outcome.detail  # the only end that this machine has
