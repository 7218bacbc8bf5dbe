# SPDX-License-Identifier: BSD-3-Clause
"""Other monitors: their loaders take every image, and where KVM works images boot from their start states."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Monitor, kvm
from generator.lab.testbed.monitor import MONITORS
from generator.lab.testbed.monitor.loaders import LOADERS, complaints
from tests.unit.helpers import ROOT

PLATFORMS = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
ON_KVM = [platform for platform in PLATFORMS if platform != "xen-pvh"]


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("cc", ["gcc", "clang"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_loader_takes_every_image(platform: str, cc: str, name: str, bare: BuildImage) -> None:
    assert list(complaints(bare(platform, cc=cc).pvh.read_bytes(), name)) == []


@pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")
@pytest.mark.parametrize("bed", MONITORS, ids=lambda bed: bed.name)
@pytest.mark.parametrize("platform", ON_KVM)
def test_image_boots_as_under_another_monitor(platform: str, bed: Monitor, bare: BuildImage, tmp_path: Path) -> None:
    module = tmp_path / "module"
    module.write_bytes(bytes(range(256)) * 100)
    outcome = bed.with_options(smp=2).run(bare(platform).pvh, "check=smp:2/20", [module], limit=60)
    assert outcome.end in bed.told, outcome
    assert "check smp: pass" in outcome.text, outcome
    assert "clock kvmclock" in outcome.text, outcome


@pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")
def test_a_monitor_says_why_it_does_not_start_an_image(tmp_path: Path) -> None:
    (tmp_path / "none.elf").write_bytes(b"no ELF file")
    outcome = MONITORS[0].run(tmp_path / "none.elf")
    assert outcome.end == "failed"
    assert outcome.detail == "linux-loader: not a little-endian 64-bit ELF file"
