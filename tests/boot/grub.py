# SPDX-License-Identifier: BSD-3-Clause
"""QEMU's pc with a disc that GRUB boots: the multiboot loader that people use."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.lab.testbed.outcome import TestbedError
from generator.lab.testbed.qemu import Qemu

PACKAGES = {
    "grub-mkrescue": "grub-common",
    "xorriso": "xorriso",
    "mformat": "mtools",
}
MODULES = Path("/usr/lib/grub/i386-pc")
"""GRUB's own, for a PC's BIOS; Debian package grub-pc-bin."""


def disc(image: Path, folder: Path, cmdline: str = "", modules: Sequence[Path] = ()) -> Path:
    """An ISO image whose GRUB loads `image` by multiboot at once."""
    root, iso = folder / "disc", folder / "disc.iso"
    (root / "boot" / "grub").mkdir(parents=True)
    shutil.copy(image, root / "boot" / "image")
    lines = ["set timeout=0", "menuentry guest {", f"\tmultiboot /boot/image {cmdline}"]
    for number, module in enumerate(modules):
        shutil.copy(module, root / "boot" / f"module{number}")
        lines.append(f"\tmodule /boot/module{number} words of module {number}")
    (root / "boot" / "grub" / "grub.cfg").write_text("\n".join([*lines, "}", ""]))
    made = subprocess.run(
        ["grub-mkrescue", "-d", str(MODULES), "-o", str(iso), str(root)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise TestbedError(f"grub-mkrescue: {made.stderr.strip()[-400:]}")
    return iso


@dataclass(frozen=True)
class GrubPc(Qemu):
    """Boots a disc instead of an image; the words and modules stand on it."""

    def command(self, image: Path, cmdline: str, modules: Sequence[Path], memory_mib: int) -> list[str]:
        command = super().command(image, cmdline, modules, memory_mib)
        command[command.index("-kernel")] = "-cdrom"
        return command


GRUB = GrubPc("qemu-pc-grub", "pc")
