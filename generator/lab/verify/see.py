# SPDX-License-Identifier: BSD-3-Clause
"""Booting an image on each machine it fits, and comparing what it says with what it was given."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import ROOT
from ..testbed import Guest, Outcome, Xl, machine
from ..testbed.packages import unpack
from ..testbed.qemu import CORE_CPU, PROGRAM, Qemu
from ..testbed.target import read_target
from ..testbed.xen import HYPERVISOR

CMDLINE = 'verify a "b c"'
ARGUMENTS = ["a", "b c"]
MEMORY_MIB = 64
LIMIT = 60.0

PROTECTION = {
    "text": "r-x",
    "constants": "r--",
    "data": "rw-",
    "null": "none",
    "unguarded": "0",
    "write_protect": "1 nx=1 smep=1 smap=1 umip=1",
}

MACHINES = ("qemu-pc", "qemu-q35", "qemu-microvm", "qemu-pc-multiboot", "xl")
"""Where a whole core is tried; what a dom0 shows beyond a domU, the bare images show as well."""

# How far from the truth a guest's time may be while an emulator runs it.
LATEST_WAKE_NSEC = 500_000_000
DATE_SECONDS = 120


@dataclass(frozen=True)
class Seen:
    """One image on one machine."""

    machine: str
    fault: str
    """What was not as it should be, empty if nothing."""
    host: str
    """The hypervisor with its version, as it said itself."""


def _hash(data: bytes) -> int:
    """FNV-1a with 64 bits."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def initrd(folder: Path) -> tuple[Path, str]:
    """A file whose length is no multiple of anything, and how the guest must name it."""
    data = bytes(i * i % 251 for i in range(123_457))
    path = folder / "initrd.bin"
    path.write_bytes(data)
    return path, f"{len(data)}:{_hash(data):016x}"


def fault(outcome: Outcome, initrd_name: str, began: float) -> str:
    """The first thing that is not as it should be; `began` is when the run did, by the host's clock."""
    said: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", outcome.text, re.M):
        said.setdefault(name, []).append(value)
    last = next((line for line in reversed(outcome.text.splitlines()) if line.strip()), "nothing")
    if "done" not in said:
        return f"did not finish: {outcome.end} after printing: {last.strip()}"
    if said["argument"][-len(ARGUMENTS) :] != ARGUMENTS:
        return f"the arguments arrived as {said['argument']}"
    if said["initrd"] != [initrd_name]:
        return f"the initrd arrived as {said['initrd'][0]}, not {initrd_name}"
    for name, wanted in PROTECTION.items():
        if said[name] != [wanted]:
            return f"{name} arrived as {said[name][0]}, not {wanted}"
    if said["clock_steps_back"] != ["0"]:
        return f"the clock went back {said['clock_steps_back'][0]} times"
    for pair in said["sleep"]:
        asked, slept = map(int, pair.split(":"))
        if not asked <= slept <= asked + LATEST_WAKE_NSEC:
            return f"sleeping {asked} ns took {slept} ns"
    if not began - DATE_SECONDS <= int(said["date"][0]) <= time.time() + DATE_SECONDS:
        return f"the guest's date was {said['date'][0]}, while the host's was {began:.0f}"
    if outcome.end != "poweroff" and (outcome.end != "exit" or outcome.status):
        return f"finished, but ended as {outcome.end}"
    return ""


def machines_of(platform: str) -> tuple[str, ...]:
    """The machines of `MACHINES` that fit a spec."""
    return tuple(name for name in read_target(platform, ROOT).machines if name in MACHINES)


def _qemu_version() -> str:
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version (\d+(?:\.\d+)*)", said)
    return f"QEMU {found[1]}" if found else "QEMU"


def _xen_version() -> str:
    packed = next(unpack(HYPERVISOR).glob("boot/xen-*.gz"))
    return f"Xen {re.findall(r'[0-9.]+', packed.name)[0]} in {_qemu_version()}"


def boot(images: Sequence[tuple[str, Path]], chosen: Sequence[str], folder: Path) -> Iterator[tuple[int, Seen]]:
    """Boot (platform, image) pairs; yields the pair's index with each result. All of Xen's guests share a boot."""
    file, name = initrd(folder)
    for i, (platform, image) in enumerate(images):
        for machine_name in machines_of(platform):
            bed = machine(machine_name)
            if machine_name not in chosen or not isinstance(bed, Qemu):
                continue
            fitting = image.with_name(f"{image.name}.multiboot") if bed.multiboot else image
            bed = bed.with_options(cpu=f"qemu64,{CORE_CPU}")
            began = time.time()
            outcome = bed.run(fitting, CMDLINE, [file], MEMORY_MIB, LIMIT)
            (folder / f"{image.parent.parent.name}-{machine_name}.txt").write_text(outcome.text)
            yield i, Seen(machine_name, fault(outcome, name, began), _qemu_version())
    guests = [i for i, (platform, _) in enumerate(images) if "xl" in chosen and "xl" in machines_of(platform)]
    if not guests:
        return
    xl = Xl(cpu=f"qemu64,+svm,+npt,{CORE_CPU}")
    began = time.time()
    asked = [Guest(images[i][1], CMDLINE, MEMORY_MIB, ramdisk=file, limit=LIMIT) for i in guests]
    for i, outcome in zip(guests, xl.run_guests(asked), strict=True):
        (folder / f"{images[i][1].parent.parent.name}-xl.txt").write_text(outcome.text + outcome.log)
        yield i, Seen("xl", fault(outcome, name, began), _xen_version())
