# SPDX-License-Identifier: BSD-3-Clause
"""How long a QEMU machine runs before it enters a PVH image: firmware, which differs between releases of QEMU."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from .elf import PT_LOAD, pvh_entry, segments
from .outcome import TestbedError
from .qemu import Qemu


def stopped_at_entry(image: bytes) -> bytes:
    """The same image, but its first instructions print the TSC and stop."""
    content = bytearray(image)
    _, entry = pvh_entry(image)
    home = next(s for s in segments(image) if s.type == PT_LOAD and s.paddr <= entry < s.paddr + s.filesz)
    code = bytes.fromhex("0f31 89c6 89d7 66baf803")  # rdtsc; mov esi, eax; mov edi, edx; mov dx, 0x3f8
    for half in ("89fb", "89f3"):  # mov ebx, edi; mov ebx, esi: eight hexadecimal digits of each
        code += bytes.fromhex(half + "b908000000 c1c304 88d8 240f 0430 3c39 7602 0427 ee 49 75ed")
    code += bytes.fromhex("b00a ee 66ba0105 b000 ee fa f4 ebfd")  # line end; port 0x501; halt
    at = home.offset + entry - home.paddr
    content[at : at + len(code)] = code
    return bytes(content)


def entry_tsc(bed: Qemu, image: Path) -> int:
    """The TSC at the image's first instruction, on a machine that counts instructions (icount)."""
    with tempfile.TemporaryDirectory(prefix="testbed-") as folder:
        stopped = Path(folder) / "stopped.elf"
        stopped.write_bytes(stopped_at_entry(image.read_bytes()))
        outcome = bed.run(stopped)
    if not re.fullmatch(r"[0-9a-f]{16}\n", outcome.console):
        raise TestbedError(f"{bed.name} did not enter the image: {outcome.end}, {outcome.console!r}")
    return int(outcome.console, 16)
