# SPDX-License-Identifier: BSD-3-Clause
"""C files of a generated tree as a program of the build host, with a main() that plays the rest of the machine."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from generator.lab.conformance import need
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

NONE: Mapping[str, str] = MappingProxyType({})


def program(
    folder: Path, level: str, sources: Sequence[str], main: str, *options: str, headers: Mapping[str, str] = NONE
) -> Path:
    """These files of xen-pvh's tree for a core level, compiled with `main` and with headers that the core has."""
    need.tools(gcc="gcc")
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs(["xen-pvh"]).or_stop()
    tree = pipeline.render(pipeline.plan(spec, pipeline.levels().or_stop()[level]).or_stop()).or_stop()
    files = {name: tree[name].decode() for name in tree if name.startswith("include/") or name in sources}
    core = {f"core/{name}": text for name, text in headers.items()}
    for name, text in {**files, **core, "main.c": main}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    warnings = ("-Wall", "-Wextra", "-Werror")
    command = ["gcc", *warnings, "-Icore", "-Iinclude", *options, *sources, "main.c", "-o", "program"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "program"


def run(path: Path, *words: str, env: Mapping[str, str] = NONE) -> str:
    """What it prints for these arguments."""
    return subprocess.run([path, *words], capture_output=True, text=True, check=True, env=env).stdout
