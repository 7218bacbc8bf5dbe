# SPDX-License-Identifier: BSD-3-Clause
"""The tutorial, typed as it stands into one shell in an empty folder: each command, and what it shows."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from generator.lab import ROOT
from generator.lab.conformance import need

PAGE = (ROOT / "docs" / "tutorial.md").read_text()
CLONE = ("pyproject.toml", "LICENSE", "README.md", "generator", "templates", "platforms")
END = "--end of a command--"
TYPED_AT_MOST = 19


class Step(NamedTuple):
    """A command, and what the page shows of its output."""

    command: str
    shown: str


def steps() -> list[Step]:
    blocks = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [Step(*found) for block in blocks for found in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)]


def as_shown(shown: str) -> re.Pattern[str]:
    """`...` is any text of a line, and as a line of its own any number of lines."""
    lines = [r"(?:.*\n)*?" if line == "..." else f"{re.escape(line)}\n" for line in shown.splitlines()]
    return re.compile("".join(lines).replace(re.escape("..."), ".*"))


def environment() -> dict[str, str]:
    """A user's, with pip's settings; wheels come from the project's cache where there is one."""
    kept = {key: value for key, value in os.environ.items() if re.match("PATH$|HOME$|LANG|LC_|PIP_|XDG_", key)}
    kept["PIP_NO_COMPILE"] = "1"  # of all modules, the commands import few
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    wheels = Path(os.environ.get("PLATGEN_CACHE") or Path(base) / "platgen") / "wheels"
    return kept | ({"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)} if wheels.is_dir() else {})


def test_the_page_types_no_more_than_it_promises() -> None:
    assert 10 < len(steps()) <= TYPED_AT_MOST
    assert PAGE.count("\n$ ") == len(steps())


def test_every_command_does_what_the_page_shows(tmp_path: Path) -> None:
    need.tools(gcc="gcc", ld="binutils", make="make")
    need.ready("qemu-microvm")
    (tmp_path / "platgen").mkdir()
    for name in CLONE:
        (tmp_path / "platgen" / name).symlink_to(ROOT / name)
    typed = "".join(f'{step.command}\necho "{END} $?"\n' for step in steps())
    done = subprocess.run(
        ["bash", "-c", typed], cwd=tmp_path, env=environment(), text=True, timeout=600, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    ends = re.findall(rf"(.*?){END} (\d+)\n", done.stdout, re.DOTALL)
    assert len(ends) == len(steps()), done.stdout
    for step, (out, status) in zip(steps(), ends, strict=True):
        assert as_shown(step.shown).fullmatch(out), f"$ {step.command}\n{out}"
        assert (status != "0") == ("error: " in step.shown), f"$ {step.command}\n{out}exit status {status}"
