# SPDX-License-Identifier: BSD-3-Clause
"""Builds the stub guest (start.S, stub.c): PVH ELF64 and multiboot ELF32."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.lab.testbed.outcome import TestbedError

HERE = Path(__file__).parent
# One C file for both; GCC's 32-bit output is assembled again as 64-bit ELF.
C_FLAGS = ("-m32", "-march=i686", "-mno-sse", "-O2", "-Wall", "-Wextra", "-Werror", "-ffreestanding")
NO_EXTRAS = ("-fno-pic", "-fno-stack-protector", "-fcf-protection=none", "-fno-asynchronous-unwind-tables")
LD_FLAGS = ("-static", "-nostdlib", "-z", "max-page-size=4096", "--no-warn-rwx-segments")


def build(folder: Path, cc: str = "gcc") -> tuple[Path, Path]:
    """(PVH image, multiboot image), written to `folder`."""
    pvh, multiboot = folder / "stub.elf", folder / "stub.mb.elf"
    assembly = folder / "stub.s"
    _do(cc, *C_FLAGS, *NO_EXTRAS, "-S", "-o", assembly, HERE / "stub.c")
    assembly.write_text(".code32\n" + assembly.read_text())
    _image(folder, cc, pvh, ("-m64",), "elf_x86_64")
    _image(folder, cc, multiboot, ("-m32", "-DMULTIBOOT"), "elf_i386")
    return pvh, multiboot


def _image(folder: Path, cc: str, target: Path, flags: tuple[str, ...], emulation: str) -> None:
    objects = []
    for source in (HERE / "start.S", folder / "stub.s"):
        objects.append(folder / f"{source.stem}{flags[0]}.o")
        _do(cc, *flags, "-c", "-o", objects[-1], source)
    _do("ld", "-m", emulation, "-T", HERE / "stub.lds", *LD_FLAGS, "-o", target, *objects)


def _do(*command: object) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise TestbedError(f"{command[0]}: {done.stderr.strip()}")
