# SPDX-License-Identifier: BSD-3-Clause
"""Hosts whose CPUID shows no hypervisor, an unknown one or several: an image takes what it can or says what it saw.

Which one it takes is settled on the host, in tests/fuzz/test_hypervisor.py. QEMU without KVM shows its own name or
none; names side by side take a KVM.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Monitor, Outcome, kvm
from generator.lab.testbed.monitor import MONITORS
from generator.lab.testbed.qemu import MICROVM

HYPERV, KVM, XEN = "Microsoft Hv", "KVMKVMKVM", "XenVMMXenVMM"
BED = next(bed for bed in MONITORS if bed.state == "firecracker")
needs_kvm = pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")


def shows(*names: str) -> Monitor:
    """A machine whose CPUID shows these hypervisors and no other."""
    return BED.with_options(hypervisors=names)


def works(outcome: Outcome, clock: str) -> None:
    assert f"booted by PVH, clock {clock}\n" in outcome.text, outcome
    assert "check sleep: pass" in outcome.text, outcome


def test_image_needs_no_hypervisor_to_be_shown(bare: BuildImage) -> None:
    need.ready(MICROVM.name)
    bed = replace(MICROVM, cpu=f"{MICROVM.cpu},-hypervisor")
    works(bed.run(bare("pvh").pvh, "check=sleep:10", limit=60), "TSC")


@needs_kvm
@pytest.mark.parametrize(
    ("names", "clock"),
    [((), "TSC"), (("Nobody knows",), "TSC"), ((HYPERV,), "TSC"), ((HYPERV, KVM), "kvmclock")],
    ids=["none", "unknown", "Hyper-V", "KVM behind Hyper-V"],
)
def test_image_takes_the_clock_that_is_there(names: tuple[str, ...], clock: str, bare: BuildImage) -> None:
    works(shows(*names).run(bare("pvh").pvh, "check=sleep:10", limit=60), clock)


@needs_kvm
def test_image_finds_xen_behind_hyper_v_and_says_what_it_lacks(bare: BuildImage) -> None:
    outcome = shows(HYPERV, XEN).run(bare("pvh").pvh, limit=60)
    assert "platform: Xen offers no hypercall page\n" in outcome.text, outcome


@needs_kvm
def test_image_for_xen_tells_every_hypervisor_that_it_saw(bare: BuildImage) -> None:
    outcome = shows(HYPERV, KVM).run(bare("xen-pvh").pvh, limit=60)
    places = (("0x40000000", HYPERV), ("0x40000100", KVM))
    seen = [f"CPUID leaf {leaf} shows hypervisor '{name}'\n" for leaf, name in places]
    assert "".join(seen) + "platform: this image runs on Xen only\n" in outcome.text, outcome
