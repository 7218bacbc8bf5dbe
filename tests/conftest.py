# SPDX-License-Identifier: BSD-3-Clause
"""The last lines of a run: how many tests a missing tool cost, and what to do about it."""

from __future__ import annotations

import pytest

from generator.lab.testbed.need import PACKAGE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("skipped"), *terminalreporter.getreports("failed")]  # failed: in CI
    packages = [found for report in reports if (found := PACKAGE.findall(str(report.longrepr)))]
    if packages:
        names = " ".join(sorted({name for found in packages for name in found}))
        tests = f"{len(packages)} test{'s' if len(packages) > 1 else ''}"
        terminalreporter.section("missing tools")
        terminalreporter.line(f"{tests} not run for missing tools: apt-get install {names}")
