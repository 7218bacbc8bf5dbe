# SPDX-License-Identifier: BSD-3-Clause
"""Real Xen with a Linux dom0 and `xl`: one boot of Xen runs many guests one after another."""

from __future__ import annotations

import gzip
import math
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from .cpio import Archive
from .initramfs import Kit, compiler_missing, dom0
from .keyboard import Keyboard, Typed
from .outcome import End, Hear, Outcome, TestbedError, clean_text
from .packages import missing as packages_missing
from .process import run_qemu
from .qemu import PROGRAM, qemu_missing
from .xen import TRIPLE_FAULT, XEN_OPTIONS, guest_lines, hypervisor, last_word

# Not a newer model: TCG's MWAIT is what Xen trips over, and SMAP a PV dom0. Guests have the latter for themselves.
CPU = "qemu64,+svm,+npt,+rdrand,+smep,+smap,+umip"
GUESTS_ONLY = "smep=hvm smap=hvm"
DOM0_MIB = 256
"""Dom0's memory besides three times what is handed to it: less of it boots faster."""
DOM0_OPTIONS = "console=hvc0 quiet panic=1 mitigations=off cryptomgr.notests swiotlb=512 audit=0 lsm=capability"
BOOT_LIMIT = 90.0
"""Seconds for Xen and dom0 to come up, and again for each guest's creation and removal."""

BRIDGE = "xenbr0"
"""Dom0's, with the address 10.0.0.1/24."""

# SCHEDOP_shutdown's reasons, which `xl list -v` shows.
REASONS: dict[int, End] = {0: "poweroff", 1: "reboot", 2: "suspend", 3: "crash", 4: "watchdog"}


@dataclass(frozen=True)
class Guest:
    """One domU to create."""

    image: Path
    cmdline: str = ""
    memory_mib: int = 64
    vcpus: int = 1
    ramdisk: Path | None = None
    limit: float = 20.0
    config: tuple[str, ...] = ()
    """More lines for xl's configuration."""
    before: tuple[str, ...] = ()
    """Lines of shell that dom0 runs while the guest is there and does not run yet."""
    beside: tuple[str, ...] = ()
    """Lines of shell that dom0 runs while the guest runs; dom0_init.sh has words for them."""
    typed: bytes = b""
    """What the word `type_it` types at the guest's console."""
    vif: bool = False
    """A network interface on dom0's bridge, which has the address 10.0.0.1/24."""
    disk_mib: int = 0
    """The size of an empty disk, /guests/NUMBER/disk in dom0; 0 for none."""
    disk: Path | None = None
    """What is on the disk, instead. Dom0 has a copy, so nothing that the guest writes comes back."""
    share: Mapping[str, bytes] | None = None
    """Files of a folder, /guests/NUMBER/share in dom0, that the guest gets by 9p under the tag `share`."""
    type: str = "pvh"
    """Or pv, for other images to compare with."""

    def with_copies(self, disk: Path | None, share: Mapping[str, bytes] | None) -> Guest:
        """The same guest with copies of the host's files."""
        return replace(self, disk=disk, share=share)


@dataclass
class _Reports:
    """What dom0 said of one guest, by name, with the host's time of each."""

    content: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)


Progress = Callable[[int, str], None]
"""(guest's number, "begin", "created", "ended" or "done"), while the batch runs."""


@dataclass(frozen=True)
class Xl:
    """A Xen host in QEMU; with two CPUs, a guest that polls leaves one for dom0."""

    name: str = "xl"
    host: str = "xen"
    boot: str = "pvh"
    cpu: str = CPU
    smp: int = 2
    icount: bool = False
    """Time counts instructions of all CPUs: slower, but no load of the host shows in it."""

    def missing(self) -> list[str]:
        """QEMU, a compiler for dom0's small program, and what fetches packages."""
        return qemu_missing() + packages_missing() + compiler_missing()

    def with_options(self, *, cpu: str) -> Xl:
        """The same machine, altered."""
        return replace(self, cpu=cpu)

    def prepare(self) -> None:
        """Unpack Xen and build the dom0."""
        hypervisor()
        dom0()

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
        """Boot Xen for this one guest; see `Machine`."""
        if len(modules) > 1:
            raise TestbedError("xl passes one ramdisk to a guest")
        guest = Guest(image, cmdline, memory_mib, 1, modules[0] if modules else None, limit)
        return self.run_guests([guest], extra=extra, hear=hear)[0]

    def run_guests(
        self,
        guests: Sequence[Guest],
        progress: Progress | None = None,
        extra: Sequence[str] = (),
        hear: Hear | None = None,
        keyboard: Keyboard | None = None,
    ) -> list[Outcome]:
        """Outcomes in the order of the guests; those that Xen's own end left out have failed.

        The keyboard is at the first guest's console, from its creation on.
        """
        host = dom0(kit_for(guests))
        described = _describe(guests, is_live=hear is not None, has_keyboard=keyboard is not None)
        payload = host.initramfs.read_bytes() + described
        own = DOM0_MIB + 3 * (len(payload) >> 20) + max(guest.disk_mib for guest in guests)
        memory = own + 256 + max(guest.memory_mib + 32 for guest in guests)
        options = f"{XEN_OPTIONS} {GUESTS_ONLY} dom0_mem={own}M,max:{own}M dom0_max_vcpus=1 dom0_vcpus_pin"
        reports: dict[str, _Reports] = {}
        position = 0

        def watch(channel: str, heard: bytearray, seconds: float) -> bool:
            nonlocal position
            if channel == "report":
                position = _collect(heard, position, seconds, reports, progress, hear)
                if keyboard and "created" in reports.get("000", _Reports()).times:
                    keyboard.is_open = True
                return "finished" in reports.get("-", _Reports()).times
            return last_word(clean_text(bytes(heard[-4096:])))[0] is not None

        with tempfile.TemporaryDirectory(prefix="testbed-") as folder:
            initrd = Path(folder) / "initrd"
            initrd.write_bytes(payload)
            command = [PROGRAM, "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"]
            command += ["-machine", "pc", "-accel", f"tcg,thread={'single' if self.icount else 'multi'}"]
            command += ["-icount", "shift=0,sleep=off"] if self.icount else []
            command += ["-cpu", self.cpu, "-smp", str(self.smp)]
            command += ["-m", f"{memory}M", "-serial", "chardev:com1", "-serial", "chardev:report"]
            command += ["-kernel", str(hypervisor()), "-append", options]
            command += ["-initrd", f"{host.kernel} {DOM0_OPTIONS},{initrd}", *extra]
            limit = BOOT_LIMIT + sum(guest.limit + BOOT_LIMIT / 3 for guest in guests)
            typed = Typed("report", keyboard) if keyboard else None
            recording = run_qemu(command, ("com1", "report"), limit, watch, typed=typed)
        log = clean_text(recording.channels["com1"]) + recording.stderr
        trouble = reports.get("-", _Reports()).content.get("trouble", b"").decode(errors="replace")
        stamps = recording.lines("com1")
        found = [reports.get(f"{index:03}", _Reports()) for index in range(len(guests))]
        return [self._outcome(said, log, trouble, stamps) for said in found]

    def _outcome(self, said: _Reports, host_log: str, trouble: str, stamps: tuple[tuple[float, str], ...]) -> Outcome:
        state = said.content.get("state", b"").decode(errors="replace").split()
        dmesg = clean_text(said.content.get("dmesg", b""))
        seconds = said.times.get("ended", 0.0) - said.times.get("begin", 0.0)
        detail = " ".join(state)
        end: End
        if "done" not in said.times:
            end, detail = "failed", trouble or "the Xen host ended before the guest did"
            dmesg = host_log
        elif "created" not in said.times:
            end, seconds = "failed", 0.0
            detail = clean_text(said.content["create"]).strip()
        else:
            end = _end(state, dmesg)
        lines = guest_lines(dmesg, r"d\d+")
        console = clean_text(gzip.decompress(said.content["console"])) if "console" in said.content else ""
        told = clean_text(said.content.get("told", b""))
        begin, done = said.times.get("begin", 0.0), said.times.get("done", 0.0)
        stamps = tuple((at - begin, line) for at, line in stamps if begin <= at <= done)
        return Outcome(self.name, end, console, seconds, None, lines, dmesg, detail, stamps, told)


def _end(state: list[str], dmesg: str) -> End:
    """From `xl list -v`: name, id, memory, vcpus, state letters, time, uuid, reason, label."""
    if not state:
        return "destroyed"
    if len(state) < 8 or not re.search("[sc]", state[4]):
        return "timeout"
    if TRIPLE_FAULT in dmesg:
        return "triple-fault"
    return REASONS.get(int(state[7], 16), "failed")


def kit_for(guests: Sequence[Guest]) -> Kit:
    """What these guests' dom0 has to hold."""
    ninep = any(guest.share is not None for guest in guests)
    return Kit(ninep or any(guest.vif or guest.disk_mib or guest.disk for guest in guests), ninep)


def _describe(guests: Sequence[Guest], *, is_live: bool = False, has_keyboard: bool = False) -> bytes:
    archive = Archive()
    for index, guest in enumerate(guests):
        folder = f"guests/{index:03}"
        config = [
            f'name = "guest{index:03}"',
            f'type = "{guest.type}"',
            f'kernel = "/{folder}/image"',
            f"memory = {guest.memory_mib}",
            f"vcpus = {guest.vcpus}",
            f'cmdline = "{_quoted(guest.cmdline)}"',
            *(f'on_{event} = "preserve"' for event in ("poweroff", "reboot", "crash", "watchdog")),
            *guest.config,
        ]
        archive.file(f"{folder}/image", guest.image.read_bytes())
        if guest.ramdisk:
            archive.file(f"{folder}/ramdisk", guest.ramdisk.read_bytes())
            config.append(f'ramdisk = "/{folder}/ramdisk"')
        for name, script in (("before", guest.before), ("beside", guest.beside)):
            if script:
                archive.file(f"{folder}/{name}", "".join(f"{line}\n" for line in script).encode())
        if is_live:
            archive.file(f"{folder}/live", b"")
        if has_keyboard and not index:
            archive.file(f"{folder}/keyboard", b"")
        if guest.typed:
            archive.file(f"{folder}/typed", guest.typed)
        config += _devices(archive, folder, guest)
        archive.file(f"{folder}/cfg", "".join(f"{line}\n" for line in config).encode())
        archive.file(f"{folder}/limit", str(math.ceil(guest.limit)).encode())
    return archive.finish()


def _devices(archive: Archive, folder: str, guest: Guest) -> list[str]:
    """What the guest's devices need in dom0; the lines of configuration for them."""
    lines = []
    if guest.vif:
        lines.append(f'vif = ["bridge={BRIDGE}"]')
    if guest.disk:
        archive.file(f"{folder}/disk", guest.disk.read_bytes())
    if guest.disk_mib:
        archive.file(f"{folder}/mib", str(guest.disk_mib).encode())
    if guest.disk or guest.disk_mib:
        lines.append('disk = ["/dev/loop0,raw,xvda,w"]')
    if guest.share is not None:
        archive.folder(f"{folder}/share")
        for name in sorted({str(parent) for path in guest.share for parent in PurePosixPath(path).parents} - {"."}):
            archive.folder(f"{folder}/share/{name}")
        for name, content in guest.share.items():
            archive.file(f"{folder}/share/{name}", content)
        lines.append(f'p9 = ["tag=share,path=/{folder}/share,security_model=none"]')
    return lines


def _quoted(text: str) -> str:
    """For a double-quoted string of xl's configuration (its numeric escapes do not work)."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def _collect(
    heard: bytearray,
    position: int,
    seconds: float,
    reports: dict[str, _Reports],
    progress: Progress | None,
    hear: Hear | None,
) -> int:
    """Take the whole reports from `position` on; return where the first unfinished one starts."""
    while True:
        head = re.compile(rb"@@ (\S+) (\S+) (\d+)\n").match(heard, position)
        if not head or head.end() + int(head[3]) > len(heard):
            return position
        name, guest = head[1].decode(), head[2].decode()
        position = head.end() + int(head[3])
        report = reports.setdefault(guest, _Reports())
        content = bytes(heard[head.end() : position])
        if name == "heard":
            if hear:
                hear("console", content)
            continue
        report.content[name] = report.content.get(name, b"") + content
        report.times[name] = seconds
        if progress and guest.isdigit() and name in ("begin", "created", "ended", "done"):
            progress(int(guest), name)
