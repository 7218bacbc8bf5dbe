# SPDX-License-Identifier: BSD-3-Clause
"""What the host can say about a run that the guest cannot: each judge returns a complaint or nothing.

A judge never trusts the guest's own verdict: it compares what the guest printed with the host's
clock, with the file that the guest was given, or with the memory that it was given.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..testbed import Outcome, machine
from ..testbed.entry import entry_tsc
from ..testbed.qemu import Qemu
from .declare import Variant

PPM_LIMIT = 500
STRETCH, SAWTOOTH = 10, 0.06
WALL_LIMIT = 2.0
LATE_SHARE = 0.01
LATE_SECONDS = 0.001
LATE_ON_XEN = 0.008
"""Each of the interrupts and exits on the way is emulated twice there."""
BUDGETS = Path(__file__).with_name("budgets.json")
PROMPT_MS = 1000
ACKNOWLEDGED = 0.1
"""Seconds from the host's word that it will save the guest."""
SETTLED_LINES, MOVED_DATE = 10, 0.05
STOOD_STILL = 1.0
"""Seconds that saving a guest takes at least."""
SPOILT_LINES = 8
LAST_WORDS = 4
SECRET = "for one console only"
FNV_START, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3


@dataclass(frozen=True)
class Run:
    """One run of a variant, with what the guest was given."""

    variant: Variant
    outcome: Outcome
    begun: float
    """Seconds since 1970 when the run began; 0 if nobody knows."""
    module: Path | None
    cmdline: str
    image: Path


class Unjudged(Exception):
    """There is nothing to judge by; the text says what is missing."""


Judge = Callable[[Run], str]


def rate(run: Run) -> str:
    """A line may be late but not early: the least delay of each end of the run tells the drift.

    Xen sets its guests' clocks right once a second, so a clock that is wrong in between keeps its
    average: the least delay of every stretch has to stay where it was.
    """
    stamps = [(at, int(found[1]) / 1e9) for at, found in _found(run, r"\bstamp (\d+)\b")]
    if len(stamps) < int(run.variant.argument) * 0.9:
        return f"only {len(stamps)} stamps arrived"
    delays = [at - told for at, told in stamps]
    least = [min(delays[i : i + STRETCH]) for i in range(0, len(delays) - STRETCH + 1, STRETCH)]
    if max(least) - min(least) > SAWTOOTH:
        return f"clock strays by {(max(least) - min(least)) * 1e3:.0f} ms and comes back"
    third = len(stamps) // 3
    first = min(stamps[:third], key=lambda stamp: stamp[0] - stamp[1])
    last = min(stamps[-third:], key=lambda stamp: stamp[0] - stamp[1])
    host, guest = last[0] - first[0], last[1] - first[1]
    drift = (guest / host - 1) * 1e6
    return "" if abs(drift) < PPM_LIMIT else f"clock is off by {drift:+.0f} ppm over {host:.2f} s"


def wall(run: Run) -> str:
    """The date that the guest tells, by the host's clock."""
    for at, found in _found(run, r"\bwall (\d+)\b"):
        apart = int(found[1]) / 1e9 - (run.begun + at)
        return "" if abs(apart) <= WALL_LIMIT else f"the date is {apart:+.1f} s from the host's"
    return "" if re.search(r": skip$", run.outcome.text, re.M) else "the guest printed no date"


def paused(run: Run) -> str:
    """The date before and after a pause of the machine, by the host's clock."""
    walls = [(at, int(found[1]) / 1e9 - (run.begun + at)) for at, found in _found(run, r"\bwall (\d+)\b")]
    if len(walls) != 2:
        return f"the guest printed {len(walls)} dates instead of 2"
    if walls[1][0] - walls[0][0] < run.variant.pause:
        return f"the guest was stopped for {walls[1][0] - walls[0][0]:.1f} s at most"
    wrong = [apart for _, apart in walls if abs(apart) > WALL_LIMIT]
    return f"the date is {wrong[0]:+.1f} s from the host's" if wrong else ""


def sleep(run: Run) -> str:
    """The host's stamps of begin and end, less what the lines cost; the least late of the tries counts."""
    want = int(run.variant.argument) / 1000
    took, rests = _spans(run, "sleep"), _spans(run, "rest")
    if not took:
        return "no sleep on the console"
    took = [span - min(rests) for span in took]
    late = LATE_SECONDS if run.outcome.machine.startswith("qemu") else LATE_ON_XEN
    limit = want + late + want * LATE_SHARE
    # The first line may have come late, so a sleep may look shorter, but not all of them.
    if max(took) < want * 0.99:
        return f"the longest of {len(took)} sleeps of {want * 1e3:.0f} ms took {max(took) * 1e3:.2f} ms by the host"
    return "" if min(took) <= limit else f"{want * 1e3:.0f} ms took {min(took) * 1e3:.2f} ms by the host's clock"


def _spans(run: Run, what: str) -> list[float]:
    begins = [at for at, _ in _found(run, rf"\b{what} \d+ begins")]
    ends = [at for at, _ in _found(run, rf"\b{what} \d+ ends")]
    return [end - begin for begin, end in zip(begins, ends, strict=False)]


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


def prompt(run: Run) -> str:
    """How long the guest lived on when dom0 had asked it to end, by dom0's clock, without the asking itself."""
    asking = re.search(r"^xl itself takes (\d+) ms$", run.outcome.told, re.M)
    ended = re.search(r"^ended after (\d+) ms$", run.outcome.told, re.M)
    if not asking or not ended:
        return f"dom0 saw no end: {run.outcome.told!r}"
    late = int(ended[1]) - int(asking[1])
    return "" if late < PROMPT_MS else f"the guest ended {late} ms after the request"


def moved(run: Run) -> str:
    """No tick is missing, time goes on, the host's date is kept; the guest took the word that it will be saved at once.

    dom0 prints for each time that it saved the guest when the word was written and when it was taken.
    """
    ticks = [(int(n), int(at)) for n, at in re.findall(r"^tick (\d+) at (\d+)$", run.outcome.text, re.M)]
    gap = next((a for a, b in pairwise(ticks) if b[0] != a[0] + 1), None)
    if gap or not ticks or ticks[0][0]:
        return f"the console lacks lines after tick {gap[0] if gap else 'none'}"
    back = next((a for a, b in pairwise(ticks) if b[1] <= a[1]), None)
    if back:
        return f"time went back after tick {back[0]}"
    rounds = re.findall(r"^moved( -[cm])?: ([\d.]+) ([\d.]+) $", run.outcome.told, re.M)
    tried = sum(line.split()[:1] == ["moved"] for line in run.variant.beside)
    said = {
        True: len(re.findall(r"^suspend: cancelled", run.outcome.text, re.M)),
        False: len(re.findall(r"^suspend: restored as domain \d+$", run.outcome.text, re.M)),
    }
    for copied, count in said.items():
        if count != sum((how == " -c") is copied for how, *_ in rounds) or len(rounds) != tried:
            return f"of {tried} times the guest was saved and went on {said} times: {run.outcome.told!r}"
    quickest = min(float(taken) - float(word) for _, word, taken in rounds)
    if quickest > ACKNOWLEDGED:
        return f"the guest took the host's word after {quickest * 1e3:.0f} ms at best"
    return _same_date(run)


def _same_date(run: Run) -> str:
    """The least delay of the lines of each domain, from when it runs for a while."""
    delays: dict[str, list[float]] = {}
    for at, found in _found(run, r"\((d\d+)\) wall (\d+)\b"):
        delays.setdefault(found[1], []).append(at - int(found[2]) / 1e9)
    walls = [int(found[1]) / 1e9 for _, found in _found(run, r"\bwall (\d+)\b")]
    times = [int(at) / 1e6 for at in re.findall(r"^tick \d+ at (\d+)$", run.outcome.text, re.M)]
    if walls[-1] - walls[0] - (times[-1] - times[0]) < STOOD_STILL:
        return "the guest's clock ran on while the guest was suspended"
    least = [min(domain[min(SETTLED_LINES, len(domain) - 1) :]) for domain in delays.values()]
    if len(least) < 2:
        return f"the guest told its date in {len(least)} domains"
    apart = max(least) - min(least)
    return "" if apart <= MOVED_DATE else f"the date is {apart * 1e3:.0f} ms off in another domain"


def budget(run: Run) -> str:
    """Instructions from entry to main(), bytes and memory without the checks: a tenth over budgets.json at most."""
    known = json.loads(BUDGETS.read_text())
    size = f"{run.image.stem} bytes"
    if size not in known:
        raise Unjudged(f"{BUDGETS.name} has no '{size}'")
    objects = [str(path) for path in run.image.parent.glob("*.o") if not path.name.startswith("check_")]
    table = subprocess.run(["size", "-t", *objects], capture_output=True, text=True, check=True).stdout
    text, data, bss = map(int, table.splitlines()[-1].split()[:3])
    found = re.search(r"main\(\) at TSC (\d+)", run.outcome.text)
    figures = {size: text + data, f"{run.image.stem} memory": text + data + bss}
    bed = machine(run.outcome.machine)
    if run.variant.counted and isinstance(bed, Qemu):
        before = entry_tsc(bed.with_options(icount=True), run.image)
        figures[f"{bed.name} instructions"] = int(found[1]) - before if found else 0
    over = [
        f"{name}: {value}, {known.get(name, 0)} in budgets.json"
        for name, value in figures.items()
        if value > 1.1 * known.get(name, 0)
    ]
    return "; ".join(over)


def fnv(content: bytes) -> int:
    """FNV-1a, 64 bits, as the bare core prints it."""
    value = FNV_START
    for byte in content:
        value = (value ^ byte) * FNV_PRIME & 0xFFFFFFFFFFFFFFFF
    return value


def _found(run: Run, pattern: str) -> list[tuple[float, re.Match[str]]]:
    found = ((at, re.search(pattern, line)) for at, line in run.outcome.lines)
    return [(at, match) for at, match in found if match]


JUDGES: dict[str, Judge] = {
    judge.__name__: judge
    for judge in (
        rate,
        wall,
        paused,
        sleep,
        memory,
        module,
        cmdline,
        console,
        echo,
        crash,
        quiet,
        prompt,
        moved,
        budget,
    )
}
