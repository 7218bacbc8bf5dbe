# SPDX-License-Identifier: BSD-3-Clause
"""Text that the guest printed, or was typed to, letter by letter."""

from __future__ import annotations

import re

from .run import Run

SPOILT_LINES = 8
LAST_WORDS = 4
SECRET = "for one console only"


def console(run: Run) -> str:
    """The lines of console_out.c, letter by letter."""
    count = int(run.variant.argument) * 1024 // 64
    want = ["".join(chr(ord("a") + (i * 31 + j * (i % 7 + 1)) % 26) for j in range(63)) + "\n" for i in range(count)]
    complaint = _compared(run.outcome.text, want)
    if not complaint or run.outcome.debug == run.outcome.text or _compared(run.outcome.debug, want):
        return complaint
    # Both consoles got the same letters. QEMU drops some of a serial port's when the host is too busy to
    # take them, those of port 0xe9 never: a few lines may then be spoilt.
    spoilt = len(set(want) - set(run.outcome.text.splitlines(keepends=True)))
    return complaint if spoilt > SPOILT_LINES else ""


def crash(run: Run) -> str:
    """The last words stand on both consoles, where there are two."""
    words = [line for line in run.outcome.console.splitlines() if line.strip()][-LAST_WORDS:]
    if not run.outcome.debug and run.outcome.machine != "xl":
        return ""
    missing = [line for line in words if line not in run.outcome.debug]
    return f"only one console has {missing[0]!r}" if missing else ""


def quiet(run: Run) -> str:
    """What the guest says after a notice is on its own console only."""
    return "the other console has it, too" if SECRET in run.outcome.debug and SECRET in run.outcome.console else ""


def _compared(text: str, want: list[str]) -> str:
    count = len(want)
    found = text.find(want[0])
    shown = text[found : found + 64 * count]
    if shown == "".join(want):
        return ""
    wrong = next((i for i in range(count) if shown[64 * i : 64 * i + 64] != want[i]), 0)
    return f"line {wrong} of {count} arrived as {shown[64 * wrong : 64 * wrong + 64]!r}"


def typed(count: int) -> bytes:
    """Letters for a guest's console: lines of every length up to 97."""
    lines: list[bytes] = []
    length = 0
    while length < count:
        size = min(len(lines) * 7 % 97 + 1, count - length)
        lines.append(bytes(33 + (len(lines) * 31 + i * 5) % 94 for i in range(size - 1)) + b"\n")
        length += size
    return b"".join(lines)


def echo(run: Run) -> str:
    """What was typed, between two lines of the guest's, byte for byte."""
    want = typed(run.variant.typed).decode()
    found = re.search(r"^echo begins\n(.*)^echo ends$", run.outcome.text, re.M | re.S)
    if not found:
        return "no echo on the console"
    if found[1] == want:
        return ""
    wrong = next((i for i, (a, b) in enumerate(zip(found[1], want, strict=False)) if a != b), len(want))
    return f"{len(found[1])} of {len(want)} letters came back, wrong from {wrong}: {found[1][wrong : wrong + 32]!r}"
