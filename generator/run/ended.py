# SPDX-License-Identifier: BSD-3-Clause
"""What became of a guest, as data."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import shown_path
from ..lab.testbed import Outcome


def ended(outcome: Outcome, booted: Path, *, is_well: bool, with_log: bool) -> dict[str, object]:
    """How the guest ended, and what it said."""
    status = {} if outcome.status is None else {"status": outcome.status}
    log = {"host-log": outcome.log} if with_log or outcome.end == "failed" else {}
    return {
        "machine": outcome.machine,
        "booted": shown_path(booted),
        "end": outcome.end,
        **status,
        "detail": outcome.detail,
        "well": is_well,
        "seconds": round(outcome.seconds, 3),
        "console": outcome.console,
        "debug-port": outcome.debug,
        **log,
    }
