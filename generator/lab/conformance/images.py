# SPDX-License-Identifier: BSD-3-Clause
"""Bare images of a platform with all checks linked in, each built once for all who ask."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ...diagnostics import BadInput
from .. import ROOT, TOOL
from ..testbed import machine
from ..testbed.ends import Ends
from ..testbed.packages import locked
from ..testbed.target import read_target
from .declare import GUEST


class BuildError(Exception):
    """Generating or compiling failed; the text is what the tool said."""


@dataclass(frozen=True)
class Image:
    """The images of one platform, one for each way of loading."""

    platform: str
    machines: tuple[str, ...]
    """Where it can run."""
    folder: Path
    pvh: Path
    multiboot: Path | None
    ends: Ends = field(default_factory=Ends)
    cpus: int = 255
    """For how many the spec has room."""

    def fitting(self, name: str) -> Path:
        """The image that this machine loads."""
        if machine(name).boot != "multiboot":
            return self.pvh
        assert self.multiboot is not None
        return self.multiboot

    @cached_property
    def _symbols(self) -> dict[Path, dict[str, int]]:
        return {}

    def symbols(self, name: str) -> dict[str, int]:
        """The symbols of the image that this machine loads."""
        image = self.fitting(name)
        if image not in self._symbols:
            lines = [line.split() for line in _do("nm", str(image)).splitlines()]
            self._symbols[image] = {words[2]: int(words[0], 16) for words in lines if len(words) == 3}
        return self._symbols[image]

    def fill(self, pattern: str, name: str, argument: str) -> str:
        """A `says` line with the addresses of the symbols that it names in braces."""

        def address(found: re.Match[str]) -> str:
            value = self.symbols(name).get(found[1])
            if value is None:
                return found[0]
            return f"{value:x}" if found[2] else f"{value:016x}"

        return re.sub(r"\{([A-Za-z_]\w*)(:x)?\}", address, pattern.replace("{argument}", argument))


def build(
    platform: str,
    folder: Path,
    *,
    root: Path = ROOT,
    added: Sequence[Path] = (),
    checks: Path = GUEST,
    cc: str = "gcc",
    flags: str = "",
) -> Image:
    """Generate `platform` (a name or a spec's path) at the bare level into `folder` and compile it.

    `added` holds folders with further layers.
    """
    try:
        spec, machines, ends = read_target(platform, root, added)
    except BadInput as error:
        raise BuildError(str(error)) from None
    name, path = spec.name, spec.document.path
    tree, out = folder / f"{name}-bare", folder / "out"
    stamp = folder / "built"
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        if not stamp.exists():
            command = [sys.executable, "-m", TOOL, "gen", str(path), "--core", "bare", "--root", str(root)]
            command += [word for layers in added for word in ("--templates", str(layers.absolute()))]
            _do(*command, "-o", str(tree), cwd=ROOT)
            make = ["make", "-s", "-j2", "-C", str(tree), f"O={out}", f"CHECKS={checks}", f"CC={cc}"]
            environment = {**os.environ, "CFLAGS": flags} if flags else None
            _do(*make, environment=environment)
            stamp.touch()
    multiboot = out / f"{name}-bare.mb.elf"
    unbootable = [name for name in machines if f"boot.{machine(name).boot}" not in spec.facts]
    if unbootable:
        raise BuildError(f"{path}: machine {unbootable[0]} needs the fact boot.{machine(unbootable[0]).boot}")
    return Image(
        name,
        machines,
        tree,
        out / f"{name}-bare.elf",
        multiboot if multiboot.exists() else None,
        ends,
        int(str(spec.machine.get("max-cpus", 1))) if "cpus" in spec.machine else 1,
    )


def _do(*command: str, cwd: Path | None = None, environment: dict[str, str] | None = None) -> str:
    inherited = {**(environment or os.environ)}
    for variable in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL"):
        inherited.pop(variable, None)
    done = subprocess.run(
        command, cwd=cwd, env=inherited, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()}")
    return done.stdout
