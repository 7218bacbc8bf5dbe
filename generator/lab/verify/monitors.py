# SPDX-License-Identifier: BSD-3-Clause
"""Bare images on monitors themselves, as `platgen runfile` starts them: what each has to show, and what it showed."""

from __future__ import annotations

import os
import pty
import re
import selectors
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ...load.spec import Scalar
from .. import ROOT, TOOL
from ..testbed import TestbedError, kvm
from ..testbed.outcome import clean_text
from .see import MEMORY_MIB

LIMIT = 90.0
STARTED = r"^bare: main\(\) at TSC \d+, booted by (PVH|Linux 64-bit), clock kvmclock$"


class Step(NamedTuple):
    """One boot of a monitor."""

    what: str
    cmdline: str
    says: tuple[str, ...]
    """Regular expressions, in this order on the console; `{initrd}` is the initrd as the guest names it."""
    cpus: int = 1
    resets: bool = False
    """Whether the guest asks for a restart; it ends its run otherwise."""


CPUS = (r"^check smp: pass$", r" 0 failed, 0 skipped$")
STEPS = (
    Step(
        "boot",
        'verify a "b c" check=clock_monotonic:100 check=sleep:10',
        (
            STARTED,
            r"^word 1: \[a\]$",
            r"^word 2: \[b c\]$",
            "^module: {initrd}$",
            r" 2 checks passed, 0 failed, 0 skipped$",
        ),
    ),
    Step("2 CPUs", "check=smp:2/20", CPUS, cpus=2),
    Step("4 CPUs", "check=smp:4/20", CPUS, cpus=4),
    Step("reset", "end=reboot", (STARTED,), resets=True),
    Step("crash", "check=panic", (STARTED, "^platform: the check gives up: 42 of 0x2a$")),
)


class Seen(NamedTuple):
    """How one run ended, and all that it said."""

    text: str
    status: int | None
    """The monitor's exit status; None where it was still running at the limit, or when it had said enough."""


class RealMonitor(NamedTuple):
    """A monitor and how it is started."""

    title: str
    command: Callable[[str, Path], list[str]]
    """From its program and a folder with what `files` has written."""
    files: Callable[[str, Path, Path, Step, Path], None]
    restarts: bool
    """Whether a guest that resets starts again in the same process; else the process ends."""
    reset_status: int = 0
    """The exit status after a reset."""
    asked: str = "--version"
    """What makes the program say its version."""
    facts: Mapping[str, tuple[str, ...] | Scalar] = {}
    """What it needs of the machine section of a spec, in place of what stands there."""


def _runfile(consumer: str, name: str) -> Callable[[str, Path, Path, Step, Path], None]:
    def write(platform: str, image: Path, initrd: Path, step: Step, folder: Path) -> None:
        call = [sys.executable, "-m", TOOL, "runfile", platform, "--for", consumer, "--image", str(image)]
        call += ["--cmdline", step.cmdline, "--initrd", str(initrd), "--cpus", str(step.cpus)]
        call += ["--memory", str(MEMORY_MIB)]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise TestbedError(done.stderr.strip())
        (folder / name).write_text(done.stdout)

    return write


def _alioth(_platform: str, image: Path, initrd: Path, step: Step, folder: Path) -> None:
    options = ["--memory", f"size={MEMORY_MIB}M", "--cpu", f"count={step.cpus}", "--pvh", str(image)]
    options += ["--initramfs", str(initrd), "--cmdline", step.cmdline]
    (folder / "guest.sh").write_text(f"exec alioth boot {shlex.join(options)}\n")


def _crosvm(_platform: str, image: Path, initrd: Path, step: Step, folder: Path) -> None:
    options = ["--disable-sandbox", "--mem", str(MEMORY_MIB), "--cpus", str(step.cpus), "--initrd", str(initrd)]
    # Its own first word is `panic=-1`
    options += ["--serial", "type=stdout,hardware=serial,num=1", "--params", step.cmdline.removeprefix("verify ")]
    (folder / "guest.sh").write_text(f"exec crosvm --extended-status run {shlex.join([*options, str(image)])}\n")


def _shell(program: str, folder: Path) -> list[str]:
    home = shlex.quote(str(Path(program).parent))
    return ["sh", "-c", f"PATH={home}:$PATH; . {shlex.quote(str(folder / 'guest.sh'))}"]


def _firecracker(program: str, folder: Path) -> list[str]:
    return [program, "--no-api", "--config-file", str(folder / "guest.json")]


REAL = {
    "firecracker": RealMonitor("Firecracker", _firecracker, _runfile("firecracker", "guest.json"), restarts=False),
    "cloud-hypervisor": RealMonitor(
        "Cloud Hypervisor", _shell, _runfile("cloud-hypervisor", "guest.sh"), restarts=True
    ),
    "alioth": RealMonitor("alioth", _shell, _alioth, restarts=True),
    "crosvm": RealMonitor(
        "crosvm",
        _shell,
        _crosvm,
        restarts=False,
        reset_status=32,
        asked="version",
        facts={"boot": ("pvh", "multiboot", "linux64"), "load-mib": 2},
    ),
}


def version(name: str, program: str) -> str:
    """The monitor with its version, as it says itself."""
    said = subprocess.run([program, REAL[name].asked], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    emulating = f" ({kvm.EMULATOR.name}, which emulates kernel code)" if kvm.emulates() else ""
    return f"{REAL[name].title} {found[0] if found else said.strip()} on KVM{emulating}"


def boots(
    name: str, program: str, platform: str, image: Path, initrd: tuple[Path, str], folder: Path
) -> Iterator[tuple[Step, str]]:
    """Each step with what was not as it should be, empty if nothing; console texts stay in `folder`."""
    monitor = REAL[name]
    for step in STEPS:
        monitor.files(platform, image, initrd[0], step, folder)
        begin_again = re.compile(f"{STARTED}.*{STARTED}", re.M | re.S) if step.resets and monitor.restarts else None
        seen = run(monitor.command(program, folder), begin_again)
        (folder / f"{platform}-{name}-{step.what.replace(' ', '-')}.txt").write_text(seen.text)
        yield step, fault(step, seen, initrd[1], restarts=monitor.restarts, reset_status=monitor.reset_status)


def run(command: list[str], enough: re.Pattern[str] | None = None, limit: float = LIMIT) -> Seen:
    """Run a monitor on a terminal of its own until it ends, has said enough, or the limit is over."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        raise TestbedError(f"there is no terminal for the monitor: {error}") from None
    end, said, text = time.monotonic() + limit, b"", ""
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    status: int | None = None
    with selectors.DefaultSelector() as ready, suppress(OSError):  # EIO: nobody has the terminal any more
        ready.register(ours, selectors.EVENT_READ)
        while time.monotonic() < end and not (enough and enough.search(text)):
            if ready.select(end - time.monotonic()):
                said += os.read(ours, 1 << 16)
                text = clean_text(said)
    with suppress(subprocess.TimeoutExpired):
        status = process.wait(1)
    process.kill()
    process.wait()
    os.close(ours)
    return Seen(text, status)


def fault(step: Step, seen: Seen, initrd: str, *, restarts: bool, reset_status: int = 0) -> str:
    """The first thing that is not as it should be."""
    size, _, digest = initrd.partition(":")
    at = 0
    for pattern in step.says:
        found = re.compile(pattern.replace("{initrd}", f"{size} bytes, hash {digest}"), re.M).search(seen.text, at)
        if not found:
            last = next((line for line in reversed(seen.text.splitlines()) if line.strip()), "nothing")
            return f"{step.what}: no line {pattern}, the last one is: {last.strip()}"
        at = found.end()
    if step.resets and restarts:
        return "" if re.search(STARTED, seen.text[at:], re.M) else f"{step.what}: the guest did not start again"
    if seen.status is None:
        return f"{step.what}: the monitor did not end"
    if step.what != "crash" and seen.status != (reset_status if step.resets else 0):
        return f"{step.what}: the monitor's exit status was {seen.status}"
    return ""
