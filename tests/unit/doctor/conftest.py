# SPDX-License-Identifier: BSD-3-Clause
"""The command on the stand-in for Unikraft."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.helpers import Run


@pytest.fixture
def examine(
    uk: Path,
    run: Run,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., dict[str, Any]]:
    """Run the command; the checks by name. A test that does not need the tools goes without, for speed."""
    if not request.node.get_closest_marker("tools"):
        monkeypatch.setattr(shutil, "which", lambda name, *rest: None)

    def command(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        result = run("doctor", "--json", "--unikraft", str(uk), "small", *arguments)
        assert result.code in (0, 1), result.err
        data = json.loads(result.out)
        assert (result.code, result.err) == (0 if data["fits"] else 1, "")
        return {check["name"]: check for check in data["checks"]}

    return command
