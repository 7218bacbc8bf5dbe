# SPDX-License-Identifier: BSD-3-Clause
"""Machines that enter an image as Firecracker, Cloud Hypervisor and alioth do, where /dev/kvm works.

These are not the monitors themselves, which no distribution packages: registers, memory map, tables, interrupt
controllers and ways to end are theirs, devices are a serial port and an IOAPIC.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from ... import ROOT
from .. import kvm
from ..outcome import End, Hear, Outcome, TestbedError, clean_text
from .states import STATES


@dataclass(frozen=True)
class Monitor:
    """One of the start states, as a machine."""

    name: str
    state: str
    smp: int = 1
    host: str = ""
    boot: str = "pvh"
    hypervisors: tuple[str, ...] | None = None
    """The names that CPUID shows instead of KVM's."""

    @property
    def told(self) -> frozenset[End]:
        """The ends that this monitor tells apart."""
        return STATES[self.state].told

    def missing(self) -> list[str]:
        """A KVM that works."""
        return [] if kvm.works() else [f"a KVM that works ({kvm.DEVICE})"]

    def prepare(self) -> None:
        """Nothing: Python and KVM are all that it is made of."""

    def with_options(self, *, smp: int | None = None, hypervisors: tuple[str, ...] | None = None) -> Monitor:
        """The same machine, altered."""
        return replace(
            self,
            smp=smp or self.smp,
            hypervisors=self.hypervisors if hypervisors is None else hypervisors,
        )

    def run(
        self,
        image: Path,
        cmdline: str = "",
        modules: Sequence[Path] = (),
        memory_mib: int = 64,
        limit: float = 20.0,
        extra: Sequence[str] = (),
        hear: Hear | None = None,
    ) -> Outcome:
        """Boot the image; see `Machine`."""
        if len(modules) > 1 or extra:
            raise TestbedError(f"{self.name} takes one module and no options of QEMU")
        command = [sys.executable, "-m", f"{__name__}.vm"]
        command += [] if self.hypervisors is None else [f"--hypervisors={'/'.join(self.hypervisors)}"]
        command += ["--", self.state, str(image.absolute())]
        command += [str(self.smp), str(memory_mib), cmdline, *(str(module.absolute()) for module in modules)]
        begin = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        assert process.stderr
        console: list[tuple[float, bytes]] = []
        reader = threading.Thread(target=_listen, args=(process.stdout, console, begin, hear), daemon=True)
        reader.start()
        try:
            _, stderr = process.wait(limit), process.stderr.read()
        except subprocess.TimeoutExpired:
            process.kill()
            stderr = b"timeout the limit"
        reader.join()
        process.wait()
        process.stderr.close()
        return self._outcome(console, stderr, time.monotonic() - begin)

    def _outcome(self, console: Sequence[tuple[float, bytes]], stderr: bytes, seconds: float) -> Outcome:
        *log, last = stderr.decode(errors="backslashreplace").splitlines() or [""]
        word, _, detail = last.partition(" ")
        ends: tuple[End, ...] = ("poweroff", "reboot", "triple-fault", "timeout", "failed")
        end: End = next((known for known in ends if known == word), "failed")
        return Outcome(
            machine=self.name,
            end=end,
            console=clean_text(b"".join(line for _, line in console)),
            seconds=seconds,
            log="\n".join(log if end == word else [*log, last]),
            detail=detail if end == word else last,
            lines=tuple((at, clean_text(line).strip()) for at, line in console),
        )


def _listen(stream: IO[bytes], lines: list[tuple[float, bytes]], begin: float, hear: Hear | None) -> None:
    """Take lines as they come, each with its second."""
    with stream:
        for line in stream:
            lines.append((time.monotonic() - begin, line))
            if hear:
                hear("console", line)


MONITORS = tuple(
    Monitor(f"like-{name}", name, boot="linux64" if state.linux64 else "pvh") for name, state in STATES.items()
)
