# SPDX-License-Identifier: BSD-3-Clause
"""The stub as Xen's PVH dom0."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance import need

from .conftest import Stub
from .test_testbed_qemu import byte_sum


@pytest.mark.parametrize(
    ("wish", "end"),
    [
        ("poweroff", "poweroff"),
        ("reboot", "reboot"),
        ("crash", "crash"),
        ("triple", "triple-fault"),
        ("watchdog", "watchdog"),
    ],
)
def test_dom0_end(wish: str, end: str, guest: Stub) -> None:
    outcome = need.ready("xen-dom0").run(guest.pvh, f"end={wish}")
    assert outcome.end == end, outcome.detail
    assert outcome.console.startswith("stub: hello from Xen\npvh version 0 flags 3 ")
    assert outcome.console.endswith(f"words end={wish}\nstub: end\n")
    assert "(XEN) Xen version" in outcome.log


def test_dom0_words_and_module(guest: Stub, tmp_path: Path) -> None:
    module = tmp_path / "module"
    module.write_bytes(bytes(range(256)) * 9)
    outcome = need.ready("xen-dom0").run(guest.pvh, 'end=poweroff "a  b"', [module], memory_mib=32)
    assert f"size {256 * 9:x} sum {byte_sum(module.read_bytes()):x}" in outcome.text
    assert 'words end=poweroff "a  b"\n' in outcome.text


def test_dom0_that_hangs_ends_at_its_limit(guest: Stub) -> None:
    outcome = need.ready("xen-dom0").run(guest.pvh, "end=spin", limit=2.0)
    assert outcome.end == "timeout"
    assert outcome.text.endswith("stub: end\n")


def test_dom0_that_xen_refuses_fails_with_xens_reason(tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(b"nothing to boot")
    outcome = need.ready("xen-dom0").run(image)
    assert outcome.end == "failed"
    assert "Panic" in outcome.detail
