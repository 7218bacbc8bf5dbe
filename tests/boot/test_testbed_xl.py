# SPDX-License-Identifier: BSD-3-Clause
"""The stub as a row of domUs in one boot of Xen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from generator.lab.conformance import need
from generator.lab.testbed import Guest, Outcome, Xl
from generator.lab.testbed.keyboard import Keyboard
from generator.lab.testbed.outcome import clean_text

from .conftest import Stub
from .test_testbed_qemu import byte_sum


@dataclass(frozen=True)
class Case:
    """A guest of the row, and what its outcome must hold."""

    name: str
    end: str
    words: str
    check: Callable[[Outcome], bool] = lambda outcome: outcome.console.endswith("stub: end\n")
    memory_mib: int = 64
    image: bytes | None = None
    ramdisk: bytes | None = None
    limit: float = 10.0
    disk: bytes | None = None
    beside: tuple[str, ...] = ()


TYPED = "two words, 1+1=2\n"
"""At the console of the first guest."""
RAMDISK = b"disk\0" * 20001
ODD_WORDS = "end=poweroff 'single' \"double  space\" back\\slash #hash $dollar \xe4\u20ac"
CASES = (
    Case("typed", "poweroff", "echo end=poweroff", lambda outcome: f"echo\n{TYPED}stub: end\n" in outcome.console),
    Case("poweroff", "poweroff", "end=poweroff"),
    Case("reboot", "reboot", "end=reboot"),
    Case("crash", "crash", "end=crash"),
    Case("triple fault", "triple-fault", "end=triple"),
    Case("watchdog", "watchdog", "end=watchdog"),
    Case("hang", "timeout", "end=spin", limit=2.0),
    Case("odd words", "poweroff", ODD_WORDS, lambda outcome: f"words {ODD_WORDS}\n" in outcome.console),
    Case("no image", "failed", "", lambda outcome: "kernel" in outcome.detail, image=b"nothing to boot"),
    Case(
        "ramdisk",
        "poweroff",
        "end=poweroff",
        lambda outcome: f"size {len(RAMDISK):x} sum {byte_sum(RAMDISK):x}" in outcome.console,
        ramdisk=RAMDISK,
    ),
    Case(
        "small",
        "poweroff",
        "end=poweroff",
        lambda outcome: f"range 0 size {16 << 20:x} type 1" in outcome.debug,
        memory_mib=16,
    ),
    Case(
        "disk",
        "poweroff",
        "end=poweroff",
        lambda outcome: outcome.told == "on the disk",
        disk=b"on the disk".ljust(4096, b"\0"),
        beside=("head -c 11 /dev/loop0",),
    ),
)


@dataclass(frozen=True)
class Row:
    """What became of the guests, and what was heard of all their consoles while they ran."""

    outcomes: dict[str, Outcome]
    heard: str


@pytest.fixture(scope="module")
def row(guest: Stub, tmp_path_factory: pytest.TempPathFactory) -> Row:
    host = need.ready("xl")
    assert isinstance(host, Xl)
    folder = tmp_path_factory.mktemp("guests")
    guests = []
    for case in CASES:
        image, ramdisk, disk = guest.pvh, None, None
        if case.image is not None:
            image = folder / f"{case.name}.image"
            image.write_bytes(case.image)
        if case.ramdisk is not None:
            ramdisk = folder / f"{case.name}.ramdisk"
            ramdisk.write_bytes(case.ramdisk)
        if case.disk is not None:
            disk = folder / f"{case.name}.disk"
            disk.write_bytes(case.disk)
        guests.append(Guest(image, case.words, case.memory_mib, 1, ramdisk, case.limit, beside=case.beside, disk=disk))
    heard = bytearray()
    typed = folder / "typed"
    typed.write_text(TYPED)
    with typed.open() as keys:
        keyboard = Keyboard(keys.fileno())
        outcomes = host.run_guests(guests, hear=lambda _, data: heard.extend(data), keyboard=keyboard)
    named = {case.name: outcome for case, outcome in zip(CASES, outcomes, strict=True)}
    return Row(named, clean_text(bytes(heard)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_domu(case: Case, row: Row) -> None:
    outcome = row.outcomes[case.name]
    assert outcome.end == case.end, outcome
    assert case.check(outcome), outcome
    if case.end != "failed":
        assert outcome.seconds < case.limit + 60
    if case.end != "failed" and case.words.isascii():  # Xen drops other bytes of port 0xe9
        assert outcome.debug.splitlines() == outcome.console.splitlines()


def test_all_that_guests_showed_was_heard_once_and_in_order(row: Row) -> None:
    assert row.heard == "".join(outcome.console for outcome in row.outcomes.values())
