# SPDX-License-Identifier: BSD-3-Clause
"""What the commands say, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import parser
from generator.tree import render
from tests.unit.helpers import Run, snapshot


def test_gen_of_a_new_tree_gives_its_folder_and_a_total(project: Path, run: Run) -> None:
    said = "create    platforms/small\nsmall at core level 0.21: 8 created in platforms/small\n"
    assert run("gen", "small") == (0, said, "")
    (project / "platforms/small/core.c").unlink()
    assert run("gen", "small").out.startswith("create    platforms/small/core.c\n")


def test_gen_and_check_are_quiet_when_asked_but_name_what_is_wrong(project: Path, run: Run) -> None:
    assert run("gen", "small", "-q") == (0, "", "")
    assert run("check", "-q") == (0, "", "")
    (project / "platforms/small/core.c").write_text("int mine;\n")
    result = run("check", "-q")
    assert result.code == 1
    assert "core.c" in result.out + result.err
    result = run("gen", "small", "-q")
    assert (result.code, result.out) == (1, "")
    assert "platforms/small/core.c: edited by hand" in result.err


def test_gen_verbose_names_each_file_and_gives_a_total(project: Path, run: Run) -> None:
    result = run("gen", "small", "-v")
    assert result == (
        0,
        "create    platforms/small/.platgen.json\n"
        "create    platforms/small/Config.uk\n"
        "create    platforms/small/clock_a.c\n"
        "create    platforms/small/core.c\n"
        "create    platforms/small/include/plat/core.h\n"
        "create    platforms/small/machine.c\n"
        "create    platforms/small/power.c\n"
        "create    platforms/small.hashes\n"
        "small at core level 0.21: 8 created in platforms/small\n",
        "",
    )


def test_gen_verbose_names_unchanged_files(project: Path, run: Run) -> None:
    run("gen", "small")
    assert "unchanged platforms/small/core.c\n" in run("gen", "small", "-v").out


def test_gen_at_another_level_goes_to_build(project: Path, run: Run) -> None:
    assert run("gen", "small", "--core", "bare").code == 0
    tree = snapshot(project / "build/small-bare")
    assert "power.c" not in tree
    assert not (project / "platforms/small").exists()
    manifest = json.loads((project / "build/small-bare/.platgen.json").read_bytes())
    assert (manifest["spec"], manifest["level"]) == ("small", "bare")


def test_gen_of_a_spec_elsewhere_goes_to_build_and_keeps_no_hashes(project: Path, run: Run) -> None:
    text = (project / "platforms/small.yaml").read_text().replace("name: small", "name: else")
    (project / "else.yaml").write_text(text)
    assert run("gen", "else.yaml").code == 0
    assert (project / "build/else-0.21/core.c").is_file()
    assert not list(project.glob("**/*.hashes"))
    machine = (project / "build/else-0.21/machine.c").read_text().splitlines()[1]
    assert machine == "/* Code generated from templates/common/core/core/machine.c.j2 and else.yaml. DO NOT EDIT. */"


def test_one_bad_platform_stops_all(project: Path, run: Run) -> None:
    (project / "bad.yaml").write_text("name: bad\n")
    before = snapshot(project)
    assert run("gen", "small", "bad.yaml").code == 2
    assert snapshot(project) == before


def test_one_folder_for_two_trees_is_refused(project: Path, run: Run) -> None:
    text = (project / "platforms/small.yaml").read_text().replace("name: small", "name: else")
    (project / "else.yaml").write_text(text)
    result = run("gen", "small", "else.yaml", "-o", "out")
    assert result.code == 2
    assert "-o" in result.err
    assert not (project / "out").exists()


def test_check_is_quiet_about_what_is_right(project: Path, run: Run) -> None:
    run("gen", "small")
    assert run("check") == (0, "small at core level 0.21: 8 files as generated\n", "")


def test_check_names_files_and_the_command_that_fixes_them(project: Path, run: Run) -> None:
    run("gen", "small")
    (project / "platforms/small/core.c").unlink()
    result = run("check")
    assert result.code == 1
    assert result.out == (
        "create    platforms/small/core.c\nsmall at core level 0.21: 1 file differs; fix: platgen gen small\n"
    )


def test_check_covers_levels_without_a_tree(project: Path, run: Run) -> None:
    run("gen", "small")
    with (project / "templates/common/clock-b/clock_b.c").open("a") as file:
        file.write("int more;\n")
    assert run("check").code == 0  # clock b is in no plan
    (project / "templates/common/core/bare.yaml").write_text("summary: no core\nrequires: [core, power]\n")
    result = run("check")
    assert result.code == 1
    assert "update    platforms/small.hashes\n" in result.out


def test_level_that_a_new_platform_cannot_meet_is_left_out_with_a_note(project: Path, run: Run) -> None:
    (project / "templates/common/core/later.yaml").write_text("summary: later\nrequires: [core, engine]\n")
    result = run("gen", "small")
    assert result.code == 0
    assert "small cannot be generated at core level later" in result.err
    assert "later" not in (project / "platforms/small.hashes").read_text()


def test_diff_shows_the_text(project: Path, run: Run) -> None:
    run("gen", "small")
    assert run("diff") == (0, "", "")
    path = project / "platforms/small/core.c"
    path.write_text(path.read_text().replace("return 0", "return 1"))
    result = run("diff", "small")
    assert result.code == 1
    assert "--- platforms/small/core.c\n+++ platforms/small/core.c (generated)\n" in result.out
    assert "-\treturn 1;\n+\treturn 0;\n" in result.out


def test_list(project: Path, run: Run) -> None:
    assert run("list") == (0, "small  a platform for the tests\n", "")
    listed = json.loads(run("list", "--json").out)
    assert listed["levels"] == ["0.21", "bare"]
    assert listed["platforms"][0]["machine"]["clocks"] == ["a"]


def test_explain_platform_says_why(project: Path, run: Run) -> None:
    out = run("explain", "small").out
    assert "common/clock-a: clock a\n  because  it serves clocks.a\n" in out
    assert "one/power: switches off\n  because  it provides power, required by core level 0.21\n" in out
    assert "  option   pages = 4\n" in out


def test_explain_file_says_where_to_edit(project: Path, run: Run) -> None:
    out = run("explain", "small", "machine.c").out
    assert "edit       templates/common/core/core/machine.c.j2 (a template)\n" in out
    assert "with data  platforms/small.yaml\n" in out
    assert "compiled   if CONFIG_SMALL_DEBUG is set\n" in run("explain", "small", "power.c").out
    manifest = project / "templates/one/power/component.yaml"
    manifest.write_text(manifest.read_text().replace("SMALL_DEBUG", '"!SMALL_DEBUG"'))
    assert "compiled   if CONFIG_SMALL_DEBUG is not set\n" in run("explain", "small", "power.c").out


def test_schema(run: Run) -> None:
    assert json.loads(run("schema").out)["title"] == "platgen platform spec"
    assert json.loads(run("schema", "component").out)["title"] == "platgen component manifest"


def test_sharing(project: Path, run: Run) -> None:
    text = (project / "platforms/small.yaml").read_text().replace("name: small", "name: else")
    (project / "platforms/else.yaml").write_text(text.replace("clocks: [a]\n", "clocks: [a]\n  timers: [t]\n"))
    timer = project / "templates/common/timer"
    timer.mkdir()
    (timer / "component.yaml").write_text("summary: timer\nserves: {timers.t: {}}\nfiles: [timer.c]\n")
    (timer / "timer.c").write_text("/* SPDX-License-Identifier: BSD-3-Clause */\n\nint timer;\n")
    # machine.c differs in its provenance line and in the name: 2 of its 6 lines; the others hold 3 + 6 + 3 + 3
    assert run("sharing", "small", "else", "--at-least", "90").out == (
        "differs          machine.c (4 of 6 lines shared)\n"
        "only else        timer.c (3 lines)\n"
        "group            common (3 of 3 lines shared, 100.0 %)\n"
        "group            common/core (13 of 15 lines shared, 86.7 %)\n"
        "group            one (3 of 3 lines shared, 100.0 %)\n"
        "only small states no fact\n"
        "for what both state: 19 of 21 lines shared, 90.5 %\n"
        "90.5 % of small's 21 C and assembly lines are byte for byte in else's tree; 4 of 5 files are the same\n"
    )
    assert run("sharing", "small", "else", "--at-least", "91").code == 1
    assert run("sharing", "else", "small").out.endswith(
        "alone            common/timer (0 of 3 lines shared, 0.0 %)\n"
        "only else states timers.t\n"
        "for what both state: 19 of 21 lines shared, 90.5 %\n"
        "79.2 % of else's 24 C and assembly lines are byte for byte in small's tree; 4 of 6 files are the same\n"
    )


def test_what_a_fact_of_one_alone_needs_does_not_count_for_both(project: Path, run: Run) -> None:
    """It counts as soon as something requires it that the other platform has, too."""
    text = (project / "platforms/small.yaml").read_text().replace("name: small", "name: else")
    (project / "platforms/else.yaml").write_text(text.replace("clocks: [a]\n", "clocks: [a]\n  timers: [t]\n"))
    for name, head in (("timer", "serves: {timers.t: {}}\nrequires: [wheel]\n"), ("wheel", "provides: [wheel]\n")):
        folder = project / "templates/common" / name
        folder.mkdir()
        (folder / "component.yaml").write_text(f"summary: {name}\n{head}files: [{name}.c]\n")
        (folder / f"{name}.c").write_text(f"/* SPDX-License-Identifier: BSD-3-Clause */\n\nint {name};\n")
    lines = run("sharing", "else", "small").out.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("alone")] == ["common/wheel", "common/timer"]
    clock = project / "templates/common/clock-a/component.yaml"
    clock.write_text(clock.read_text() + "requires: [wheel]\n")
    assert "common/wheel" not in [line.split()[1] for line in run("sharing", "else", "small").out.splitlines()[-5:]]


def test_docs(project: Path, run: Run) -> None:
    assert run("docs", "-n").code == 1
    assert run("docs").code == 0
    assert "| [clock-a](../templates/common/clock-a) | clock a |" in (project / "docs/components.md").read_text()
    assert run("docs", "-n").code == 0


def test_internal_error_is_exit_3_without_a_traceback(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("surprise")

    monkeypatch.setattr(render.Renderer, "render", broken)
    result = run("gen", "small")
    assert result == (3, "", "platgen: internal error: TypeError: surprise (PLATGEN_TRACEBACK=1 shows where)\n")
    monkeypatch.setenv("PLATGEN_TRACEBACK", "1")
    with pytest.raises(TypeError):
        run("gen", "small")


@pytest.mark.parametrize("arguments", [["gen"], ["gen", "small", "--core"], ["fly"], [], ["gen", "small", "-o", ""]])
def test_wrong_arguments_are_exit_2(arguments: list[str], project: Path, run: Run) -> None:
    assert run(*arguments).code == 2


@pytest.mark.parametrize("share", ["nan", "-1", "101", "much"])
def test_share_is_a_number_from_0_to_100(share: str, project: Path, run: Run) -> None:
    result = run("sharing", "small", "small", f"--at-least={share}")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("error: argument --at-least: a share is a number from 0 to 100\n")


@pytest.mark.parametrize("arguments", [["fly", "list"], ["--root", ".", "list"], ["--help", "gen"]])
def test_every_command_is_listed_whatever_the_arguments_name(arguments: list[str], project: Path, run: Run) -> None:
    result = run(*arguments)
    assert all(name in result.out + result.err for name in parser.COMMANDS)
