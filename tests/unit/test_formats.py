# SPDX-License-Identifier: BSD-3-Clause
"""What programs read: every document fits its schema, and says what the text says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from generator import parser
from generator.pipeline import Pipeline
from tests.unit.bad import BAD, SPECS
from tests.unit.documents import REPORT, in_json, in_sarif, read, read_sarif, told
from tests.unit.helpers import ROOT, Run


@pytest.mark.parametrize(
    "command",
    [
        ("gen", "small", "-n"),
        ("gen", "small"),
        ("gen", "small", "-v"),
        ("check",),
        ("diff",),
        ("list",),
        ("explain", "small"),
        ("explain", "small", "core.c"),
        ("explain", "small", "machine.c"),
    ],
    ids=" ".join,
)
def test_every_json_fits_the_schema(command: tuple[str, ...], project: Path, run: Run) -> None:
    assert read(run(*command, "--format", "json"))["command"] == command[0]


def test_the_platforms_own_json_fits(run: Run) -> None:
    platform = "kvm"
    read(run("check", platform, "--format", "json", "--root", str(ROOT)))
    plan = read(run("explain", platform, "--format", "json", "--root", str(ROOT)))
    with_symbol = set()
    for output in Pipeline(ROOT).plans([platform], plan["core-level"]).or_stop()[0].files:
        if bool(output.file.kconfig) not in with_symbol:
            with_symbol.add(bool(output.file.kconfig))
            read(run("explain", platform, output.path, "--format", "json", "--root", str(ROOT)))
    assert with_symbol == {True, False}


def test_the_schema_refuses_what_it_does_not_describe(project: Path, run: Run) -> None:
    data = read(run("check", "--format", "json"))
    tree = data["trees"][0]
    for wrong in (
        {**data, "more": 1},
        {**data, "written": True},
        {**data, "command": "gen"},
        {**data, "exit": 2},
        {**data, "errors": [{"code": "x", "message": "y"}]},
        {**data, "trees": [{**tree, "same": "yes"}]},
        {**data, "trees": [{**tree, "more": 1}]},
        {key: value for key, value in data.items() if key != "trees"},
    ):
        assert not REPORT.is_valid(wrong), wrong


def test_schema_command_prints_the_schema(project: Path, run: Run) -> None:
    result = run("schema", "report")
    assert (result.code, result.err) == (0, "")
    assert Draft202012Validator(json.loads(result.out)).is_valid(json.loads(run("list", "--json").out))


def test_every_bad_spec_says_the_same_in_every_format(project: Path, run: Run) -> None:
    """The errors that tests/bad expects as text, with the same places."""
    compared = 0
    for case in SPECS:
        shutil.copy(BAD / f"{case}.yaml", project / f"{case}.yaml", follow_symlinks=False)
        command = ("gen", f"./{case}.yaml", "-o", "out", "--format")
        expected = told((BAD / f"{case}.stderr").read_text())
        data = read(run(*command, "json"))
        assert (data["exit"], in_json(data)) == (2, expected), case
        assert in_sarif(read_sarif(run(*command, "sarif"))) == expected, case
        compared += len(expected)
    assert compared > 80
    assert not (project / "out").exists()


def test_hints_come_along(project: Path, run: Run) -> None:
    (error,) = read(run("gen", "smal", "--format", "json"))["errors"]
    assert error == {
        "code": "unknown-platform",
        "message": "there is no platform 'smal'",
        "hint": "did you mean 'small'?",
    }
    (notice,) = read_sarif(run("gen", "smal", "--format", "sarif"))["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].endswith("\nhint: did you mean 'small'?")


def test_too_many_errors_are_counted(project: Path, run: Run) -> None:
    keys = "".join(f"key{i}: 1\n" for i in range(60))
    (project / "platforms/small.yaml").write_text((project / "platforms/small.yaml").read_text() + keys)
    data = read(run("check", "--format", "json"))
    assert (len(data["errors"]), data["errors-left-out"]) == (50, 10)


def test_gen_tells_what_it_did(project: Path, run: Run) -> None:
    data = read(run("gen", "small", "-n", "--format", "json"))
    assert (data["written"], (project / "platforms/small").exists()) == (False, False)
    data = read(run("gen", "small", "--format", "json"))
    assert (data["written"], (project / "platforms/small/core.c").is_file()) == (True, True)
    assert {file["change"] for file in data["trees"][0]["files"]} == {"create"}
    (tree,) = read(run("gen", "small", "--format", "json"))["trees"]
    assert (tree["same"], tree["files"], tree["unchanged"]) == (True, [], 8)
    (tree,) = read(run("gen", "small", "-v", "--format", "json"))["trees"]
    assert [file["change"] for file in tree["files"]] == ["unchanged"] * 8
    (project / "platforms/small/core.c").write_text("int mine;\n")
    data = read(run("gen", "small", "--format", "json"))
    assert (data["exit"], data["written"]) == (1, False)
    file = {"path": "platforms/small/core.c", "change": "edited", "source": "templates/common/core/core/core.c"}
    assert data["trees"][0]["files"] == [file]
    assert (project / "platforms/small/core.c").read_text() == "int mine;\n"


def test_diff_carries_the_text(project: Path, run: Run) -> None:
    run("gen", "small")
    path = project / "platforms/small/core.c"
    path.write_text(path.read_text().replace("return 0", "return 1"))
    (project / "platforms/small/power.c").unlink()
    data = read(run("diff", "--format", "json"))
    assert "".join(file["diff"] for file in data["trees"][0]["files"]) == run("diff").out != ""
    assert data["exit"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("gen", "--format", "json"),
        ("check", "--format=json", "--bogus"),
        ("list", "--json", "\x1b[31m"),
        ("explain", "small", "--format", "json", "--html", "page.html"),
        ("--format", "json"),
        ("doctor", "--format", "sarif"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_told_in_the_format(arguments: tuple[str, ...], project: Path, run: Run) -> None:
    result = run(*arguments)
    assert result.code == 2
    quiet = result._replace(err="")
    if "sarif" in arguments:
        assert [error[4] for error in in_sarif(read_sarif(quiet))] == ["usage"]
    else:
        assert [error["code"] for error in read(quiet)["errors"]] == ["usage"]
    assert not (project / "page.html").exists()


def test_a_wrong_command_line_without_a_format_prints_nothing(project: Path, run: Run) -> None:
    result = run("gen")
    assert (result.code, result.out) == (2, "")


def test_a_fault_of_ours_is_told_in_the_format(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("\x1b[31m")

    monkeypatch.setattr(Pipeline, "plans", broken)
    data = read(run("check", "--format", "json"))
    assert (data["exit"], data["errors"][0]["code"]) == (3, "internal")
    assert read_sarif(run("check", "--format", "sarif"))["invocations"][0]["executionSuccessful"] is False


def test_a_fault_of_the_system_is_told_in_the_format(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error", "platforms/x")

    monkeypatch.setattr(Pipeline, "plans", broken)
    (error,) = read(run("check", "--format", "json"))["errors"]
    assert error == {"code": "system", "message": "Input/output error", "path": "platforms/x"}


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_where_nothing_can_be_printed_nothing_is_written(form: str, project: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "generator", "gen", "small", "--format", form],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("platgen: error: cannot write to standard output")
    assert not (project / "platforms/small").exists()


def test_old_name_of_the_option_stays(project: Path, run: Run) -> None:
    assert run("list", "--json") == run("list", "--format", "json")


def test_help_knows_the_formats(run: Run) -> None:
    for command, forms in parser.FORMATS.items():
        assert f"{{{','.join(forms)}}}" in "".join(run(command, "--help").out.split())
