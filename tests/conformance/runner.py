# SPDX-License-Identifier: BSD-3-Clause
"""Runs many cells, a few at a time, and tells of each as it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.testbed import TestbedError
from tests.testbed.packages import PackageError

from .cells import Cell, Result, run_under_xl
from .rows import Row

BIG = 1024
"""MiB: guests above this run one at a time, since the host really has to have the memory."""

Tell = Callable[[Row, Result], None]


def run(rows: Sequence[Row], jobs: int, tell: Tell) -> dict[Row, Result]:
    """All results; domUs share one boot of Xen, which goes first, as it takes longest."""
    results: dict[Row, Result] = {}
    big = threading.Lock()
    lock = threading.Lock()

    def note(row: Row, result: Result) -> None:
        with lock:
            results[row] = result
            tell(row, result)

    def one(row: Row) -> None:
        try:
            if row.memory > BIG:
                with big:
                    result = row.run()
            else:
                result = row.run()
        except (TestbedError, PackageError) as error:
            result = Result("fail", f"the testbed: {error}")
        note(row, result)

    def domus(batch: list[Cell]) -> None:
        try:
            run_under_xl(batch, note)
        except (TestbedError, PackageError) as error:
            for cell in batch:
                note(cell, Result("fail", f"the testbed: {error}"))

    batch: list[Cell] = []
    others: list[Row] = []
    for row in rows:
        skipped = row.skipped
        if skipped:
            note(row, skipped)
        elif isinstance(row, Cell) and row.machine == "xl":
            batch.append(row)
        else:
            others.append(row)
    # Long ones first, so that none of them is left over at the end.
    others.sort(key=lambda row: (row.machine != "xen-dom0", -row.memory))
    with ThreadPoolExecutor(jobs) as pool:
        waits = [pool.submit(domus, batch)] if batch else []
        waits += [pool.submit(one, row) for row in others]
        for wait in as_completed(waits):
            wait.result()
    return {row: results[row] for row in rows}
