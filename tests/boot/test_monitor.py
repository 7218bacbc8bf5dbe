# SPDX-License-Identifier: BSD-3-Clause
"""Other monitors: their loaders take every image, and where KVM works images boot from their start states."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import yaml

from generator.lab.conformance import need
from generator.lab.conformance.images import Image, build
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Monitor, kvm
from generator.lab.testbed.elf import PT_LOAD, segments
from generator.lab.testbed.monitor import MONITORS
from generator.lab.testbed.monitor.loaders import LINUX64, LOADERS, complaints
from tests.unit.helpers import ROOT

PLATFORMS = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
ON_KVM = [platform for platform in PLATFORMS if platform != "xen-pvh"]


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("cc", ["gcc", "clang"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_loader_takes_every_image(platform: str, cc: str, name: str, bare: BuildImage) -> None:
    assert list(complaints(bare(platform, cc=cc).pvh.read_bytes(), name)) == []


@pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")
@pytest.mark.parametrize("bed", [bed for bed in MONITORS if bed.boot == "pvh"], ids=lambda bed: bed.name)
@pytest.mark.parametrize("platform", ON_KVM)
def test_image_boots_as_under_another_monitor(platform: str, bed: Monitor, bare: BuildImage, tmp_path: Path) -> None:
    module = tmp_path / "module"
    module.write_bytes(bytes(range(256)) * 100)
    outcome = bed.with_options(smp=2).run(bare(platform).pvh, "check=smp:2/20", [module], limit=60)
    assert outcome.end in bed.told, outcome
    assert "check smp: pass" in outcome.text, outcome
    assert "clock kvmclock" in outcome.text, outcome


@pytest.fixture(scope="module")
def by_linux(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """An image for all loaders, also those without PVH that want it above the lowest 2 MiB."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    folder = tmp_path_factory.mktemp("linux64")
    data = yaml.safe_load((ROOT / "platforms/kvm.yaml").read_text())
    data["name"], data["machines"] = "linux64", ["like-crosvm"]
    data["machine"] |= {"boot": ["multiboot", "linux64", "pvh"], "load-mib": 2}
    (folder / "linux64.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    return build(str(folder / "linux64.yaml"), folder / "image")


def test_image_for_linux_s_entry_is_what_its_loaders_take(by_linux: Image) -> None:
    content = by_linux.pvh.read_bytes()
    assert [list(complaints(content, name)) for name in LINUX64 | LOADERS] == [[]] * len(LINUX64 | LOADERS)
    assert min(part.paddr for part in segments(content) if part.type == PT_LOAD) == 2 << 20


@pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")
def test_image_boots_by_linux_s_64_bit_protocol(by_linux: Image, tmp_path: Path) -> None:
    module = tmp_path / "module"
    module.write_bytes(bytes(range(256)) * 100)
    bed = next(bed for bed in MONITORS if bed.boot == "linux64").with_options(smp=2)
    outcome = bed.run(by_linux.pvh, "check=smp:2/20 word", [module], limit=60)
    assert outcome.end == "poweroff", outcome
    for line in ("booted by Linux 64-bit, clock kvmclock", "word 1: [word]", "module: 25600 bytes", "check smp: pass"):
        assert line in outcome.text, outcome
    nowhere = bytearray(by_linux.pvh.read_bytes())
    at = nowhere.index(struct.pack("<I", 0x53726448))  # what the guest compares with
    nowhere[at] ^= 1
    (tmp_path / "nowhere.elf").write_bytes(nowhere)
    outcome = bed.run(tmp_path / "nowhere.elf", limit=60)
    assert "platform: Linux 64-bit: no zero page at 0x7000: header is 0x53726448" in outcome.text, outcome


@pytest.mark.parametrize(
    ("name", "protocol"), [("qemu-microvm", "PVH"), ("qemu-pc-multiboot", "multiboot")], ids=["pvh", "multiboot"]
)
def test_image_with_linux_s_entry_has_the_others_too(by_linux: Image, name: str, protocol: str, tmp_path: Path) -> None:
    """Unikraft makes the multiboot image of the 64-bit one, so both have the ELF header's entry in common."""
    bed = need.ready(name)
    module = tmp_path / "module"
    module.write_bytes(bytes(range(256)) * 100)
    header = by_linux.symbols(name)["elf_entry"]
    assert int.from_bytes(by_linux.fitting(name).read_bytes()[24:28], "little") == header
    outcome = bed.run(by_linux.fitting(name), "word", [module], limit=60)
    assert outcome.end == "poweroff", outcome
    for line in (f"booted by {protocol}, clock TSC", ": [word]", "module: 25600 bytes"):
        assert line in outcome.text, outcome


@pytest.mark.skipif(not kvm.works(), reason="no KVM here, which is nobody's fault")
def test_a_monitor_says_why_it_does_not_start_an_image(tmp_path: Path) -> None:
    (tmp_path / "none.elf").write_bytes(b"no ELF file")
    outcome = MONITORS[0].run(tmp_path / "none.elf")
    assert outcome.end == "failed"
    assert outcome.detail == "linux-loader: not a little-endian 64-bit ELF file"
