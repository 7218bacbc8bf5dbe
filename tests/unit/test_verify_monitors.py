# SPDX-License-Identifier: BSD-3-Clause
"""What generator/lab/verify believes of a monitor: its console and its end, on a terminal."""

from __future__ import annotations

import os
import pty
import re

import pytest

from generator.lab.testbed import TestbedError
from generator.lab.verify.monitors import STEPS, Seen, Step, fault, run

INITRD = "123457:0123456789abcdef"
BOOT, RESET, CRASH = STEPS[0], STEPS[3], STEPS[4]
START = "bare: main() at TSC 12345, booted by PVH, clock kvmclock\n"
BOOTED = (
    f"{START}word 1: [a]\nword 2: [b c]\nmodule: 123457 bytes, hash 0123456789abcdef\n"
    "bare: 2 checks passed, 0 failed, 0 skipped\n"
)
LAST_WORDS = f"{START}platform: the check gives up: 42 of 0x2a\n"


@pytest.mark.parametrize(
    ("step", "seen", "restarts"),
    [
        (BOOT, Seen(BOOTED, 0), True),
        (RESET, Seen(START + START, None), True),
        (RESET, Seen(START, 0), False),
        (CRASH, Seen(LAST_WORDS, 1), True),
    ],
    ids=["boot", "starts again", "ends", "crash"],
)
def test_a_good_run_has_no_fault(step: Step, seen: Seen, restarts: bool) -> None:
    assert not fault(step, seen, INITRD, restarts=restarts)


@pytest.mark.parametrize(
    ("step", "seen", "restarts", "said"),
    [
        (BOOT, Seen(BOOTED.replace("[b c]", "[b]"), 0), True, "boot: no line ^word 2:"),
        (BOOT, Seen(BOOTED.replace("123457", "123458"), 0), True, "boot: no line ^module:"),
        (BOOT, Seen(BOOTED.replace("kvmclock", "TSC"), 0), True, "boot: no line ^bare:"),
        (BOOT, Seen(BOOTED.replace("2 checks passed, 0", "1 checks passed, 1"), 0), True, "1 checks passed"),
        (BOOT, Seen(BOOTED, 3), True, "boot: the monitor's exit status was 3"),
        (BOOT, Seen(BOOTED, None), True, "boot: the monitor did not end"),
        (BOOT, Seen("", 0), True, "the last one is: nothing"),
        (RESET, Seen(START, 0), True, "reset: the guest did not start again"),
        (RESET, Seen(START, None), False, "reset: the monitor did not end"),
        (CRASH, Seen(START, 0), True, "crash: no line ^platform:"),
    ],
)
def test_a_fault_is_told(step: Step, seen: Seen, restarts: bool, said: str) -> None:
    assert said in fault(step, seen, INITRD, restarts=restarts)


@pytest.mark.parametrize("status", [0, 33])
def test_a_monitor_may_tell_a_reset_by_its_status(status: int) -> None:
    assert not fault(RESET, Seen(START, 32), INITRD, restarts=False, reset_status=32)
    assert not fault(BOOT, Seen(BOOTED.replace("PVH", "Linux 64-bit"), 0), INITRD, restarts=False, reset_status=32)
    said = fault(RESET, Seen(START, status), INITRD, restarts=False, reset_status=32)
    assert said == f"reset: the monitor's exit status was {status}"


@pytest.fixture
def _terminals() -> None:
    try:
        for handle in pty.openpty():
            os.close(handle)
    except OSError as error:
        pytest.skip(f"{error}, which is nobody's fault")


@pytest.mark.usefixtures("_terminals")
def test_a_monitor_has_a_terminal_and_its_status_counts() -> None:
    seen = run(["sh", "-c", "test -t 0 && test -t 1 && echo here; exit 3"])
    assert seen == Seen("here\n", 3)


@pytest.mark.usefixtures("_terminals")
def test_a_monitor_that_has_said_enough_is_ended() -> None:
    seen = run(["sh", "-c", "echo one; echo two; exec sleep 100"], re.compile("two"))
    assert seen == Seen("one\ntwo\n", None)


@pytest.mark.usefixtures("_terminals")
def test_a_monitor_that_says_nothing_is_ended() -> None:
    assert run(["sleep", "100"], limit=0.1) == Seen("", None)


def test_without_a_terminal_the_machine_is_named_not_a_place_in_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise OSError("out of pty devices")

    monkeypatch.setattr(pty, "openpty", none)
    with pytest.raises(TestbedError, match="no terminal for the monitor: out of pty devices"):
        run(["true"])
