# SPDX-License-Identifier: BSD-3-Clause
"""Completion scripts: each shell reads its own, and bash proposes what the command takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import completion, parser
from generator.lab.conformance import need
from tests.unit.helpers import ROOT, Run


def proposed(script: str, folder: Path, *words: str) -> set[str]:
    """What bash proposes for the last of the words."""
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    command = bin_folder / "platgen"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n')
    command.chmod(0o755)
    ask = f'{script}\nCOMP_WORDS=("$@") COMP_CWORD=$(($# - 1))\n_platgen\nprintf "%s\\n" "${{COMPREPLY[@]}}"\n'
    environment = {"PATH": f"{bin_folder}:/usr/bin:/bin"}
    call = ["bash", "-uc", ask, "bash", "platgen", *words]
    done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_bash_proposes_what_the_command_takes(project: Path, run: Run) -> None:
    script = run("completion", "bash").out
    assert proposed(script, project, "") == {*parser.COMMANDS, "--help", "--version"}
    assert proposed(script, project, "ex") == {"explain"}
    assert proposed(script, project, "gen", "--fo") == {"--force", "--format"}
    assert proposed(script, project, "check", "--f") == {"--format"}
    assert proposed(script, project, "gen", "sm") == {"small"}
    assert proposed(script, project, "gen", "small", "-o", "plat") == {"platforms"}
    assert proposed(script, project, "gen", "platforms/s") == {"platforms/small.yaml"}
    assert proposed(script, project, "schema", "l") == {"level"}
    assert proposed(script, project, "completion", "") == set(completion.SHELLS)
    assert proposed(script, project, "gen", "--core", "") == set()


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_each_shell_reads_its_script(shell: str, tmp_path: Path, run: Run) -> None:
    script = run("completion", shell)
    assert (script.code, script.err) == (0, "")
    for command in parser.COMMANDS:
        for action in parser.command_parser(command)._actions:
            assert all(word.lstrip("-") in script.out for word in action.option_strings), (command, action)
    need.tools(**{shell: shell})
    (tmp_path / "script").write_text(script.out)
    subprocess.run([shell, "-n", "script"], cwd=tmp_path, check=True)


def test_completion_asks_for_a_shell_it_knows(run: Run) -> None:
    assert run("completion", "tcsh").code == 2


def test_completion_and_help_load_nothing_else() -> None:
    """They are quick because no template engine, schema or YAML is imported for them."""
    code = (
        "import sys; from generator import cli; cli.main(sys.argv[1:]);"
        "print(sorted({'jinja2', 'yaml', 'jsonschema_rs', 'generator.pipeline'} & set(sys.modules)), file=sys.stderr)"
    )
    for arguments in (["--help"], ["--version"], ["completion", "zsh"]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "[]\n")


def test_help_tells_the_exit_codes(run: Run) -> None:
    for arguments in (["--help"], ["gen", "--help"]):
        assert "1 differs; 2 bad input" in " ".join(run(*arguments).out.split())
