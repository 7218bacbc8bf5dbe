# SPDX-License-Identifier: BSD-3-Clause
"""Time by counted instructions (1 instruction = 1 ns): exact on a machine of any load."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import build
from generator.lab.conformance.plugin import BuildImage

MACHINES = [("kvm", "qemu-pc"), ("kvm", "qemu-q35"), ("kvm", "qemu-microvm"), ("xen-pvh", "xen-dom0")]
MILLISECONDS = (1, 10, 300)
READ = 30  # instructions, with the check's own loop around a read


@pytest.mark.parametrize(("platform", "machine"), MACHINES)
def test_sleeps_are_exact(platform: str, machine: str, bare: BuildImage) -> None:
    """No sleep is short, none is late by more than 0.2 ms and 200 ppm, which is what the TSC's rate may be off."""
    image = bare(platform)
    words = " ".join(f"check=sleep:{span}" for span in MILLISECONDS)
    outcome = need.ready(machine).run(image.pvh, words, limit=60, extra=("-icount", "shift=0,sleep=off"))
    took = [int(nsec) for nsec in re.findall(r"the best sleep took (\d+) ns", outcome.text)]
    assert len(took) == len(MILLISECONDS), outcome.text + outcome.log[-2000:]
    for span, nsec in zip(MILLISECONDS, took, strict=True):
        late = nsec - span * 1_000_000
        assert 0 <= late <= 200_000 + span * 200, f"{span} ms took {nsec} ns"


def test_a_read_is_cheap(bare: BuildImage) -> None:
    """A scheduler reads the clock several times for each request of a device."""
    outcome = need.ready("qemu-microvm").run(
        bare("kvm").pvh, "check=clock_monotonic:1000000", limit=60, extra=("-icount", "shift=0,sleep=off")
    )
    found = re.search(r"(\d+) ns for each read", outcome.text)
    assert found, outcome.text + outcome.log[-2000:]
    assert int(found[1]) <= READ, found[0]


@pytest.mark.parametrize("claim", [25_000_000, 10_000_000_000])
def test_a_wrong_rate_of_the_timer_is_found_out(claim: int, tmp_path: Path) -> None:
    """QEMU's timer runs at 1 GHz, whatever a spec says: sleeps are right by the host's clock, and a line tells why."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    spec = tmp_path / "kvm.yaml"
    text = (ROOT / "platforms" / "kvm.yaml").read_text()
    text, count = re.subn(r"^machine:\n", f"machine:\n  lapic-timer-hz: {claim}\n", text, flags=re.M)
    assert count == 1
    spec.write_text(text)
    image = build(str(spec), tmp_path / "build")
    variant = next(variant for variant in checks() if variant.title == "sleep:300")
    result = Cell(image, need.ready("qemu-pc").name, variant, tmp_path).run()
    assert result.status == "pass", f"{result.reason}\n{result.console}"
    found = re.search(
        r"LAPIC timer runs at (\d+) kHz by the clock \(TSC\), not at (\d+) kHz as machine.h", result.console
    )
    assert found, result.console
    assert 800_000 < int(found[1]) < 1_200_000
    assert int(found[2]) == claim // 1000


@pytest.mark.parametrize("cc", ["gcc", "clang"])
def test_one_cpu_pays_no_lock(cc: str, bare: BuildImage) -> None:
    """A locked instruction stands only where many CPUs' clocks have to agree."""
    need.tools(objdump="binutils")
    image = bare("kvm", cc=cc)
    locked = {
        name: bool(re.search(r"\block\b|\bxchg +%\w+,.*\(", disassembled(image.pvh, name)))
        for name in ("tsc_alone", "read_with_care", "agree")
    }
    assert locked == {"tsc_alone": False, "read_with_care": False, "agree": True}


def disassembled(image: Path, name: str) -> str:
    command = ["objdump", "-d", f"--disassemble={name}", str(image)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"<{name}>:" in text
    return text
