# SPDX-License-Identifier: BSD-3-Clause
"""The bare image of a platform, which needs no Unikraft: its tree in `build/`, compiled by the tree's own Makefile."""

from __future__ import annotations

from pathlib import Path

from .. import commands
from ..diagnostics import shown_path, stop
from ..formats.images import built
from ..load.spec import Spec
from ..pipeline import Pipeline
from ..progress import Phase
from ..reading import read_any
from ..unikraft.command import Image
from ..unikraft.faults import faults
from ..unikraft.make import call

LEVEL = "bare"


def bare_image(pipeline: Pipeline, spec: Spec, platform: str, output: Path | None, jobs: int) -> Image:
    """Generate and compile; the image for PVH. Raises BadInput where there is none."""
    folder = pipeline.places.tree(spec, LEVEL, output).absolute()
    commands.write_tree(pipeline, platform, LEVEL, folder)
    out = folder / "build"
    out.mkdir(exist_ok=True)
    log = out / "make.log"
    with Phase(f"compiling the bare image of {spec.name}") as phase:
        is_made = call(("make", "-s", f"-j{jobs}", "-C", str(folder)), log)
    if not is_made:
        stop(faults(read_any(log).decode(errors="replace").splitlines(), folder, f"whole log: {shown_path(log)}"))
    image = out / f"{spec.name}-{LEVEL}.elf"
    return Image(spec, image, built(spec.name, LEVEL, folder, image, log, phase.seconds))
