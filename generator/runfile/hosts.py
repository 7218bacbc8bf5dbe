# SPDX-License-Identifier: BSD-3-Clause
"""What each consumer of a run file can start, by the facts of a spec, from the consumers' public documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Groups = tuple[tuple[str, ...], ...]
"""Facts: one of each group is enough, and all groups count."""


class Host(NamedTuple):
    """One kind of machine that a consumer presents."""

    boots: tuple[str, ...]
    """The items of `boot` by which it enters an image."""
    devices: Mapping[str, Groups]
    """By option the facts with which a guest finds the device; what is not here it does not have."""
    kind: str = ""
    """What a component's `host` says of a hypervisor that only this host is; empty for all others."""
    machine: str = ""
    """Its name for the machine."""
    bed: str = ""
    """The test machine that is the same, as `machines` of a spec names it."""
    has_user_net: bool = False
    max_cpus: int = 255


_XEN = (("buses.xenbus",),)
_PCI = (("buses.virtio-pci", "buses.pci"),)
_MMIO = (("buses.virtio-mmio",),)
_MODERN_PCI = (("buses.virtio-pci",), ("interrupts.msi",))  # modern devices, and no interrupt lines

_ALL_PCI = {"net": _PCI, "disk": _PCI, "share": _PCI}
_Q35 = Host(("pvh",), _ALL_PCI, machine="q35", bed="qemu-q35", has_user_net=True)
_PC = Host(("pvh",), _ALL_PCI, machine="pc", bed="qemu-pc", has_user_net=True)
_MICROVM = Host(
    ("pvh",),
    {"net": _MMIO, "disk": _MMIO, "share": _MMIO},
    machine="microvm",
    bed="qemu-microvm",
    has_user_net=True,
)
_MULTIBOOT = _PC._replace(boots=("multiboot",), bed="qemu-pc-multiboot")

HOSTS: Mapping[str, tuple[Host, ...]] = {
    "xl": (Host(("pvh",), {"net": _XEN, "disk": _XEN, "share": _XEN}, kind="xen"),),
    "qemu": (_MICROVM, _Q35, _PC, _MULTIBOOT),
    "libvirt": (
        Host(("pvh",), {"net": _XEN, "disk": _XEN}, kind="xen", machine="xenpvh"),
        _Q35,
        _PC,
    ),
    "firecracker": (Host(("pvh", "linux64"), {"net": _MMIO, "disk": _MMIO}, max_cpus=32),),
    "cloud-hypervisor": (Host(("pvh",), {"net": _MODERN_PCI, "disk": _MODERN_PCI}),),
}
"""By consumer. Of several that fit, `hypervisors` and `machines` of the spec choose, then the order here."""
