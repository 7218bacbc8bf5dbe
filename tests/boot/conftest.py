# SPDX-License-Identifier: BSD-3-Clause
"""The stub guest, built once for all tests that prove the testbeds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.testbed import need, stub


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
