# SPDX-License-Identifier: BSD-3-Clause
"""A short run of the generator's mutation fuzzer, and proof that it sees each kind of fault."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from tests.fuzz import generator as fuzz

CASES = 60
HEAPS: list[bytearray] = []


def test_short_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    codes: Counter[int] = Counter()
    run = fuzz.run

    def counting(command: list[str], work: Path, said: int) -> tuple[int, float, int]:
        result = run(command, work, said)
        codes[result[0]] += 1
        return result

    monkeypatch.setattr(fuzz, "run", counting)
    status = fuzz.main(CASES, 1)
    assert status == 0, capsys.readouterr().out
    assert min(codes[0], codes[2]) > CASES / 10  # neither harmless nor hopeless


def ends_with_3(_: list[str]) -> int:
    return 3


def dies(_: list[str]) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def spins(_: list[str]) -> int:
    while True:
        time.process_time()


def eats(_: list[str]) -> int:
    try:
        HEAPS.append(bytearray(fuzz.MEMORY * 2))
    except MemoryError:
        return 3
    return 0


def writes(_: list[str]) -> int:
    Path("foreign").touch()
    return 0


def prints_escape(_: list[str]) -> int:
    os.write(2, b"\x1b[31m")
    return 1


def says_nothing(_: list[str]) -> int:
    return 2


def gives_no_place(_: list[str]) -> int:
    os.write(2, b"something is wrong\n1 error\n")
    return 2


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (ends_with_3, "exit 3"),
        (dies, "exit -9"),
        (spins, "exit -24"),
        (eats, "exit 3"),
        (writes, "wrote outside"),
        (prints_escape, "prints U+001B"),
        (says_nothing, "without a count"),
        (gives_no_place, "in another form"),
    ],
)
def test_fault_is_seen(
    fault: Callable[[list[str]], int], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "main", fault)
    found = fuzz.case(1, fuzz.SMALL, tmp_path / "case")
    assert found is not None
    assert told in found.what
