# SPDX-License-Identifier: BSD-3-Clause
"""A cell and what became of it, from pytest's report of its test."""

from __future__ import annotations

from typing import NamedTuple

import pytest

STATUS = {"passed": "pass", "failed": "fail", "skipped": "skip"}


class Record(NamedTuple):
    """One cell and what became of it."""

    platform: str
    machine: str
    title: str
    number: int
    what: str
    status: str
    """pass, fail or skip"""
    reason: str
    seconds: float
    console: str
    log: str


def record_of(report: pytest.TestReport) -> Record | None:
    """A test's report as a record; None if it is no cell's, or not yet what counts of it."""
    facts = dict(report.user_properties)
    if "machine" not in facts or (report.when != "call" and report.passed):
        return None
    return Record(
        str(facts["platform"]),
        str(facts["machine"]),
        str(facts["title"]),
        int(str(facts["number"])),
        str(facts["what"]),
        STATUS[report.outcome],
        _reason(report),
        float(str(facts.get("seconds", 0))),
        report.capstdout,
        report.capstderr,
    )


def _reason(report: pytest.TestReport) -> str:
    told = report.longrepr
    if isinstance(told, tuple):
        return told[2].removeprefix("Skipped: ")
    crash = getattr(told, "reprcrash", None)
    return crash.message.removeprefix("Failed: ") if crash else str(told or "")
