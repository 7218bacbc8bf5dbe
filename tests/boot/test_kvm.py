# SPDX-License-Identifier: BSD-3-Clause
"""KVM is used where it works and missed nowhere."""

from __future__ import annotations

import pytest

from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import kvm, machine, with_kvm
from generator.lab.testbed.monitor import MONITORS
from generator.lab.testbed.qemu import UNDER_KVM, Qemu

PLAIN = ("qemu-microvm", "qemu-pc", "xl")


@pytest.mark.parametrize(
    ("works", "emulates", "more"),
    [(False, False, ()), (True, True, ("qemu-microvm-kvm",)), (True, False, ("qemu-microvm-kvm", "qemu-pc-kvm"))],
    ids=["none", "emulating", "real"],
)
def test_machines_are_doubled_where_kvm_works(
    works: bool, emulates: bool, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kvm, "works", lambda: works)
    monkeypatch.setattr(kvm, "emulates", lambda: emulates)
    monitors = tuple(bed.name for bed in MONITORS if bed.boot == "pvh") if works else ()
    assert with_kvm(PLAIN) == (*PLAIN, *more, *monitors)


def test_a_machine_that_needs_kvm_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kvm, "works", lambda: False)
    assert machine("qemu-pc-kvm").missing()[-1] == "a KVM that works (/dev/kvm)"


@pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")
@pytest.mark.parametrize("bed", UNDER_KVM, ids=lambda bed: bed.name)
def test_every_machine_boots_under_kvm(bed: Qemu, bare: BuildImage) -> None:
    """Two CPUs, which know each other; firmware alone takes ten seconds where KVM emulates."""
    image = bare("kvm").multiboot if bed.multiboot else bare("kvm").pvh
    assert image
    outcome = bed.with_options(smp=2).run(image, "check=smp:2/20", limit=120)
    assert outcome.end == "poweroff", outcome
    assert "check smp: pass" in outcome.text, outcome
