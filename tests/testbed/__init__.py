# SPDX-License-Identifier: BSD-3-Clause
"""Testbeds: one small interface to every machine that can run a guest image.

`machine(NAME).run(image, ...)` gives an `Outcome`; see `outcome.py`.
"""

from __future__ import annotations

from .outcome import End, Machine, Outcome, TestbedError
from .qemu import MACHINES as QEMU_MACHINES
from .xen import XenDom0
from .xl import Guest, Xl

ALL: dict[str, Machine] = {bed.name: bed for bed in (*QEMU_MACHINES, XenDom0(), Xl())}


def machine(name: str) -> Machine:
    """The machine of that name, with its usual options."""
    try:
        return ALL[name]
    except KeyError:
        raise TestbedError(f"no machine {name!r}; there are {', '.join(ALL)}") from None


__all__ = ["ALL", "End", "Guest", "Machine", "Outcome", "TestbedError", "XenDom0", "Xl", "machine"]
