# SPDX-License-Identifier: BSD-3-Clause
"""`platgen runfile`: print what starts a platform's image."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import Diagnostics, fail
from ..escape import Refused
from ..pipeline import Pipeline
from .fit import fitting
from .request import USER_NET, Request, usual_image

TEMPLATES = {
    "xl": "xl.cfg",
    "qemu": "qemu.sh",
    "libvirt": "libvirt.xml",
    "firecracker": "firecracker.json",
    "cloud-hypervisor": "cloud-hypervisor.sh",
}


def runfile(pipeline: Pipeline, request: Request) -> int:
    """Print the file; raises BadInput where the consumer cannot start the image, or give it what is asked for."""
    found = Diagnostics()
    for error in request.hidden_texts():
        found.add(error)
    (spec,) = found.take(pipeline.specs([request.platform])) or (None,)
    components = found.take(pipeline.components(spec)) if spec and spec.is_whole else None
    host = found.take(fitting(spec, components, request)) if spec and components else None
    found.stop_if_any()
    if spec is None or host is None:
        return 2
    facts = frozenset(spec.facts)
    boot = next(boot for boot in host.boots if f"boot.{boot}" in facts)
    image = usual_image(spec.unikraft.platform)
    image += ".multiboot" if boot == "multiboot" else ""  # a copy that such loaders take
    placed = request.placed(image)
    context = {
        "name": spec.name,
        "guest": placed,
        "cmdline": placed.cmdline or ("" if boot == "multiboot" else spec.name),
        "machine": host.machine,
        "kind": host.kind,
        "boot": boot,
        "bus": "device" if host.machine == "microvm" else "pci",
        "has": facts.__contains__,
        "is_user_net": placed.net == USER_NET,
        "disk_is_device": Path(placed.disk).is_block_device(),
    }
    from .languages import rendered  # late: Jinja

    try:
        print(rendered(TEMPLATES[request.consumer], context), end="")
    except Refused as refused:
        fail("runfile-text", None, f"{request.consumer}: {refused}", "give the file another name")
    return 0
