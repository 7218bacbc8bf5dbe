# SPDX-License-Identifier: BSD-3-Clause
"""Time by counted instructions (1 instruction = 1 ns): exact on a machine of any load."""

from __future__ import annotations

import re

import pytest

from tests.testbed import need

from .conftest import BuildImage

MACHINES = [("kvm", "qemu-pc"), ("kvm", "qemu-q35"), ("kvm", "qemu-microvm"), ("xen-pvh", "xen-dom0")]
MILLISECONDS = (1, 10, 300)


@pytest.mark.parametrize(("platform", "machine"), MACHINES)
def test_sleeps_are_exact(platform: str, machine: str, bare: BuildImage) -> None:
    """No sleep is short, none is late by more than 0.2 ms and 200 ppm, which is what the TSC's rate may be off."""
    image = bare(platform)
    words = " ".join(f"check=sleep:{span}" for span in MILLISECONDS)
    outcome = need.ready(machine).run(image.pvh, words, limit=60, extra=("-icount", "shift=0,sleep=off"))
    took = [int(nsec) for nsec in re.findall(r"the best sleep took (\d+) ns", outcome.text)]
    assert len(took) == len(MILLISECONDS), outcome.text + outcome.log[-2000:]
    for span, nsec in zip(MILLISECONDS, took, strict=True):
        late = nsec - span * 1_000_000
        assert 0 <= late <= 200_000 + span * 200, f"{span} ms took {nsec} ns"
