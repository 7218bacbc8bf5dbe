# SPDX-License-Identifier: BSD-3-Clause
"""What `platgen runfile` prints for QEMU starts a platform's image, with every device that it can ask for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.conformance.plugin import BuildImage


def test_qemu_starts_the_image_with_all_devices(bare: BuildImage, tmp_path: Path) -> None:
    need.ready("qemu-microvm")
    disk, initrd, share = tmp_path / "a, 'disk", tmp_path / "an,initrd", tmp_path / "a share"
    disk.write_bytes(bytes(1 << 20))
    initrd.write_bytes(b"x" * 5)
    share.mkdir()
    call = [sys.executable, "-m", "generator", "runfile", "kvm", "--for", "qemu", "--image", str(bare("kvm").pvh)]
    call += ["--cmdline", "name 'a' \"two  words\" $x", "--initrd", str(initrd), "--cpus", "2", "--memory", "48"]
    call += ["--net", "user", "--disk", str(disk), "--share", str(share)]
    script = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert script.count(" -accel kvm ") == 1
    script = script.replace(" -accel kvm ", " ")  # the same everywhere, whatever a host's KVM is like
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "word 1: [a]\nword 2: [two  words]\nword 3: [$x]\n" in done.stdout
    assert "module: 5 bytes" in done.stdout
