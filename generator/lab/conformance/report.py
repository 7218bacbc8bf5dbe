# SPDX-License-Identifier: BSD-3-Clause
"""What a reported run shows: a line for each cell as it ends, and the page, both from pytest's own reports."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ..testbed import is_kvm, kvm
from .record import Record, record_of


class Report:
    """Pytest plugin of the process that all reports come to."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        """Nothing is written before the run has ended."""
        self.records: list[Record] = []
        self._config, self._folder = config, folder
        self._begin = time.monotonic()
        self._session: pytest.Session | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """The session knows how many cells there are."""
        self._session = session

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """A cell counts as ever, but without a letter: it has a line."""
        record = record_of(report) if isinstance(report, pytest.TestReport) else None
        return (report.outcome, "", report.outcome.upper()) if record else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The line of a cell."""
        record = record_of(report)
        if not record:
            return
        self.records.append(record)
        if record.status == "skip" or self._config.get_verbosity() > 0:  # with -v, pytest has its own line
            return
        total = self._session.testscollected if self._session else 0
        count = f"[{len(self.records):{len(str(total))}}/{total}]"
        verdict = "ok  " if record.status == "pass" else "FAIL"
        reason = f"  {record.reason.splitlines()[0]}" if record.reason else ""
        place = f"{record.platform:8} {record.machine:17} {record.title:34}"
        print(f"{count} {verdict} {place} {record.seconds:6.2f} s{reason}", flush=True)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the page; where nothing could be run, the run as a whole has no result."""
        from .page import render

        if self.records:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / "index.html").write_text(render(self.records, time.monotonic() - self._begin))
        if session.exitstatus == 0 and {record.status for record in self.records} <= {"skip"}:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """What the processors were, and where the report lies."""
        line = terminalreporter.write_line
        if {record.status for record in self.records} <= {"skip"}:
            line("nothing was run: no machine is ready, or no check has that name")
        line(_about_kvm(self.records))
        if self.records:
            line(f"report: {self._folder / 'index.html'}, {self._config.option.xmlpath}")


def _about_kvm(records: list[Record]) -> str:
    """Which of the results are those of a processor and not of an emulator."""
    if not any(is_kvm(record.machine) for record in records):
        return "KVM: not used" if kvm.works() else "KVM: none here, all processors were emulated"
    how = ", which emulates guests' kernels: no SSE in ring 0, no judgement of time" if kvm.emulates() else ""
    return f"KVM: {kvm.DEVICE} of this host{how}"
