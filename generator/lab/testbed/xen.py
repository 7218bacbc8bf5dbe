# SPDX-License-Identifier: BSD-3-Clause
"""Real Xen inside QEMU, with the image under test as its PVH dom0: no Linux, about a second."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .live import Live
from .outcome import End, Hear, Outcome, TestbedError, clean_text
from .packages import PackageError, Selection, finished_dir, locked, unpack
from .packages import missing as packages_missing
from .process import HostBoot, run_qemu
from .qemu import PROGRAM, qemu_missing

HYPERVISOR = Selection("xen", ("xen-system-amd64",), ("xen-hypervisor-*",), ("boot/xen-*.gz",))

XEN_OPTIONS = "console=com1 com1=115200,8n1 guest_loglvl=all cpuidle=0 noreboot"

# Xen's own last words (common/shutdown.c) -> how dom0 ended.
LAST_WORDS: tuple[tuple[str, End], ...] = (
    (r"Hardware Dom0 halted.*\n", "poweroff"),
    (r"Hardware Dom0 shutdown: watchdog.*\n", "watchdog"),
    (r"Hardware Dom0 shutdown: .*\n", "reboot"),
    (r"Hardware Dom0 crashed.*\n", "crash"),
    (r"Panic on CPU \d+:\n.*\n", "failed"),
)

TRIPLE_FAULT = "Triple fault - invoking HVM shutdown action"

BOOT_LIMIT = 60.0
"""Seconds for Xen itself to come up, which takes one when nothing else runs."""


def hypervisor() -> Path:
    """Xen as the multiboot ELF32 file that QEMU's -kernel takes."""
    tree = unpack(HYPERVISOR)
    final = tree.parent / f"{tree.name}-elf"
    if not final.is_dir():
        packed = sorted(tree.glob("boot/xen-*.gz"))
        if not packed:
            raise PackageError("the package of xen-system-amd64 holds no boot/xen-*.gz")
        with locked(final.parent):
            if not final.is_dir():
                with finished_dir(final) as work:
                    (work / "xen").write_bytes(gzip.decompress(packed[-1].read_bytes()))
    return final / "xen"


def guest_lines(log: str, domain: str) -> str:
    """What a guest wrote to port 0xe9, out of Xen's log: its "(d1) " lines."""
    found = re.findall(rf"^(?:\(XEN\) )?(?:\[[^\]]*\] )?\({domain}\) ?(.*)$", log, re.M)
    return "".join(f"{line}\n" for line in found)


@dataclass(frozen=True)
class XenDom0:
    """The image as Xen's hardware domain: start_info version 0, no console ring, no xenstore."""

    name: str = "xen-dom0"
    host: str = "xen"
    boot: str = "pvh"
    cpu: str = "qemu64,+svm,+npt,+rdrand"
    smp: int = 1

    def missing(self) -> list[str]:
        """QEMU, and what fetches Xen's package."""
        return qemu_missing() + packages_missing()

    def prepare(self) -> None:
        """Unpack Xen."""
        hypervisor()

    def with_options(self, *, cpu: str | None = None, smp: int | None = None) -> XenDom0:
        """The same machine, altered."""
        return replace(self, cpu=cpu or self.cpu, smp=smp or self.smp)

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
        """Boot Xen with the image as its dom0; see `Machine`."""
        options = f"{XEN_OPTIONS} dom0=pvh dom0-iommu=none dom0_mem={memory_mib}M dom0_max_vcpus={self.smp}"
        if len(modules) > 1:
            raise TestbedError("Xen passes one module to its dom0")
        boot_modules = [f"{image} {cmdline}".strip(), *map(str, modules)]
        command = [PROGRAM, "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"]
        command += ["-machine", "pc", "-accel", "tcg", "-cpu", self.cpu, "-smp", str(self.smp)]
        command += ["-m", f"{memory_mib + 384}M", "-serial", "chardev:com1", "-kernel", str(hypervisor())]
        command += ["-append", options, "-initrd", ",".join(text.replace(",", ",,") for text in boot_modules)]
        live = Live(hear)

        def watch(_channel: str, heard: bytearray, _seconds: float) -> bool:
            live.take_lines("console", heard, "d0")
            return last_word(clean_text(bytes(heard[-4096:])))[0] is not None

        boot = HostBoot(BOOT_LIMIT, b"*** Serial input to DOM0")
        recording = run_qemu([*command, *extra], ("com1",), limit, watch, boot)
        log = clean_text(recording.channels["com1"])
        end, detail = last_word(log)
        if not end:
            end = "timeout" if recording.timed_out and recording.host_up else "failed"
            detail = recording.detail()
        if end == "reboot" and TRIPLE_FAULT in log:
            end = "triple-fault"
        lines = guest_lines(log, "d0")
        log += recording.stderr
        stamps = recording.lines("com1")
        return Outcome(self.name, end, lines, recording.seconds, None, lines, log, detail, stamps)


def last_word(log: str) -> tuple[End | None, str]:
    """How dom0 ended by Xen's log, and Xen's words for it; None while it runs."""
    for pattern, end in LAST_WORDS:
        found = re.search(pattern, log)
        if found:
            return end, " ".join(found.group().split())
    return None, ""
