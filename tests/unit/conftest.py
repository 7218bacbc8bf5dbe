# SPDX-License-Identifier: BSD-3-Clause
"""The small project that the unit tests generate from, and a way to run the command line."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import cli
from tests.unit.doctor.standin import COMPONENT, LEVEL, SOURCES
from tests.unit.helpers import SMALL, Result, Run

pytest.register_assert_rewrite("tests.unit.bad", "tests.unit.documents")


@pytest.fixture(autouse=True)
def _no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Internal errors are told as users see them."""
    monkeypatch.delenv("PLATGEN_TRACEBACK", raising=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small project, and the current folder."""
    root = tmp_path / "project"
    shutil.copytree(SMALL, root, symlinks=True)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def open_project(project: Path) -> Iterator[Path]:
    """The project in a folder that every user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "project"
        shutil.copytree(project, place)
        Path(folder).chmod(0o755)
        os.chdir(place)
        yield place
        os.chdir(project)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command in this process."""

    def command(*arguments: str) -> Result:
        try:
            code = cli.main(list(arguments))
        except SystemExit as end:  # argparse
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return command


@pytest.fixture
def uk(project: Path, run: Run) -> Path:
    """The stand-in, beside a project whose small platform can be built with it and is generated."""
    folder = project / "templates/common/build"
    folder.mkdir()
    (folder / "component.yaml").write_text(COMPONENT)
    for name, text in SOURCES.items():
        first = "" if name == "Makefile.uk" else "/* SPDX-License-Identifier: BSD-3-Clause */\n"
        (folder / name).write_text(first + text)
    (project / "templates/common/core/0.21.yaml").write_text(LEVEL)
    assert run("gen", "small").code == 0
    return project / "unikraft"
