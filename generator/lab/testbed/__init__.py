# SPDX-License-Identifier: BSD-3-Clause
"""Testbeds: one small interface to every machine that can run a guest image.

`machine(NAME).run(image, ...)` gives an `Outcome`; see `outcome.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import kvm
from .monitor import MONITORS, Monitor
from .outcome import End, Machine, Outcome, TestbedError
from .qemu import MACHINES as QEMU_MACHINES
from .qemu import MICROVM, UNDER_KVM, Qemu
from .xen import XenDom0
from .xl import Guest, Xl

if TYPE_CHECKING:
    from collections.abc import Sequence

BEDS: tuple[Machine, ...] = (*QEMU_MACHINES, XenDom0(), Xl())
"""The machines of every host that has an emulator."""
ALL: dict[str, Machine] = {bed.name: bed for bed in (*BEDS, *UNDER_KVM, *MONITORS)}


def machine(name: str) -> Machine:
    """The machine of that name, with its usual options."""
    try:
        return ALL[name]
    except KeyError:
        raise TestbedError(f"no machine {name!r}; there are {', '.join(ALL)}") from None


def is_kvm(name: str) -> bool:
    """Whether guests of this machine run on the host's own processor."""
    bed = machine(name)
    return isinstance(bed, Monitor) or (isinstance(bed, Qemu) and bed.accel == "kvm")


def with_kvm(names: Sequence[str]) -> tuple[str, ...]:
    """These machines, and where KVM works here those of them that QEMU makes once more with it, and other monitors.

    Firmware takes ten seconds and more where its instructions are emulated: there, only the machine that has next to
    none is worth a run for each check.
    """
    if not kvm.works():
        return tuple(names)
    twins = [bed for bed in UNDER_KVM if bed.name.removesuffix("-kvm") in names]
    others = [
        bed.name for bed in MONITORS if bed.boot == MICROVM.boot and MICROVM.name in names and bed.name not in names
    ]
    quick = [bed.name for bed in twins if bed.machine == "microvm" or not kvm.emulates()]
    return (*names, *quick, *others)


__all__ = [
    "ALL", "End", "Guest", "Machine", "Monitor", "Outcome", "Qemu", "TestbedError", "XenDom0", "Xl", "is_kvm",
    "machine", "with_kvm",
]  # fmt: skip
