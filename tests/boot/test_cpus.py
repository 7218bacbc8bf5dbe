# SPDX-License-Identifier: BSD-3-Clause
"""What firmware may say about CPUs, true or not: a line for what is wrong, and the guest goes on with those it has."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.odd import WHOLE
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Outcome
from generator.lab.testbed.forge import StartInfo, forge
from generator.lab.testbed.qemu import Qemu

RSDP, XSDT, MADT = 0x3000000, 0x3001000, 0x3002000
HEADER = struct.Struct("<4sIBB6s8sI4sI")
ENABLED, ONLINE_CAPABLE = 1, 2
TWO = ("CPUs: 2 run",)
ALONE: tuple[str, ...] = ()
NO_MADT = "CPUs: no valid MADT was found, so one CPU is used"


def checked(table: bytes, at: int = 9) -> bytes:
    """The table with the byte at `at` chosen so that all add up to 0."""
    zeroed = table[:at] + b"\0" + table[at + 1 :]
    return zeroed[:at] + bytes([-sum(zeroed) % 256]) + zeroed[at + 1 :]


def table(signature: bytes, body: bytes, length: int | None = None) -> bytes:
    size = HEADER.size + len(body) if length is None else length
    return checked((HEADER.pack(signature, size, 1, 0, b"forger", b"forged  ", 1, b"test", 1) + body)[:size])


def lapic(apic_id: int, flags: int = ENABLED) -> bytes:
    return struct.pack("<BBBBI", 0, 8, apic_id, apic_id, flags)


def x2apic(apic_id: int, flags: int = ENABLED) -> bytes:
    return struct.pack("<BBHIII", 9, 16, 0, apic_id, flags, apic_id)


def madt(*entries: bytes, length: int | None = None) -> bytes:
    return table(b"APIC", struct.pack("<II", 0xFEE00000, 1) + b"".join(entries), length)


@dataclass(frozen=True)
class Case:
    """A MADT, the lines that must be there, how many CPUs run."""

    madt: bytes | None
    says: tuple[str, ...]
    runs: int = 2

    def image(self, plain: bytes) -> bytes:
        cmdline = f"check=smp:{self.runs}/50 end=crash".encode()
        xsdt = table(b"XSDT", struct.pack("<Q", MADT) if self.madt else b"")
        head = struct.pack("<8sB6sBI", b"RSD PTR ", 0, b"forger", 2, 0)
        rsdp = checked(checked(head, 8) + struct.pack("<IQB3x", 36, XSDT, 0), 32)
        blobs = {RSDP: rsdp, XSDT: xsdt}
        if self.madt:
            blobs[MADT] = self.madt
        return forge(plain, StartInfo(memmap=WHOLE, cmdline=cmdline, rsdp=RSDP), blobs)


CASES = {
    "plain": Case(madt(lapic(0), lapic(1)), TWO),
    "x2apic-entries": Case(madt(x2apic(0), x2apic(1)), TWO),
    "boot-cpu-last": Case(madt(lapic(1), lapic(0)), TWO),
    "other-entries": Case(madt(bytes([1, 12]) + bytes(10), lapic(0), bytes([0x80, 3, 7]), lapic(1)), TWO),
    "none": Case(None, (NO_MADT,), 1),
    "wrong-checksum": Case(madt(lapic(0), lapic(1))[:-1] + b"\1", (NO_MADT,), 1),
    "shorter-than-itself": Case(madt(length=40), ("MADT: 40 bytes are too short",), 1),
    "no-entries": Case(madt(), ALONE, 1),
    "cut-within-an-entry": Case(
        madt(lapic(0), lapic(1), lapic(2), length=44 + 21), (r"MADT: the entry 5 bytes before the end is broken", *TWO)
    ),
    "cut-after-a-byte": Case(
        madt(lapic(0), lapic(1), lapic(2), length=44 + 17), (r"MADT: the entry 1 bytes before the end is broken", *TWO)
    ),
    "entry-of-no-length": Case(
        madt(lapic(0), lapic(1), bytes(8)), (r"MADT: the entry 8 bytes before the end is broken", *TWO)
    ),
    "entry-too-short": Case(madt(lapic(0), bytes([0, 4, 1, 1])), ("MADT: the entry 4 bytes before the end is",), 1),
    "twice": Case(madt(lapic(0), lapic(1), lapic(1)), ("MADT: APIC id 1 is listed twice", *TWO)),
    "twice-by-both-kinds": Case(madt(lapic(0), lapic(1), x2apic(1)), ("MADT: APIC id 1 is listed twice", *TWO)),
    "boot-cpu-twice": Case(madt(lapic(0), lapic(0), lapic(1)), ("MADT: APIC id 0 is listed twice", *TWO)),
    "disabled": Case(madt(lapic(0), lapic(1, 0)), ALONE, 1),
    "may-be-added-later": Case(madt(lapic(0), lapic(1, ONLINE_CAPABLE)), ALONE, 1),
    "out-of-reach": Case(madt(lapic(0), x2apic(300), lapic(1)), ("MADT: APIC id 300 needs an x2APIC", *TWO)),
    "all-cpus": Case(madt(lapic(255), lapic(0), lapic(1)), ("MADT: APIC id 255 is a broadcast", *TWO)),
    "all-cpus-of-an-x2apic": Case(
        madt(lapic(0), x2apic(0xFFFFFFFF), lapic(1)), ("MADT: APIC id 4294967295 is a broadcast", *TWO)
    ),
    "all-cpus-by-the-wrong-kind": Case(
        madt(lapic(0), x2apic(255), lapic(1)), ("MADT: APIC id 255 needs an x2APIC", *TWO)
    ),
    "never-answers": Case(
        madt(lapic(0), lapic(9), lapic(1)), ("CPU 1, which the local APIC knows as 9, does not answer", *TWO)
    ),
    "more-than-there-is-room-for": Case(
        madt(lapic(0), lapic(1), *(lapic(i) for i in range(10, 80))),
        ("CPUs: 8 are not used, there is room for 64", "CPU 63, .* does not answer", *TWO),
    ),
}


def run(image: Path, bed: str, cpus: str, cmdline: str = "") -> Outcome:
    machine = need.ready(bed)
    assert isinstance(machine, Qemu)
    return machine.run(image, cmdline, extra=["-smp", cpus])


@pytest.mark.parametrize("name", CASES)
def test_odd_madt(name: str, bare: BuildImage, tmp_path: Path) -> None:
    case, plain = CASES[name], bare("kvm").pvh.read_bytes()
    path = tmp_path / "forged.elf"
    path.write_bytes(case.image(plain))
    outcome = run(path, "qemu-microvm", "2")
    assert outcome.end == "crash", outcome
    for line in case.says:
        assert re.search(f"^{line}", outcome.text, re.M), outcome
    complaints = re.findall(r"^(?:CPU|MADT).*", outcome.text, re.M)
    assert case.says or not complaints, complaints
    assert "check smp: pass" in outcome.text, outcome


@pytest.mark.parametrize("machine", ["qemu-pc", "qemu-microvm"])
def test_sparse_ids(machine: str, bare: BuildImage) -> None:
    """Three cores to a socket leave out every fourth APIC id."""
    outcome = run(bare("kvm").pvh, machine, "6,sockets=2,cores=3", "check=smp:6/20")
    assert outcome.end == "poweroff", outcome
    ids = sorted(re.findall(r"CPU (\d): APIC id (\d)", outcome.text))
    assert ids == list(zip("012345", "012456", strict=True))
    assert "check smp: pass" in outcome.text, outcome


def test_little_memory(bare: BuildImage) -> None:
    """CPUs for whose stacks there is no room are left alone."""
    machine = need.ready("qemu-microvm")
    assert isinstance(machine, Qemu)
    outcome = machine.with_options(smp=8).run(bare("kvm").pvh, memory_mib=2)
    assert re.search(r"^CPUs: there is memory for \d of 8$", outcome.text, re.M), outcome
    assert re.search(r"^CPUs: \d run$", outcome.text, re.M), outcome
    assert outcome.end == "poweroff", outcome
