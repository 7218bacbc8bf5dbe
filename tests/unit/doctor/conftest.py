# SPDX-License-Identifier: BSD-3-Clause
"""The stand-in for Unikraft, and the command on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.doctor.standin import COMPONENT, LEVEL, SOURCES
from tests.unit.helpers import Run


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


@pytest.fixture
def examine(
    uk: Path,
    run: Run,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., dict[str, Any]]:
    """Run the command; the checks by name. A test that does not need the tools goes without, for speed."""
    if not request.node.get_closest_marker("skipif"):
        monkeypatch.setattr(shutil, "which", lambda name, *rest: None)

    def command(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        result = run("doctor", "--json", "--unikraft", str(uk), "small", *arguments)
        assert result.code in (0, 1), result.err
        data = json.loads(result.out)
        assert (result.code, result.err) == (0 if data["fits"] else 1, "")
        return {check["name"]: check for check in data["checks"]}

    return command
