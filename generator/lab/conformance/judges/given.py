# SPDX-License-Identifier: BSD-3-Clause
"""What the guest was given: memory, modules and words."""

from __future__ import annotations

import re
import shlex

from .run import Run

FNV_START, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3


def memory(run: Run) -> str:
    """The guest must find nearly all that it was given, and touch all that it reports."""
    text = run.outcome.text
    reported = re.search(r"memory: (\d+) KiB free RAM", text)
    touched = re.search(r"touched (\d+) KiB", text)
    if not reported or not touched:
        return "the guest printed no total"
    given = run.variant.memory << 10
    if touched[1] != reported[1]:
        return f"{reported[1]} KiB are free, {touched[1]} KiB were touched"
    image = sum(int(end, 16) - int(start, 16) for start, end in re.findall(r"memory: (\w+)-(\w+) image", text)) >> 10
    lost = given - image - int(reported[1])
    return "" if lost <= 1024 + given // 100 else f"{lost} KiB of {given} KiB are missing"


def module(run: Run) -> str:
    """Length and content of the modules that the guest was given."""
    found = re.findall(r"^module: (\d+) bytes, hash (\w+)$", run.outcome.text, re.M)
    content = run.module.read_bytes() if run.module else b""
    want = [(str(len(content)), f"{fnv(content):016x}")] if content else []
    return "" if found == want else f"modules {found or 'none'}, expected {want or 'none'}"


def cmdline(run: Run) -> str:
    """The words that the guest was given, the last ones that it lists."""
    words = re.findall(r"^word \d+: \[(.*)\]$", run.outcome.text, re.M)
    want = shlex.split(run.cmdline)
    return "" if words[-len(want) :] == want else f"words {words}, expected {want}"


def fnv(content: bytes) -> int:
    """FNV-1a, 64 bits, as the bare core prints it."""
    value = FNV_START
    for byte in content:
        value = (value ^ byte) * FNV_PRIME & 0xFFFFFFFFFFFFFFFF
    return value
