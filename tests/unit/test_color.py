# SPDX-License-Identifier: BSD-3-Clause
"""Colours of messages: where they are, what asks for them, and that they change no text."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.unit.helpers import Run

ESCAPE = re.compile(r"\033\[[0-9;]*m")


def bad(project: Path) -> None:
    spec = project / "platforms/small.yaml"
    spec.write_text(spec.read_text().replace("machine:", "machin:"))


def test_colours_change_no_text(project: Path, run: Run) -> None:
    bad(project)
    plain = run("gen", "small").err
    assert "\033" not in plain
    painted = run("gen", "small", "--color", "always").err
    assert ESCAPE.sub("", painted) == plain
    assert "\033[1;31merror: \033[0munknown key 'machin'" in painted
    assert "\033[36mhint\033[0m: did you mean 'machine'?" in painted
    assert re.search(r"\033\[1;32m\^\033\[0m$", painted, re.M)
    assert re.search(r"^\033\[2m +\d+ \| \033\[0mmachin:$", painted, re.M)


def test_a_source_line_that_looks_like_a_message_is_none(project: Path, run: Run) -> None:
    spec = project / "platforms/small.yaml"
    spec.write_text(spec.read_text() + "a: error: b [c]\n")
    assert "\033[0ma: error: b [c]\n" in run("gen", "small", "--color", "always").err


@pytest.mark.parametrize(
    ("environment", "arguments", "is_painted"),
    [
        ({}, [], True),
        ({"NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": ""}, [], True),
        ({"TERM": "dumb"}, [], False),
        ({}, ["--color", "never"], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
    ],
)
def test_a_terminal_gets_colours_unless_they_are_not_wanted(
    environment: dict[str, str], arguments: list[str], is_painted: bool,
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bad(project)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert ("\033[" in run("gen", "small", *arguments).err) == is_painted
