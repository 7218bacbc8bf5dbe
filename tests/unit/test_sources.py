# SPDX-License-Identifier: BSD-3-Clause
"""The C and assembly of a tree, as a person who debugs or reads it wants them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from generator.load.folders import level_files
from tests.unit.helpers import ROOT, Run

LEVELS = [path.stem for path in level_files(ROOT / "templates")]
PLATFORMS = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
DEFINITION = re.compile(r"^static\b(?!\s+inline)([^;{}=]*\))\s*\{", re.MULTILINE)
BODY = re.compile(r"^\{\n.*?^\}|\.type\s+(\w+), @function.*?\.size\s+\1,", re.MULTILINE | re.DOTALL)
CONDITION = re.compile(r"^\s*#\s*(?:if|else|elif|endif)|\{%", re.MULTILINE)
SOURCES = sorted(path for path in (ROOT / "templates").rglob("*") if re.search(r"(?<!\.lds)\.[chS](\.j2)?$", path.name))
ATTRIBUTE = re.compile(r"__attribute__\(\(.*?\)\)")


def static_functions(text: str) -> set[str]:
    """The names of the static functions that a C file defines."""
    heads = (match[1] for match in DEFINITION.finditer(ATTRIBUTE.sub("", text)))
    return {match[1] for head in heads if (match := re.search(r"(\w+)\s*\(", head))}


def test_static_functions_are_found() -> None:
    text = "static int a(void)\n{\n}\nstatic int b(void);\nstatic struct c d = { 0 };\n"
    assert static_functions(text + "static const int *e(int f,\n\tint g)\n{\n}\n") == {"a", "e"}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("level", LEVELS)
def test_no_two_files_of_a_tree_have_a_static_function_of_one_name(
    run: Run, tmp_path: Path, platform: str, level: str
) -> None:
    """A backtrace names functions and not always files: the name alone must tell where it is."""
    run("gen", platform, "--root", str(ROOT), "--core", level, "-o", str(tmp_path / "tree"))
    files = defaultdict(set)
    for path in (tmp_path / "tree").rglob("*.c"):
        for name in static_functions(path.read_text()):
            files[name].add(path.name)
    assert len(files) > 100
    assert not {name: found for name, found in files.items() if len(found) > 1}


def test_no_function_has_a_condition_of_the_build_within() -> None:
    """A variant is another function, or another component: what is compiled reads from top to bottom."""
    found = []
    bodies = 0
    for path in SOURCES:
        for body in BODY.finditer(path.read_text()):
            bodies += 1
            if CONDITION.search(body[0]):
                found.append(f"{path.relative_to(ROOT)}: {body[0][:60]!r}")
    assert bodies > 300
    assert not found


def test_lines_fit_80_columns_where_they_print_nothing() -> None:
    """A text that is printed stays on one line, so that it is found by searching for it."""
    wide = []
    lines = 0
    for path in (path for platform in PLATFORMS for path in (ROOT / "platforms" / platform).rglob("*.[chS]")):
        for number, line in enumerate(path.read_text().split("\n"), 1):
            lines += 1
            if len(line.expandtabs(8)) > 80 and '"' not in line and number != 2:
                wide.append(f"{path.relative_to(ROOT)}:{number}")
    assert lines > 30_000
    assert not wide


def test_no_variable_asks_for_a_page_of_its_own() -> None:
    """The alignment would be one of its segment, and cost as much as a page of every file: see IN_PAGES."""
    asks = re.compile(r"aligned\(\w*(PAGE|4096|0x1000)")
    found = [str(path.relative_to(ROOT)) for path in SOURCES if asks.search(path.read_text())]
    assert not found
    assert any("IN_PAGES" in path.read_text() for path in SOURCES if path.suffix == ".c")
