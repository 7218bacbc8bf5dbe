# SPDX-License-Identifier: BSD-3-Clause
"""A disk that is full or write-protected: told in a line, and the tree stays as it was."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.unit.bad import expect
from tests.unit.helpers import Run, as_nobody, snapshot


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond what Config.uk needs, which is checked in a temporary folder."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def read_only() -> Iterator[None]:
    """Nobody may write beside the tree."""
    Path("platforms").chmod(0o555)
    with as_nobody():
        yield
    Path("platforms").chmod(0o755)


@contextmanager
def read_only_below() -> Iterator[None]:
    """A folder in the tree is write-protected."""
    Path("platforms").chmod(0o777)
    Path("platforms/small").chmod(0o777)
    Path("platforms/small/include/plat").chmod(0o555)
    if os.getuid() == 0:
        os.chown("platforms/small", 65534, -1)
    with as_nobody():
        yield


@pytest.mark.parametrize("trouble", [full_disk, read_only, read_only_below])
def test_cannot_write(trouble: Callable[[], AbstractContextManager[None]], open_project: Path, run: Run) -> None:
    run("gen", "small")
    header = open_project / "templates/common/core/core/include/plat/core.h"
    header.write_text("/* SPDX-License-Identifier: BSD-3-Clause */\nint v2;\n" + "\n" * 10000)
    before = snapshot(open_project)
    with trouble():
        result = run("gen", "small")
    expect(trouble.__name__.replace("_", "-"), result.err)
    assert result.code == 2
    assert snapshot(open_project) == before


def test_write_protected_foreign_folder_stays_as_it_is(open_project: Path, run: Run) -> None:
    """The old tree's copy of it is removed all the same, and its files keep their mode."""
    run("gen", "small")
    (open_project / "templates/common/core/core/core.c").write_text("/* SPDX-License-Identifier: X */\nint v2;\n")
    for folder in (open_project / "platforms", *(open_project / "platforms").rglob("*")):
        os.chown(folder, 65534 if os.getuid() == 0 else -1, -1)
    with as_nobody():
        mine = open_project / "platforms/small/mine"
        mine.mkdir()
        (mine / "file").write_text("x")
        (mine / "file").chmod(0o444)
        mine.chmod(0o555)
        result = run("gen", "small")
    assert (result.code, result.err) == (0, "")
    assert mine.stat().st_mode & 0o777 == 0o555
    assert (mine / "file").stat().st_mode & 0o777 == 0o444
    assert not (open_project / "platforms/.small.platgen").exists()
