# SPDX-License-Identifier: BSD-3-Clause
"""The stub guest that many tests boot, built once, and a cell's result as the end of a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.cells import Result

from . import stub


@dataclass(frozen=True)
class Stub:
    pvh: Path
    multiboot: Path

    def fitting(self, machine: str) -> Path:
        return self.multiboot if "multiboot" in machine else self.pvh


@pytest.fixture(scope="session")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Stub:
    need.tools(gcc="gcc", ld="binutils")
    return Stub(*stub.build(tmp_path_factory.mktemp("stub")))


def expect_pass(result: Result) -> None:
    """What a cell came to, as a test's end."""
    if result.status == "skip":
        pytest.skip(result.reason)
    assert result.status == "pass", f"{result.reason}\n{result.console}\n{result.log[-2000:]}"
