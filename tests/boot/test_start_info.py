# SPDX-License-Identifier: BSD-3-Clause
"""A loader of the tests' own: odd processor states, blocks of version 0, memory that must stay as it is.

The odd start_info blocks themselves are cells of the matrix (generator/lab/conformance/odd.py).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.odd import WHOLE
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed.forge import RESERVED, Range, StartInfo, forge, image_end, odd_state
from generator.lab.testbed.qemu import Qemu


@pytest.mark.parametrize("cpu", ["qemu64", "qemu64,+smap"])
def test_odd_processor_state(cpu: str, bare: BuildImage, tmp_path: Path) -> None:
    """A loader leaves flags, FPU and SSE as no compiled code expects them; AC lets SMAP pass."""
    plain = bare("kvm").pvh.read_bytes()
    forged = tmp_path / "forged.elf"
    check = b"smap:write" if "smap" in cpu else b"fresh_state"
    forged.write_bytes(forge(plain, StartInfo(memmap=WHOLE, cmdline=b"check=" + check), before=odd_state(0x80000)))
    machine = need.ready("qemu-microvm")
    assert isinstance(machine, Qemu)
    outcome = machine.with_options(cpu=cpu).run(forged)
    if "smap" in cpu:
        assert outcome.end == "crash", outcome
        assert "exception 14: #PF page fault" in outcome.text, outcome
    else:
        assert "check fresh_state: pass" in outcome.text, outcome


def test_version_0_asks_xen(bare: BuildImage, tmp_path: Path) -> None:
    forged = tmp_path / "forged.elf"
    forged.write_bytes(forge(bare("xen-pvh").pvh.read_bytes(), StartInfo(version=0, cmdline=b"check=memory_touch")))
    outcome = need.ready("xen-dom0").run(forged)
    assert outcome.end == "poweroff", outcome.text + outcome.log[-2000:]
    assert "check memory_touch: pass" in outcome.text


def test_reserved_memory_stays_untouched(bare: BuildImage, tmp_path: Path) -> None:
    """The host looks into the guest's memory afterwards: all free pages were used, no reserved one."""
    plain = bare("kvm").pvh.read_bytes()
    pattern, kept = bytes(range(1, 252)) * 261, 0x2000000
    memmap = [Range(0, 0xA0000), Range(0x100000, 0x3F00000), Range(kept, len(pattern), RESERVED)]
    info = StartInfo(memmap=memmap, cmdline=b"check=memory_touch")
    forged, ram = tmp_path / "forged.elf", tmp_path / "ram"
    forged.write_bytes(forge(plain, info, {kept: pattern}, at=image_end(plain) + 0x100000))
    backend = f"memory-backend-file,id=ram,size=64M,mem-path={ram},share=on"
    outcome = need.ready("qemu-microvm").run(forged, extra=("-object", backend, "-machine", "memory-backend=ram"))
    assert "check memory_touch: pass" in outcome.text
    content = ram.read_bytes()
    assert content[kept : kept + len(pattern)] == pattern
    free = re.findall(r"^memory: (\w+)-(\w+) RAM$", outcome.text, re.M)
    assert len(free) == 3
    for start, end in free:
        for page in range(int(start, 16), int(end, 16), 0x1000):
            assert any(content[page : page + 0x1000]), f"page {page:x} was not touched"
