# SPDX-License-Identifier: BSD-3-Clause
"""`doctor` on the generated tree: edited, of another level, in an odd place."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import cli
from tests.unit.doctor.standin import Examine, change, needs_tools, problems


def test_edited_missing_and_stale_files(uk: Path, examine: Examine) -> None:
    tree = uk.parent / "platforms/small"
    with (tree / "core.c").open("a") as file:
        file.write("int mine;\n")
    (tree / "clock_a.c").unlink()
    with (uk.parent / "templates/common/build/quiet.c").open("a") as file:
        file.write("int later;\n")
    check = examine()["tree"]
    assert check["details"] == [
        ".platgen.json: out of date",
        "clock_a.c: missing",
        "core.c: edited by hand",
        "quiet.c: out of date",
    ]
    assert check["hint"] == "move the edits to their source, or discard them: platgen gen small --force"


def test_tree_of_another_level(uk: Path, examine: Examine) -> None:
    assert cli.main(["gen", "small", "--core", "bare", "-o", "elsewhere"]) == 0
    check = examine("--tree", "elsewhere")["tree"]
    assert check["text"] == "elsewhere is for core level bare, and this checkout needs level 0.21"
    assert check["hint"] == "platgen gen small -o elsewhere"


def test_tree_of_another_platform(uk: Path, examine: Examine) -> None:
    change(uk.parent / "platforms/small/.platgen.json", '"spec": "small"', '"spec": "large"')
    assert examine()["tree"]["text"] == "platforms/small is the tree of platform large, not of small"


def test_tree_in_a_folder_with_a_blank(uk: Path, examine: Examine) -> None:
    assert cli.main(["gen", "small", "-o", "my tree"]) == 0
    checks = examine("--tree", "my tree")
    assert checks["tree"]["verdict"] == "problem"
    assert checks["kconfig"]["verdict"] == "skipped"


@needs_tools
def test_tree_behind_a_link(uk: Path, examine: Examine) -> None:
    Path("link").symlink_to("platforms/small")
    assert not problems(examine("--tree", "link"))


@needs_tools
def test_no_tree_yet(uk: Path, examine: Examine) -> None:
    shutil.rmtree(uk.parent / "platforms/small")
    checks = examine()
    assert checks["tree"]["verdict"] == "skipped"
    assert not problems(checks)
    assert not (uk.parent / "platforms/small").exists()
