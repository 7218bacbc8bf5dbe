# SPDX-License-Identifier: BSD-3-Clause
"""Images that many tests boot, each built once: the stub guest, and the bare images with all checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.lab.conformance.cells import Result
from generator.lab.conformance.images import Image, build
from generator.lab.testbed import need

from . import stub

BuildImage = Callable[..., Image]


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


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def bare(shared: Path) -> BuildImage:
    """bare("kvm", cc="clang"): the images of a platform at the bare level, with all checks in them."""

    def get(platform: str, cc: str = "gcc") -> Image:
        need.tools(**{cc: cc, "ld": "binutils", "objcopy": "binutils", "make": "make"})
        return build(platform, shared / f"{platform}-{cc}", cc=cc)

    return get
