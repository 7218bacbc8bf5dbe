# SPDX-License-Identifier: BSD-3-Clause
"""The stub as a row of domUs in one boot of Xen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from generator.lab.conformance import need
from generator.lab.testbed import Guest, Outcome, Xl

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


RAMDISK = b"disk\0" * 20001
ODD_WORDS = "end=poweroff 'single' \"double  space\" back\\slash #hash $dollar \xe4\u20ac"
CASES = (
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
)


@pytest.fixture(scope="module")
def outcomes(guest: Stub, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    host = need.ready("xl")
    assert isinstance(host, Xl)
    folder = tmp_path_factory.mktemp("guests")
    guests = []
    for case in CASES:
        image, ramdisk = guest.pvh, None
        if case.image is not None:
            image = folder / f"{case.name}.image"
            image.write_bytes(case.image)
        if case.ramdisk is not None:
            ramdisk = folder / f"{case.name}.ramdisk"
            ramdisk.write_bytes(case.ramdisk)
        guests.append(Guest(image, case.words, case.memory_mib, 1, ramdisk, case.limit))
    return {case.name: outcome for case, outcome in zip(CASES, host.run_guests(guests), strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_domu(case: Case, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[case.name]
    assert outcome.end == case.end, outcome
    assert case.check(outcome), outcome
    if case.end != "failed":
        assert outcome.seconds < case.limit + 60
    if case.end != "failed" and case.words.isascii():  # Xen drops other bytes of port 0xe9
        assert outcome.debug.splitlines() == outcome.console.splitlines()
