# SPDX-License-Identifier: BSD-3-Clause
"""Runs many cells, a few at a time, and tells of each as it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from ..testbed import TestbedError
from ..testbed.packages import PackageError
from .cells import Cell, Result, run_under_xl
from .rows import Row

BIG = 1024
"""MiB: guests above this run one at a time, since the host really has to have the memory."""

Tell = Callable[[Row, Result], None]
Ended = Callable[[Row, float], None]


class Runner:
    """The results so far, and who is told of them."""

    def __init__(self, tell: Tell, ended: Ended) -> None:
        self.results: dict[Row, Result] = {}
        self._tell, self._ended = tell, ended
        self._note_lock, self._big_lock = threading.Lock(), threading.Lock()

    def run(self, rows: Sequence[Row], jobs: int) -> dict[Row, Result]:
        """All results; domUs share one boot of Xen, which goes first, as it takes longest."""
        batch: list[Cell] = []
        others: list[Row] = []
        for row in rows:
            skipped = row.skipped
            if skipped:
                self._note(row, skipped)
            elif isinstance(row, Cell) and row.machine == "xl":
                batch.append(row)
            else:
                others.append(row)
        # Long ones first, so that none of them is left over at the end.
        others.sort(key=lambda row: (row.machine != "xen-dom0", -row.memory))
        pool = ThreadPoolExecutor(jobs)
        try:
            waits = [pool.submit(self._domus, batch)] if batch else []
            waits += [pool.submit(self._one, row) for row in others]
            for wait in as_completed(waits):
                wait.result()
        finally:  # whoever breaks it off does not wait for what is running
            pool.shutdown(wait=False, cancel_futures=True)
        return {row: self.results[row] for row in rows}

    def _note(self, row: Row, result: Result) -> None:
        with self._note_lock:
            self.results[row] = result
            self._tell(row, result)

    def _one(self, row: Row) -> None:
        try:
            if row.memory > BIG:
                with self._big_lock:
                    result = row.run()
            else:
                result = row.run()
        except (TestbedError, PackageError) as error:
            result = Result("fail", f"the testbed: {error}")
        self._note(row, result)

    def _domus(self, batch: list[Cell]) -> None:
        try:
            results = run_under_xl(batch, self._ended)
        except (TestbedError, PackageError) as error:
            results = [Result("fail", f"the testbed: {error}")] * len(batch)
        for cell, result in zip(batch, results, strict=True):
            self._note(cell, result)
