# SPDX-License-Identifier: BSD-3-Clause
"""Asks the checkout's Makefile how it would compile our sources, and lets the compiler read them.

doctor.mk is the question. The headers that the build makes by script (the list of libraries, of
system calls) are made by the checkout's own rules too, in a temporary folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from .checkout import Checkout
from .config import Configuration
from .report import Check, counted, several

MAKEFILE = Path(__file__).with_name("doctor.mk")
CONFIG_HEADER = "include/uk/bits/config.h"
BOTH = "the tree may be for another core level, or the checkout may have moved on from the release it names"
STRICT = (  # what newer compilers refuse by themselves
    "-Werror=implicit-function-declaration", "-Werror=implicit-int", "-Werror=int-conversion",
    "-Werror=incompatible-pointer-types",
)  # fmt: skip


class Source(NamedTuple):
    """One source of the platform's library and the command that would compile it, without its end."""

    path: Path
    variant: str
    command: tuple[str, ...]
    is_ours: bool

    @property
    def kind(self) -> str:
        """`c`, `S` or `lds`."""
        return "lds" if self.path.name.endswith(".lds.S") else self.path.suffix[1:]


class Compiled(NamedTuple):
    """What the compiler says of one source (empty: nothing wrong), and what it made of it."""

    source: Source
    errors: tuple[str, ...]
    output: Path


class Build(NamedTuple):
    """All sources, read by the compiler in this configuration."""

    results: tuple[Compiled, ...]
    work: Path


class NoBuildError(Exception):
    """Why the sources cannot be compiled here, and whether that is the platform's fault."""

    def __init__(self, why: str, *details: str, is_problem: bool = False) -> None:
        """Say it."""
        super().__init__(why)
        self.check = Check("headers", "problem" if is_problem else "skipped", why, details)


def examine(
    checkout: Checkout, tree: Path, library: str, config: Configuration, work: Path, busy: Callable[[str], None]
) -> tuple[Build | None, Check]:
    """The check of all sources against the checkout's headers."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rest = config.more and pool.submit(_sources, checkout, tree, library, config.more, work / "more")
        try:
            sources = _sources(checkout, tree, library, config, work)
        except NoBuildError as error:
            return None, error.check
        known = {source.path for source in sources}
        more: list[Source] = []
        if rest:
            with contextlib.suppress(NoBuildError):  # then they are named as not built
                more = [source for source in rest.result() if source.path not in known]
        busy(f"compiling {counted(len(sources + more), 'file')}")
        results = tuple(pool.map(lambda source: compile_(source, work), sources + more))
    idle = sorted(path.name for path in tree.glob("*.[cS]") if path not in {r.source.path for r in results})
    how = f"{sources[0].command[0]} with {config.origin}"
    if config.more and more:
        how += f", {several([source.path.name for source in more])} with {config.more.origin}"
    failed = [result for result in results if result.errors]
    if failed:
        text = f"{len(failed)} of {counted(len(results), 'file')} do not compile by {how}"
        return Build(results, work), Check("headers", "problem", text, _grouped(failed, checkout), BOTH)
    ours = sum(result.source.is_ours for result in results)
    text = f"{counted(ours, 'file')} of ours and {len(results) - ours} of the checkout's that they build on pass {how}"
    text += f" (not built in this configuration: {', '.join(idle)})" if idle else ""
    return Build(results, work), Check("headers", "ok", text)


def _grouped(failed: Iterable[Compiled], checkout: Checkout) -> tuple[str, ...]:
    """The first error of each source; the same one in several is said once."""
    by_error: dict[str, list[str]] = {}
    for result in failed:
        name = result.source.path.name
        fault = result.errors[0].replace(f"{checkout.path}/", "")
        by_error.setdefault(fault, []).append("" if fault.startswith(f"{name}:") else name)
    return tuple(f"{several(names)}: {fault}".removeprefix(": ") for fault, names in by_error.items())


def _sources(checkout: Checkout, tree: Path, library: str, config: Configuration, work: Path) -> list[Source]:
    make = shutil.which("make")
    wanted = os.environ.get("COMPILER") or next((name for name in ("gcc", "clang") if shutil.which(name)), None)
    if not make or not wanted:
        raise NoBuildError(f"there is no {'gcc and no clang' if make else 'GNU make'} here")
    header = work / CONFIG_HEADER
    header.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(config.header, header)
    shutil.copy(config.dotconfig, work / "config")
    environment = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    variables = {
        "sub_make_exec": "1", "CONFIG_UK_BASE": checkout.path, "O": work, "C": config.dotconfig, "P": tree,
        "COMPILER": wanted, "PLATGEN_LIBRARY": library,
    }  # fmt: skip
    command = [make, "-s", "-C", str(work), "-f", str(MAKEFILE), "platgen"]
    command += [word for target in (header, "prepare", "preprocess") for word in ("-o", str(target))]
    done = subprocess.run(  # noqa: S603 - the checkout is the user's, and he is going to build it
        [*command, *(f"{name}={value}" for name, value in variables.items())],
        env={**environment, "GIT_OPTIONAL_LOCKS": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        umask=0o022,
        check=False,
    )
    sources = []
    for line in done.stdout.splitlines():
        if line.startswith("platgen|"):
            _, path, variant, compiler, flags = line.split("|", 4)
            is_ours = Path(path).is_relative_to(tree)
            sources.append(Source(Path(path), variant, tuple(shlex.split(f"{compiler} {flags}")), is_ours))
    if done.returncode or not sources:
        errors = [line for line in done.stderr.splitlines() if "***" in line] or done.stderr.splitlines()[-1:]
        text = f"the checkout's Makefile cannot say how it builds {library}"
        raise NoBuildError(text, *(_shorter(line, tree, checkout.path) for line in errors), is_problem=True)
    if not shutil.which(sources[0].command[0]):
        raise NoBuildError(f"there is no {sources[0].command[0]}, which the checkout's Makefile wants, here")
    return sources


def compile_(source: Source, work: Path, *more: str) -> Compiled:
    """Let the compiler read one source. Assembly is assembled, a linker script only preprocessed."""
    name = f"{source.path.name}.{source.variant or 'plain'}"
    output = work / "platgen" / name
    output.parent.mkdir(exist_ok=True)
    if not source.path.is_file():
        return Compiled(source, (f"{source.path.name}: there is no such file in {source.path.parent}",), output)
    how: dict[str, Iterable[str]] = {
        "c": ("-fsyntax-only", *(STRICT if source.is_ours else ())),
        "S": ("-c", "-o", str(output)),
        "lds": ("-E", "-P", "-x", "assembler-with-cpp", "-o", str(output)),
    }
    command = [*source.command, *more, *how[source.kind], str(source.path)]
    done = subprocess.run(  # noqa: S603 - the build's own command
        command,
        env={**os.environ, "LC_ALL": "C"},
        cwd=work,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = done.stderr.splitlines()
    lines = [line for line in said if re.search(r"\b(error|Error):", line)] or said[:1]
    lines = lines or [f"{source.path.name}: {source.command[0]} fails without a word"]
    errors = tuple(_shorter(line, source.path.parent, work) for line in lines) if done.returncode else ()
    return Compiled(source, errors, output)


def _shorter(line: str, *folders: Path) -> str:
    """A message without the folders that everybody knows."""
    for folder in folders:
        line = line.replace(f"{folder}/", "")
    return line.strip()
