# SPDX-License-Identifier: BSD-3-Clause
"""Every message the generator can give, with the input that provokes it.

`tests/bad/CASE.yaml` is a spec for the small project; `tests/bad/CASE/` is laid over a copy of that
project, and its file `args` is the command line if that is not `gen small`. `CASE.stderr` is the
whole expected text. `PLATGEN_ACCEPT=1 pytest tests/unit` rewrites it: read the diff.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import generator
from generator.tree import write
from tests.unit.bad import BAD, MADE, OVERLAYS, SPECS, expect
from tests.unit.helpers import Run, snapshot


@pytest.mark.parametrize("case", SPECS)
def test_bad_spec(case: str, project: Path, run: Run) -> None:
    shutil.copy(BAD / f"{case}.yaml", project / f"{case}.yaml", follow_symlinks=False)
    before = snapshot(project)
    result = run("gen", f"./{case}.yaml", "-o", "out")
    expect(case, result.err)
    assert (result.code, result.out) == (2, "")
    assert snapshot(project) == before


@pytest.mark.parametrize("case", OVERLAYS)
def test_bad_project(case: str, project: Path, run: Run) -> None:
    shutil.copytree(BAD / case, project, symlinks=True, dirs_exist_ok=True)
    arguments = (project / "args").read_text().split() if (project / "args").exists() else ["gen", "small"]
    before = snapshot(project)
    result = run(*arguments)
    expect(case, result.err)
    assert (result.code, result.out) == (2, "")
    assert snapshot(project) == before


@pytest.mark.parametrize("make", MADE)
def test_bad_made(make: Callable[[Path], None], project: Path, run: Run) -> None:
    make(project)
    before = snapshot(project)
    result = run("gen", "small")
    expect(make.__name__.replace("_", "-"), result.err)
    assert (result.code, result.out.partition("create")[0]) == (2, "")
    assert snapshot(project) == before


def test_blank_in_the_checkout_s_path(project: Path, run: Run) -> None:
    """Not a folder of this repository: such a name is a burden in a clone."""
    shutil.copytree(project / "unikraft", project / "my unikraft")
    before = snapshot(project)
    result = run("doctor", "--unikraft", "my unikraft", "small")
    expect("doctor-blank", result.err)
    assert (result.code, result.out) == (2, "")
    assert snapshot(project) == before


def test_two_specs_of_one_name(project: Path, run: Run) -> None:
    """Both would go to one folder."""
    for name in ("one", "two"):
        (project / name).mkdir()
        (project / name / "small.yaml").write_text((project / "platforms/small.yaml").read_text())
    before = snapshot(project)
    result = run("gen", "one/small.yaml", "two/small.yaml")
    expect("name-twice", result.err)
    assert result.code == 2
    assert snapshot(project) == before


def test_changed_meanwhile(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves a file between the look and the write: his text stays."""
    run("gen", "small")
    (project / "templates/common/core/core/core.c").write_text("/* SPDX-License-Identifier: X */\nint v2;\n")
    stage = write._Writer.stage

    def slow_stage(writer: write._Writer) -> None:
        stage(writer)
        (project / "platforms/small/core.c").write_text("saved just now\n")

    monkeypatch.setattr(write._Writer, "stage", slow_stage)
    result = run("gen", "small")
    expect("changed-meanwhile", result.err)
    assert result.code == 2
    assert (project / "platforms/small/core.c").read_text() == "saved just now\n"


def codes_in_source() -> set[str]:
    """First arguments of `Diagnostic`, `error` and `fail`, and first items of what `_fault` returns."""
    codes: set[str] = set()
    folder = Path(generator.__file__).parent
    for path in (path for path in folder.rglob("*.py") if folder / "lab" not in path.parents):
        for node in ast.walk(ast.parse(path.read_text())):
            values: list[ast.expr] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("Diagnostic", "error", "fail"):
                values = node.args[:1]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                values = node.value.elts[:1]
            codes |= {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return {code for code in codes if re.fullmatch("[a-z0-9-]+", code)}


def test_every_message_has_a_case() -> None:
    shown = "".join(path.read_text() for path in BAD.glob("*.stderr"))
    missing = codes_in_source() - set(re.findall(r"\[([a-z0-9-]+)\]$", shown, re.MULTILINE))
    assert not missing


def test_every_expectation_has_a_case() -> None:
    made = {make.__name__.replace("_", "-") for make in MADE}
    known = {
        *SPECS,
        *OVERLAYS,
        *made,
        "doctor-blank",
        "name-twice",
        "changed-meanwhile",
        "full-disk",
        "read-only",
        "read-only-below",
        "build-edited",
    }
    assert {path.stem for path in BAD.glob("*.stderr") if not path.stem.startswith("trouble-")} == known
