# SPDX-License-Identifier: BSD-3-Clause
"""QEMU's own machines: pc, q35 and microvm by the PVH note, pc by multiboot."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import kvm
from .keyboard import Keyboard, Typed
from .live import Live
from .outcome import End, Hear, Outcome, TestbedError, clean_text
from .process import Recording, run_qemu

PROGRAM = "qemu-system-x86_64"
CORE_CPU = "+rdrand,+pdpe1gb,+smep,+smap,+umip"
"""What a whole core may use of qemu64: one with paging of its own needs 1 GiB pages."""

# QEMU's word for why the machine stopped -> ours.
REASONS: dict[str, End] = {
    "guest-shutdown": "poweroff",
    "guest-reset": "reboot",
    "guest-panic": "crash",
}


def qemu_missing() -> list[str]:
    """What QEMU's machines lack here, each as "tool (Debian package NAME)"."""
    return [] if shutil.which(PROGRAM) else [f"{PROGRAM} (Debian package qemu-system-x86)"]


@dataclass(frozen=True)
class Qemu:
    """A QEMU machine, under TCG if nothing is said, with nothing in it but what a guest may use to speak and to end.

    icount: the guest's clock counts instructions (1 instruction = 1 ns), repeatable to the digit.
    """

    name: str
    machine: str
    multiboot: bool = False
    icount: bool = False
    cpu: str = "qemu64,+rdrand"
    smp: int = 1
    accel: str = "tcg"
    firmware: str = ""
    """A file of QEMU's own, where its choice differs between releases."""
    pause: float = 0.0
    """Seconds for which the machine is stopped when the guest says so (process.py)."""
    monitor: str = ""
    """A command for QEMU's monitor when the guest asks for it."""
    host: str = ""
    devices: tuple[str, ...] = ("isa-debug-exit,iobase=0x501,iosize=2", "pvpanic")
    settings: tuple[str, ...] = ()
    """For all devices of a kind, as `-global` takes them."""
    blocks: tuple[str, ...] = ()
    """What disks hold, as `-blockdev` takes it."""

    @property
    def boot(self) -> str:
        """The item of a spec's `boot` by which QEMU enters an image."""
        return "multiboot" if self.multiboot else "pvh"

    def missing(self) -> list[str]:
        """QEMU, and a KVM that works where the machine uses it."""
        return qemu_missing() + ([] if self.accel == "tcg" or kvm.works() else [f"a KVM that works ({kvm.DEVICE})"])

    def prepare(self) -> None:
        """Nothing: QEMU is all that it is made of."""

    def with_options(
        self,
        *,
        icount: bool | None = None,
        cpu: str | None = None,
        smp: int | None = None,
        pause: float = 0.0,
        monitor: str = "",
    ) -> Qemu:
        """The same machine, altered."""
        return replace(
            self,
            icount=self.icount if icount is None else icount,
            cpu=cpu or self.cpu,
            smp=smp or self.smp,
            pause=pause or self.pause,
            monitor=monitor or self.monitor,
        )

    def with_devices(
        self, options: str, devices: Sequence[str], settings: Sequence[str], blocks: Sequence[str] = ()
    ) -> Qemu:
        """The same machine with more options of `-machine`, more devices, settings for a kind, and disks' contents."""
        return replace(
            self,
            machine=",".join(filter(None, (self.machine, options))),
            devices=(*self.devices, *devices),
            settings=(*self.settings, *settings),
            blocks=(*self.blocks, *blocks),
        )

    def command(self, image: Path, cmdline: str, modules: Sequence[Path], memory_mib: int) -> list[str]:
        """QEMU's command line for this guest, without the channels that watch it."""
        command = [PROGRAM, "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"]
        command += ["-machine", self.machine, "-cpu", self.cpu, "-smp", str(self.smp), "-m", f"{memory_mib}M"]
        command += ["-icount", "shift=0,sleep=off"] if self.icount else ["-accel", self.accel]
        command += ["-serial", "chardev:com1", "-device", "isa-debugcon,iobase=0xe9,chardev=debug"]
        for setting in self.settings:
            command += ["-global", setting]
        for block in self.blocks:
            command += ["-blockdev", block]
        for device in self.devices:
            command += ["-device", device]
        command += ["-bios", self.firmware] if self.firmware else []
        command += ["-kernel", str(image)]
        if cmdline:
            command += ["-append", cmdline]
        if modules:
            command += ["-initrd", self._initrd(modules)]
        return command

    def _initrd(self, modules: Sequence[Path]) -> str:
        if self.multiboot:
            return ",".join(str(module).replace(",", ",,") for module in modules)
        if len(modules) > 1:
            raise TestbedError("QEMU passes one module to a PVH image")
        return str(modules[0])

    def run(
        self,
        image: Path,
        cmdline: str = "",
        modules: Sequence[Path] = (),
        memory_mib: int = 64,
        limit: float = 20.0,
        extra: Sequence[str] = (),
        hear: Hear | None = None,
        keyboard: Keyboard | None = None,
    ) -> Outcome:
        """Boot the image; see `Machine`. The keyboard is at COM1 and opens with the guest's first word there."""
        live = Live(hear)
        typed = Typed("com1", keyboard) if keyboard else None

        def watch(channel: str, heard: bytearray, _seconds: float) -> bool:
            if keyboard and channel == "com1":
                keyboard.is_open = True
            live.take("console" if channel == "com1" else channel, heard)
            return False

        with tempfile.TemporaryDirectory(prefix="testbed-") as folder:
            # QEMU reports a triple fault as a reset; only this log tells them apart.
            resets = Path(folder) / "resets"
            command = [*self.command(image, cmdline, modules, memory_mib), "-d", "cpu_reset", "-D", str(resets), *extra]
            recording = run_qemu(
                command, ("com1", "debug"), limit, watch, pause=self.pause, monitor=self.monitor, typed=typed
            )
            tripled = resets.exists() and "Triple fault" in resets.read_text(errors="replace")
        end, status = judge(recording, tripled)
        return Outcome(
            machine=self.name,
            end=end,
            console=clean_text(recording.channels["com1"]),
            seconds=recording.seconds,
            status=status,
            debug=clean_text(recording.channels["debug"]),
            log=recording.stderr,
            detail=recording.detail(),
            lines=recording.lines("debug"),
        )


def judge(recording: Recording, tripled: bool = False) -> tuple[End, int | None]:
    """The end and, for the debug-exit device, the value written to it."""
    if recording.timed_out:
        return "timeout", None
    if not recording.started:
        return "failed", recording.status
    reason = recording.shutdown_reason()
    if reason == "guest-reset" and tripled:
        return "triple-fault", None
    # The device makes it 2 * value + 1; since QEMU 10 there is an event as for a power-off, too
    if reason in ("", "guest-shutdown") and recording.status > 0 and recording.status % 2:
        return "exit", recording.status // 2
    if reason in REASONS:
        return REASONS[reason], None
    return "failed", recording.status


PC = Qemu("qemu-pc", "pc")
Q35 = Qemu("qemu-q35", "q35")
MICROVM = Qemu("qemu-microvm", "microvm", firmware="qboot.rom")
PC_MULTIBOOT = Qemu("qemu-pc-multiboot", "pc", multiboot=True)
MACHINES = (MICROVM, PC, Q35, PC_MULTIBOOT)
"""The fastest first."""
UNDER_KVM = tuple(replace(bed, name=f"{bed.name}-kvm", accel="kvm") for bed in MACHINES)
"""The same where a host has KVM: nothing depends on it."""
