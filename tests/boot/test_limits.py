# SPDX-License-Identifier: BSD-3-Clause
"""How many CPUs and guard pages there is room for: what spec and core say, and an image of any size."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.images import Image, build
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed import Outcome
from generator.lab.testbed.qemu import Qemu

CPU_ENTRY = 24

# A page within each large page of an image of 64 MiB is unmapped; more guard pages than a core has by default.
GUARDS = r"""
#include <bare/check.h>
#include <plat/page_tables.h>

static char large[64 << 20] __attribute__((aligned(2 << 20)));

CHECK(guards, "a guard page in each large page of the image")
{
	unsigned long i;

	large[5] = 7;
	for (i = 4096; i < sizeof(large); i += 2 << 20)
		page_tables_unmap((unsigned long)&large[i]);
	if (large[5] != 7)
		return check_fail("what lies beside a guard page is gone");
	return *(volatile char *)&large[i - (2 << 20)] ? CHECK_FAIL : CHECK_PASS;
}
"""


def boot(image: Image, words: str = "", cpus: int = 1, memory: int = 128) -> Outcome:
    bed = need.ready("qemu-microvm")
    assert isinstance(bed, Qemu)
    return bed.with_options(smp=cpus).run(image.pvh, words, memory_mib=memory)


def table(image: Image) -> int:
    """The bytes of the table of CPUs."""
    lines = subprocess.run(["nm", "-S", str(image.pvh)], capture_output=True, text=True, check=True).stdout
    found = re.search(r"^\S+ (\S+) \S cpus$", lines, re.M)
    assert found, lines
    return int(found[1], 16)


def limited(folder: Path, spec: int, core: int) -> Image:
    """kvm for `spec` CPUs, with a core for `core`."""
    need.tools(gcc="gcc", ld="binutils", make="make")
    text = (ROOT / "platforms" / "kvm.yaml").read_text()
    text, count = re.subn(r"^(  max-cpus: )\d+", rf"\g<1>{spec}", text, flags=re.M)
    assert count == 1
    path = folder / "kvm.yaml"
    path.write_text(text)
    return build(str(path), folder / "build", checks=folder, flags=f"-DCORE_MAX_CPUS={core}")


@pytest.mark.parametrize(("spec", "core"), [(2, 128), (64, 2), (2, 2)])
def test_the_lower_limit_of_spec_and_core_holds(spec: int, core: int, tmp_path: Path) -> None:
    image = limited(tmp_path, spec, core)
    assert table(image) == 2 * CPU_ENTRY
    outcome = boot(image, cpus=4)
    assert outcome.end == "poweroff", outcome
    assert "CPUs: 2 are not used, there is room for 2" in outcome.text
    assert "CPUs: 2 run" in outcome.text


def test_a_core_with_one_cpu_looks_for_no_other(tmp_path: Path) -> None:
    image = limited(tmp_path, 64, 1)
    assert table(image) == CPU_ENTRY
    outcome = boot(image, cpus=4)
    assert outcome.end == "poweroff", outcome
    assert "CPU" not in outcome.text


def test_guard_pages_all_over_a_large_image(tmp_path: Path) -> None:
    need.tools(gcc="gcc", ld="binutils", make="make")
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "guards.c").write_text(GUARDS)
    outcome = boot(build("kvm", tmp_path / "build", checks=checks), "check=guards")
    assert "the pool is empty" not in outcome.text, outcome
    assert re.search(r"page fault: read of 0x[0-9a-f]+, which is not mapped", outcome.text), outcome
    assert outcome.end == "crash"


@pytest.mark.parametrize("kib", [1048, 1100])
def test_ram_that_ends_within_the_image_is_said(kib: int, bare: BuildImage) -> None:
    outcome = need.ready("qemu-microvm").run(bare("kvm").pvh, limit=3, extra=("-m", f"{kib}K"))
    assert "platform: too little RAM, it ends within the image" in outcome.console, outcome


def test_1536_kib_are_enough(bare: BuildImage) -> None:
    outcome = need.ready("qemu-microvm").run(bare("kvm").pvh, extra=("-m", "1536K"))
    assert outcome.end == "poweroff", outcome
    assert "bare: main() at TSC" in outcome.text
