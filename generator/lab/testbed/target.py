# SPDX-License-Identifier: BSD-3-Clause
"""What a spec is to the lab: the machines that fit it, and the ends that it can tell, both by its facts.

A component says with `host: xen` that its hypervisor needs such a host; others run on any emulator. A machine fits a
spec when it is the host of one of its hypervisors and enters the image in a way that the spec's `boot` names.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ...load.components import Component
from ...load.spec import Spec
from ...pipeline import Pipeline
from . import BEDS, Machine
from .ends import Ends, ends_of


class Target(NamedTuple):
    """One spec, as the lab sees it."""

    spec: Spec
    machines: tuple[str, ...]
    """Names of the machines to try it on, the best for a single run first; empty where none fits."""
    ends: Ends


def read_target(platform: str, root: Path, added: Iterable[Path] = ()) -> Target:
    """The target that PLAT names, a spec's name or path; raises BadInput with all that is wrong with the spec.

    `added` holds folders with further layers.
    """
    pipeline = Pipeline(root, added)
    (spec,) = pipeline.specs([platform]).or_stop()
    components = pipeline.components(spec).or_stop()
    return Target(spec, machines_for(spec, components), ends_of(spec, components))


def machines_for(spec: Spec, components: Iterable[Component]) -> tuple[str, ...]:
    """The machines that a spec names, else all that fit its facts and take no more than an emulator."""
    layers = tuple(components)
    return spec.machines or tuple(bed.name for bed in BEDS if fits(spec, layers, bed))


def fits(spec: Spec, components: Iterable[Component], bed: Machine) -> bool:
    """Whether a machine is the host of one of the spec's hypervisors, and enters its image."""
    hosts = {
        str(attributes.get("host", ""))
        for component in components
        for fact, attributes in component.serves.items()
        if fact in spec.facts and fact.startswith("hypervisors.")
    }
    return bed.host in hosts and f"boot.{bed.boot}" in spec.facts
