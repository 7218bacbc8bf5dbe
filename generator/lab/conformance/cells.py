# SPDX-License-Identifier: BSD-3-Clause
"""A cell of the matrix: one variant of a check on one machine, run and judged."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from ..testbed import Guest, Machine, Monitor, Outcome, XenDom0, Xl, is_kvm, kvm, machine
from ..testbed.ends import Ends
from ..testbed.qemu import Qemu
from .declare import BadCheck, Variant
from .images import Image
from .judges import JUDGES, Run, Unjudged, typed

Status = Literal["pass", "fail", "skip"]
TIMED = ("moved", "paused", "prompt", "rate", "sleep", "wall")
TWICE = re.compile(r"^platform: irq \d+ came at [0-9a-f]{16}, where interrupts are off$", re.M)
"""A fault of QEMU's emulated SVM, which the guest cannot survive (docs/conformance.md, "Limits of xl")."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Result:
    """What became of a cell."""

    status: Status
    reason: str = ""
    seconds: float = 0.0
    console: str = ""
    log: str = ""


@dataclass(frozen=True, eq=False)
class Cell:
    """One run to be made."""

    image: Image
    machine: str
    variant: Variant
    folder: Path
    """For the module that the guest is given."""

    @property
    def skipped(self) -> Result | None:
        """Why this cell need not run at all."""
        if not self.variant.runs_on(self.machine):
            return Result("skip", self.variant.because)
        if is_kvm(self.machine) and (reason := self._not_under_kvm()):
            return Result("skip", reason)
        if self.variant.vcpus > self.image.cpus:
            room = f"the spec has room for {self.image.cpus} of {self.variant.vcpus} CPUs (cpus, max-cpus)"
            return Result("skip", room)
        if isinstance(machine(self.machine), Monitor) and (
            self.variant.device or self.variant.machine or self.variant.cpu
        ):
            return Result("skip", "this monitor has neither devices nor CPUs to choose")
        untold = self.ends.untold(self.variant.ends) if self.variant.proof == "end" else ""
        return Result("skip", untold) if untold else None

    def _not_under_kvm(self) -> str:
        """What a real processor, or one that this host's KVM emulates, cannot show."""
        if self.variant.counted:
            return "only an emulator counts instructions"
        if not kvm.emulates():
            return ""
        if self.variant.unemulated:
            return f"this host's KVM emulates guests' kernels, and does not support {self.variant.unemulated}"
        slow = self.variant.heavy or self.variant.judge in TIMED
        return "this host's KVM emulates guests' kernels, which is too slow for this" if slow else ""

    @cached_property
    def cmdline(self) -> str:
        """The guest's command line, filled to the variant's whole length."""
        variant = self.variant
        line = f"check={variant.check}" + (f":{variant.argument}" if variant.argument else "")
        if variant.words:
            line = f"{variant.words} {line}"
        if variant.length:
            # Multiboot puts the image's path before it.
            before = len(str(self.image.fitting(self.machine))) + 1 if machine(self.machine).boot == "multiboot" else 0
            fill = variant.length - before - len(line) - 1
            line += " " + (ALPHABET * (fill // 26 + 1))[-fill:]
        return line

    @cached_property
    def module(self) -> Path | None:
        """The file that the guest gets as its module; None where it gets none."""
        size = self.variant.module
        if not size:
            return None
        path = self.folder / f"module-{size}"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            block = bytes((i * i + i // 251) % 256 for i in range(65537))
            fresh = path.with_suffix(f".{id(self):x}")
            fresh.write_bytes((block * (size // len(block) + 1))[:size])
            fresh.rename(path)
        return path

    def run(self, tries: int = 5) -> Result:
        """Boot and judge; a judgement of time gets some tries, since a busy host can only spoil it."""
        skipped = self.skipped
        if skipped:
            return skipped
        if self.machine == "xl":
            return run_under_xl([self], tries=min(tries, 2))[0]
        for _ in range(tries if self.variant.judge in TIMED else 1):
            begun = time.time()
            outcome = self.bed.run(
                self.image.fitting(self.machine),
                self.cmdline,
                [self.module] if self.module else [],
                self.variant.memory,
                self.variant.limit,
            )
            result = self.judge(outcome, begun)
            if result.status != "fail":
                break
        return result

    @property
    def ends(self) -> Ends:
        """The ends that both the spec and the machine tell."""
        bed = machine(self.machine)
        return self.image.ends.within(bed.told) if isinstance(bed, Monitor) else self.image.ends

    @property
    def bed(self) -> Machine:
        """The machine with what the variant asks of it."""
        bed = machine(self.machine)
        cpu = f",{self.variant.cpu}" if self.variant.cpu else ""
        if isinstance(bed, Qemu):
            variant = self.variant
            icount = bool(variant.counted)
            return bed.with_options(
                smp=variant.vcpus, cpu=bed.cpu + cpu, icount=icount, pause=variant.pause, monitor=variant.monitor
            ).with_devices(variant.machine, variant.device, variant.settings, variant.blockdev)
        if isinstance(bed, Monitor):
            return bed.with_options(smp=self.variant.vcpus)
        if isinstance(bed, XenDom0):
            return bed.with_options(smp=self.variant.vcpus, cpu=bed.cpu + cpu)
        return bed

    def guest(self) -> Guest:
        """The same run as a domU."""
        variant = self.variant
        config = ['tsc_mode = "native"']
        config += [f"{key} = {value}" for key in ("maxmem", "maxvcpus") if (value := getattr(variant, key))]
        return Guest(
            self.image.pvh,
            self.cmdline,
            variant.memory,
            variant.vcpus,
            self.module,
            float(variant.limit),
            tuple(config),
            variant.before,
            variant.beside,
            typed(variant.typed),
        )

    def judge(self, outcome: Outcome, begun: float = 0.0) -> Result:
        """The verdict on what was seen."""
        status, reason = self._verdict(outcome, begun)
        return Result(status, reason, outcome.seconds, outcome.text, outcome.log)

    def _verdict(self, outcome: Outcome, begun: float) -> tuple[Status, str]:
        variant, text = self.variant, outcome.text
        last = re.findall(rf"^(.*)\ncheck {variant.check}: (pass|FAIL|skip)$", text, re.M)
        reason, said = last[-1] if last else ("", "")
        if said == "skip":
            return "skip", reason.strip()
        if said == "FAIL":
            return "fail", reason.strip()
        if complaint := self.ends.complaint(variant.ends, outcome):
            return "fail", complaint
        if said and variant.ends == "crash":
            return "fail", "the guest went on where it had to crash"
        # A check that ends the guest says so by its end, all others by their verdict.
        if not said and f"check {variant.check}: {variant.what}" not in text:
            return "fail", "the check did not begin"
        if not said and variant.ends == "poweroff" and variant.judge != "prompt" and variant.proof != "end":
            return "fail", "the check did not end"
        complaint = self._unsaid(outcome)
        if complaint:
            return "fail", complaint
        if variant.judge:
            if variant.judge not in JUDGES:
                raise BadCheck(f"{variant.check}.c: there is no judge {variant.judge!r}")
            run = Run(variant, outcome, begun, self.module, self.cmdline, self.image.pvh)
            try:
                complaint = JUDGES[variant.judge](run)
            except Unjudged as error:
                return "skip", str(error)
            if complaint:
                return "fail", complaint
        return "pass", ""

    def _unsaid(self, outcome: Outcome) -> str:
        """What the guest's console or dom0 should have shown and did not."""
        for line in self.variant.says:
            pattern = self.image.fill(line, self.machine, self.variant.argument)
            if not re.search(pattern, outcome.text):
                return f"the console does not show {pattern!r}"
        for line in self.variant.told:
            if not re.search(line, outcome.told):
                return f"dom0 did not print {line!r} but {outcome.told!r}"
        return ""


def run_under_xl(
    batch: Sequence[Cell], ended: Callable[[Cell, float], None] | None = None, tries: int = 2
) -> list[Result]:
    """All cells in one boot of Xen, told of as they end; what a fault of the host may have spoilt, in a second one."""
    results: dict[int, Result] = {}
    wanted = list(range(len(batch)))
    for attempt in range(tries):
        begun: dict[int, float] = {}

        def progress(
            number: int, what: str, begun: dict[int, float] = begun, now: Sequence[int] = tuple(wanted)
        ) -> None:
            begun.setdefault(number, time.time())
            if what == "done" and ended:
                ended(batch[now[number]], time.time() - begun[number])

        outcomes = Xl().run_guests([batch[index].guest() for index in wanted], progress)
        again = []
        for number, (index, outcome) in enumerate(zip(wanted, outcomes, strict=True)):
            results[index] = batch[index].judge(outcome, begun.get(number, 0.0))
            spoilt = batch[index].variant.judge in TIMED or TWICE.search(outcome.text)
            if results[index].status == "fail" and spoilt and attempt + 1 < tries:
                again.append(index)
        wanted = again
        if not wanted:
            break
    return [results[index] for index in range(len(batch))]
