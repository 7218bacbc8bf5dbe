# SPDX-License-Identifier: BSD-3-Clause
"""Every case on every machine of every platform, one boot each, judged from outside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from ..testbed import TestbedError
from ..testbed.packages import PackageError, locked
from . import need
from .cells import Cell, Result
from .matrix import Entry
from .plugin import BuildImage, Xens, is_batched

BIG = 1024
"""MiB: guests above this run one at a time, since the host really has to have the memory."""


def test_check(
    entry: Entry,
    bare: BuildImage,
    xens: Xens,
    shared: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """One cell: passed, failed with a reason, or skipped with one; its console is what the test prints."""
    case = entry.case
    for name in ("title", "number", "what"):
        record_property(name, getattr(case, name))
    record_property("platform", entry.name)
    record_property("machine", entry.machine)
    cell = entry.cell(bare(entry.platform), tmp_path)
    result = cell.skipped
    if not result:
        need.ready(entry.machine)
        try:
            if isinstance(cell, Cell) and is_batched(entry.machine):
                result = xens.result(entry)
            else:
                with locked(shared / "big") if case.memory > BIG else nullcontext():
                    result = cell.run()
        except (TestbedError, PackageError) as error:
            result = Result("fail", f"the testbed: {error}")
    record_property("seconds", round(result.seconds, 2))
    print(result.console, end="")
    print(result.log, end="", file=sys.stderr)
    if result.status == "skip":
        pytest.skip(result.reason)
    if result.status == "fail":
        pytest.fail(result.reason, pytrace=False)
