# SPDX-License-Identifier: BSD-3-Clause
"""How long a boot takes, in instructions: QEMU counts them, so the figures repeat to the digit."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.images import build
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Outcome
from generator.lab.testbed.entry import entry_tsc
from generator.lab.testbed.qemu import PROGRAM, Qemu

ENTRY_TO_MAIN = 60_000  # besides the measurement of the TSC
MEASUREMENT = 300_000
SEVERAL_HOSTS = 2_000  # to find out which host it is
FURTHER_CPU = 50_000  # of the CPU that starts it
REPEATS = 0
RESET_TO_MAIN = {"qemu-microvm": 180_000, "qemu-pc": 5_900_000}
RESET_TO_ENTRY = {"qemu-microvm": 15_415, "qemu-pc": 5_736_137}
"""What the firmware of QEMU 7.2 takes; what that of a later QEMU takes besides is not the platform's."""
HZ, PPM = 1_000_000_000, 200
SOURCES = {
    "lapic-timer": ("LAPIC timer", ("qemu-pc", "qemu-q35", "qemu-microvm")),
    "pm-timer": ("PM timer", ("qemu-pc", "qemu-q35")),
    "hpet": ("HPET", ("qemu-pc", "qemu-q35")),
    "pit": ("PIT", ("qemu-pc", "qemu-q35", "qemu-microvm")),
}


def counted(machine: str) -> Qemu:
    bed = need.ready(machine)
    assert isinstance(bed, Qemu)
    return bed.with_options(icount=True)


def main_tsc(outcome: Outcome) -> int:
    found = re.search(r"bare: main\(\) at TSC (\d+)", outcome.console)
    assert found, outcome
    return int(found[1])


@pytest.mark.parametrize("machine", RESET_TO_MAIN)
def test_reset_to_main(machine: str, bare: BuildImage) -> None:
    outcome = counted(machine).run(bare("kvm").pvh)
    later = max(0, entry_tsc(counted(machine), bare("kvm").pvh) - RESET_TO_ENTRY[machine])
    assert main_tsc(outcome) <= RESET_TO_MAIN[machine] + later
    again = counted(machine).run(bare("kvm").pvh)
    assert abs(main_tsc(again) - main_tsc(outcome)) <= REPEATS, "not repeatable"


def spent(bed: Qemu, image: Path) -> tuple[int, int]:
    """Entry to main: reset to main, less the machine's own share, less what the guest says that a measurement costs.

    That comes second.
    """
    outcome = bed.run(image, "check=tsc_source")
    source = re.search(r"kHz, from (.*)", outcome.console)
    assert source, outcome
    cost = re.search(rf"  {source[1]}: \d+ Hz in (\d+) ticks", outcome.console)
    assert cost, outcome
    measurement = int(cost[1])
    return main_tsc(outcome) - entry_tsc(bed, image) - measurement, measurement


@pytest.mark.parametrize("machine", ["qemu-microvm", "qemu-pc", "qemu-q35"])
def test_entry_to_main(machine: str, bare: BuildImage) -> None:
    instructions, measurement = spent(counted(machine), bare("kvm").pvh)
    assert measurement < MEASUREMENT
    assert 0 < instructions <= ENTRY_TO_MAIN, f"{instructions} instructions besides {measurement} for the TSC"


def test_image_for_several_hosts_starts_as_soon(bare: BuildImage) -> None:
    bed = counted("qemu-microvm")
    one, several = (spent(bed, bare(platform).pvh)[0] for platform in ("kvm", "pvh"))
    assert several - one <= SEVERAL_HOSTS, f"{several - one} instructions more for several hosts"


def one_by_one() -> tuple[str, ...]:
    """How this QEMU is told to translate each instruction alone: releases before 9 have a word for it."""
    known = subprocess.run([PROGRAM, "-help"], capture_output=True, text=True, check=True).stdout
    return ("-singlestep",) if "-singlestep" in known else ("-accel", "tcg,one-insn-per-tb=on")


def boot_cpu_instructions(image: Path, cpus: int, log: Path) -> int:
    """What the CPU that boots does until main(). QEMU's clock jumps while it waits, so its trace is counted."""
    bed = counted("qemu-microvm").with_options(smp=cpus)
    trace = (*one_by_one(), "-d", "exec,nochain", "-D", str(log))
    outcome = bed.run(image, extra=trace)
    assert outcome.end == "poweroff", outcome
    assert cpus == 1 or f"CPUs: {cpus} run" in outcome.console, outcome
    done = 0
    with log.open() as lines:
        for line in lines:
            done += line.startswith("Trace 0:")
            if line.rstrip().endswith("bare_main"):
                return done
    raise AssertionError("main() was not reached")


def test_further_cpus_cost_little(bare: BuildImage, tmp_path: Path) -> None:
    """The first of them pays for memory and the page to begin at, too."""
    image = bare("kvm").pvh
    one, two, four = (boot_cpu_instructions(image, cpus, tmp_path / f"trace-{cpus}") for cpus in (1, 2, 4))
    assert 0 < two - one <= FURTHER_CPU
    assert 0 < (four - two) / 2 <= FURTHER_CPU / 10


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_alone(source: str, shared: Path) -> None:
    """A platform that has only this one finds the rate within 200 ppm, wherever the counter exists."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    spec = shared / f"only-{source}" / "kvm.yaml"
    spec.parent.mkdir(exist_ok=True)
    text = (ROOT / "platforms" / "kvm.yaml").read_text()
    text, count = re.subn(r"^(  tsc-frequency: ).*$", rf"\1[{source}]", text, flags=re.M)
    assert count == 1
    spec.write_text(text)
    image = build(str(spec), spec.parent / "build")
    name, machines = SOURCES[source]
    for machine in machines:
        outcome = counted(machine).run(image.pvh)
        found = re.search(r"TSC runs at (\d+) kHz, from (.*)", outcome.console)
        assert found, outcome
        assert found[2] == name
        assert abs(int(found[1]) * 1000 - HZ) <= HZ * PPM // 1_000_000, f"{machine}: {found[0]}"


def test_no_source_at_all_is_said(shared: Path) -> None:
    """microvm has no HPET: a platform that knows nothing else stops, and says that it has no clock."""
    test_each_source_alone("hpet", shared)
    image = build(str(shared / "only-hpet" / "kvm.yaml"), shared / "only-hpet" / "build")
    outcome = counted("qemu-microvm").run(image.pvh)
    assert outcome.end == "crash"
    assert "platform: clock: none of this machine's clocks works" in outcome.console
