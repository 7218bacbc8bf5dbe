# SPDX-License-Identifier: BSD-3-Clause
"""What a guest is to have, in the words of the machine that it runs on; and what a machine cannot give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..diagnostics import Diagnostic, Location
from ..lab.testbed import Machine, Qemu, Xl
from ..lab.testbed.xl import BRIDGE
from ..load.components import Component
from ..load.spec import Spec
from ..runfile import request as runfile
from ..runfile.fit import faults
from ..runfile.hosts import HOSTS, Host
from ..runfile.languages import doubled

CODE = "no-machine"
COPIED_MIB = 256
"""What dom0 takes in at most: it keeps three times as much in memory."""


def unfit(spec: Spec, components: Iterable[Component], asked: runfile.Request, bed: Machine) -> Iterator[Diagnostic]:
    """Why this machine cannot give the guest what is asked for."""
    for error in faults(spec, components, asked, _host(bed)):
        yield error._replace(code=CODE)
    for name in ("initrd", "disk"):
        path = Path(getattr(asked, name))
        if getattr(asked, name) and not (path.is_file() or (name == "disk" and path.is_block_device())):
            yield Diagnostic("no-file", Location(path), f"--{name}: there is no such file")
    if asked.share and not Path(asked.share).is_dir():
        yield Diagnostic("no-file", Location(Path(asked.share)), "--share: there is no such folder")
    if isinstance(bed, Xl):
        yield from _unfit_for_xl(asked)


def _host(bed: Machine) -> Host:
    """The same machine as run files know it; one that they do not know has no devices."""
    plain = bed.name.removesuffix("-kvm")
    known = HOSTS["xl"] if isinstance(bed, Xl) else [host for host in HOSTS["qemu"] if host.bed == plain]
    hosts: tuple[Host, ...] = (*known, Host((bed.boot,), {}, kind=bed.host))
    return hosts[0]._replace(machine=bed.name)


def _unfit_for_xl(asked: runfile.Request) -> Iterator[Diagnostic]:
    if asked.net not in ("", BRIDGE):
        yield Diagnostic(CODE, None, f"xl's dom0 has no bridge {asked.net}", f"its bridge is {BRIDGE}")
    for name in ("disk", "share"):
        size = sum(path.stat().st_size for path in _files(Path(getattr(asked, name)))) if getattr(asked, name) else 0
        if size > COPIED_MIB << 20:
            message = f"--{name}: {size >> 20} MiB; xl's dom0 takes a copy, of {COPIED_MIB} MiB at most"
            yield Diagnostic(CODE, Location(Path(getattr(asked, name))), message)


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [file for file in sorted(path.rglob("*")) if file.is_file()]


def copied(folder: str) -> Mapping[str, bytes] | None:
    """A folder's files for dom0."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in _files(Path(folder))} if folder else None


def qemu_options(asked: runfile.Request, bed: Qemu) -> list[str]:
    """The devices as QEMU's options."""
    bus = "device" if bed.machine.startswith("microvm") else "pci"
    options: list[str] = []
    if asked.net:
        tap = f"tap,id=net0,script=no,downscript=no,ifname={asked.net}"
        options += ["-netdev", "user,id=net0" if asked.net == runfile.USER_NET else tap]
        options += ["-device", f"virtio-net-{bus},netdev=net0"]
    if asked.disk:
        options += ["-drive", f"if=none,id=disk0,format=raw,file={doubled(asked.disk)}"]
        options += ["-device", f"virtio-blk-{bus},drive=disk0"]
    if asked.share:
        options += ["-fsdev", f"local,id=share,security_model=none,path={doubled(asked.share)}"]
        options += ["-device", f"virtio-9p-{bus},fsdev=share,mount_tag=share"]
    return options
