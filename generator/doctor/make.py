# SPDX-License-Identifier: BSD-3-Clause
"""Asks the checkout's Makefile how it would compile everything that a configuration builds (doctor.mk is the question).

The sources and headers that the build makes by script (the list of libraries, of system calls) are made by the
checkout's own rules too, in a temporary folder.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Literal, NamedTuple

from ..reading import read_any
from .checkout import Checkout
from .config import Configuration
from .report import Check, Result

MAKEFILE = Path(__file__).with_name("doctor.mk")
CONFIG_HEADER = "include/uk/bits/config.h"


class Platform(NamedTuple):
    """The platform as the build sees it: the folder of its tree, and its library."""

    folder: Path
    library: str


class Source(NamedTuple):
    """One source of a library and the command that would compile it, without its end."""

    library: str
    path: Path
    variant: str
    command: tuple[str, ...]
    is_ours: bool

    @property
    def kind(self) -> str:
        """`c`, `S`, or `lds` for a linker script; empty for what is no part of an image."""
        suffix = self.path.suffix[1:]
        is_script = suffix == "ld" or self.path.name.endswith(".lds.S")
        return "lds" if is_script else suffix if suffix in ("c", "S") else ""


class Question(NamedTuple):
    """What make said of one configuration: all sources, and the functions that make files of the tree call in vain."""

    config: Configuration
    sources: tuple[Source, ...]
    lacks: tuple[str, ...]


def ask(checkout: Checkout, ours: Platform, config: Configuration) -> Result[Question]:
    """The sources of this configuration; the check says why there are none.

    Where libraries of the configuration are absent, those that build on them cannot be compiled: only ours is.
    """
    make = shutil.which("make")
    compiler = os.environ.get("COMPILER") or next((name for name in ("gcc", "clang") if shutil.which(name)), None)
    if not make or not compiler:
        return _none("skipped", f"{'neither gcc nor clang' if make else 'no GNU make'} is installed")
    done = _run(make, compiler, checkout, ours, config)
    sources, lacks = [], []
    for line in done.stdout.splitlines():
        if line.startswith("platgen|"):
            _, library, path, variant, command, flags = line.split("|", 5)
            is_ours = Path(path).is_relative_to(ours.folder)
            source = Source(library, Path(path), variant, tuple(shlex.split(f"{command} {flags}")), is_ours)
            if source.kind and (library == ours.library or not config.absent):
                sources.append(source)
        elif line.startswith("platgen-lacks|"):
            lacks.append(line.partition("|")[2])
    if done.returncode or not any(source.library == ours.library for source in sources):
        errors = [line for line in done.stderr.splitlines() if "***" in line] or done.stderr.splitlines()[-1:]
        text = f"the checkout's Makefile does not say how it builds {ours.library}"
        return _none("problem", text, *(shorter(line, ours.folder, checkout.path) for line in errors))
    if not shutil.which(sources[0].command[0]):
        return _none("skipped", f"{sources[0].command[0]} is not installed, and the checkout's Makefile needs it")
    return Result(Question(config, tuple(sources), tuple(lacks)))


def _none(verdict: Literal["problem", "skipped"], text: str, *details: str) -> Result[Question]:
    return Result(None, (Check("headers", verdict, text, details),))


def _run(
    make: str, compiler: str, checkout: Checkout, ours: Platform, config: Configuration
) -> subprocess.CompletedProcess[str]:
    work = config.folder
    header = work / CONFIG_HEADER
    header.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(config.header, header)
    shutil.copy(config.dotconfig, work / "config")
    environment = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    text = b"\n".join(read_any(path) for path in sorted(ours.folder.glob("*.uk"))).decode(errors="replace")
    variables = {
        "sub_make_exec": "1", "CONFIG_UK_BASE": checkout.path, "O": work, "C": config.dotconfig, "P": ours.folder,
        "COMPILER": compiler, "PLATGEN_LIBRARY": ours.library,
        "PLATGEN_CALLS": " ".join(dict.fromkeys(re.findall(r"\$\(call (\w+)", text))),
    }  # fmt: skip
    command = [make, "-s", "-C", str(work), "-f", str(MAKEFILE), "platgen"]
    command += [word for target in (header, "prepare", "preprocess") for word in ("-o", str(target))]
    return subprocess.run(  # noqa: S603 - the checkout is the user's, who is going to build it
        [*command, *(f"{name}={value}" for name, value in variables.items())],
        env={**environment, "GIT_OPTIONAL_LOCKS": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        umask=0o022,
        check=False,
    )


def shorter(line: str, *folders: Path) -> str:
    """A message without the folders that everybody knows."""
    for folder in folders:
        line = line.replace(f"{folder}/", "")
    return line.strip()
