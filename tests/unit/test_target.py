# SPDX-License-Identifier: BSD-3-Clause
"""Which machines fit a spec: its facts decide, whatever its layer is called."""

from __future__ import annotations

import pytest

from generator.lab.testbed.target import machines_for, read_target
from generator.load.components import Component
from generator.load.spec import Spec
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

QEMU = ("qemu-microvm", "qemu-pc", "qemu-q35", "qemu-pc-multiboot")
XEN = ("xen-dom0", "xl")


def unnamed(platform: str) -> tuple[Spec, tuple[Component, ...]]:
    """The spec in a layer with another name, without `machines`; the components of its layer."""
    spec = read_target(platform, ROOT).spec
    return spec._replace(machines=(), layers=("mine",)), Pipeline(ROOT).components(spec).or_stop()


@pytest.mark.parametrize(("platform", "machines"), [("kvm", QEMU), ("xen-pvh", XEN), ("pvh", QEMU + XEN)])
def test_facts_choose_the_machines(platform: str, machines: tuple[str, ...]) -> None:
    assert machines_for(*unnamed(platform)) == machines


@pytest.mark.parametrize(("boot", "machines"), [("multiboot", QEMU[3:]), ("pvh", QEMU[:3]), ("uefi", ())])
def test_a_machine_enters_the_image_in_a_way_that_the_spec_names(boot: str, machines: tuple[str, ...]) -> None:
    spec, components = unnamed("kvm")
    assert machines_for(spec._replace(machine={**spec.machine, "boot": (boot,)}), components) == machines


def test_the_hypervisors_alone_say_which_hosts() -> None:
    spec, components = unnamed("pvh")
    for hypervisor, machines in (("xen", XEN), ("kvm", QEMU[:3])):
        facts = {"hypervisors": (hypervisor,), "boot": ("pvh",), "power": ("xen-sched", "acpi")}
        assert machines_for(spec._replace(machine=facts), components) == machines


def test_a_spec_s_own_choice_wins() -> None:
    spec, components = unnamed("kvm")
    assert machines_for(spec._replace(machines=("qemu-q35",)), components) == ("qemu-q35",)
