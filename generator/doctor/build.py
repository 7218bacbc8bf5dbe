# SPDX-License-Identifier: BSD-3-Clause
"""Compiles all that the configurations build, ours and the checkout's, by the checkout's own commands.

Only objects are made, in a temporary folder; `symbols` reads them.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count as counter
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ..diagnostics import Location
from .checkout import Checkout
from .config import Configuration
from .make import Platform, Question, Source, shorter
from .report import Check, Result, counted, several

BOTH = "the tree may be for another core level, or the checkout may have moved on from the release it names"
STRICT = (  # what newer compilers refuse by themselves
    "-Werror=implicit-function-declaration", "-Werror=implicit-int", "-Werror=int-conversion",
    "-Werror=incompatible-pointer-types",
)  # fmt: skip


class Compiled(NamedTuple):
    """What the compiler says of one source (empty: nothing wrong), and what it made of it."""

    source: Source
    errors: tuple[str, ...]
    output: Path
    place: Location | None = None
    """Of the first error."""


class Build(NamedTuple):
    """Everything that one configuration builds."""

    config: Configuration
    results: tuple[Compiled, ...]
    lacks: tuple[str, ...]

    @property
    def failed(self) -> tuple[Compiled, ...]:
        """What does not compile."""
        return tuple(result for result in self.results if result.errors)


def examine(
    checkout: Checkout, ours: Platform, asked: Iterable[Question], told: Callable[[int], None]
) -> Result[tuple[Build, ...]]:
    """Compile all configurations; the check says what does not compile, and what no configuration builds.

    After each file it is `told` how many there were.
    """
    numbers = counter(1)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [
            [pool.submit(compile_, source, question.config.folder) for source in question.sources] for question in asked
        ]
        for job in (job for jobs in running for job in jobs):
            job.add_done_callback(lambda _: told(next(numbers)))
        builds = tuple(
            Build(question.config, tuple(job.result() for job in jobs), question.lacks)
            for question, jobs in zip(asked, running, strict=True)
        )
    return Result(builds, (_check(checkout, ours, builds),))


def _check(checkout: Checkout, ours: Platform, builds: tuple[Build, ...]) -> Check:
    compiled = {source.path: source for build in reversed(builds) for source, *_ in build.results}
    compiler = next(iter(compiled.values())).command[0]
    how = f"{compiler}, {' and '.join(f'with {build.config.origin}' for build in builds)}"
    failed = {result.source.path for build in builds for result in build.failed}
    if failed:
        text = f"{len(failed)} of {counted(len(compiled), 'file')} do not compile: {how}"
        found = dict(_grouped(builds, checkout))
        return Check("headers", "problem", text, tuple(found), BOTH, {line: at for line, at in found.items() if at})
    idle = sorted(path.name for path in ours.folder.glob("*.[cS]") if path not in compiled)
    if idle and not builds[0].config.is_given:
        text = f"no configuration builds {several(idle)}: {how}"
        return Check("headers", "problem", text, tuple(idle), "Makefile.uk says when a file is built")
    count = sum(source.is_ours for source in compiled.values())
    text = f"{'' if idle else 'all '}{counted(count, 'file')} of the platform and {len(compiled) - count} of Unikraft's"
    text += f" compile: {how}"
    text += f" (not built in this configuration: {', '.join(idle)})" if idle else ""
    return Check("headers", "ok", text)


def _grouped(builds: tuple[Build, ...], checkout: Checkout) -> Iterator[tuple[str, Location | None]]:
    """The first error of each source; the same one in several sources or configurations comes once."""
    by_error: dict[str, list[str]] = {}
    places: dict[str, Location | None] = {}
    seen: set[Path] = set()
    for result in (result for build in builds for result in build.failed):
        if result.source.path in seen:
            continue
        seen.add(result.source.path)
        name = result.source.path.name
        fault = result.errors[0].replace(f"{checkout.path}/", "")
        places.setdefault(fault, result.place)
        by_error.setdefault(fault, []).append("" if fault.startswith(f"{name}:") else name)
    for fault, names in by_error.items():
        yield f"{several(names)}: {fault}".removeprefix(": "), places[fault]


def compile_(source: Source, work: Path, *more: str) -> Compiled:
    """Compile one source. A linker script is preprocessed only."""
    place = crc32(bytes(source.path))  # a library may have two sources of one name
    output = work / "platgen" / source.library / f"{source.path.stem}.{place:08x}.{source.variant or 'plain'}.o"
    output.parent.mkdir(parents=True, exist_ok=True)
    if not source.path.is_file():
        return Compiled(source, (f"{source.path.name}: there is no such file in {source.path.parent}",), output)
    how: dict[str, tuple[str, ...]] = {
        "c": ("-fno-lto", *(STRICT if source.is_ours else ()), "-c"),
        "S": ("-c",),
        "lds": ("-E", "-P", "-x", "assembler-with-cpp"),
    }
    command = [*source.command, *how[source.kind], *more, "-o", str(output), str(source.path)]
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
    lines = lines or [f"{source.path.name}: {source.command[0]} fails without a message"]
    errors = tuple(shorter(line, source.path.parent, work) for line in lines) if done.returncode else ()
    found = re.match(r"(/?[^\s:]+):(\d+):", lines[0]) if done.returncode else None
    return Compiled(source, errors, output, Location(work / found[1], int(found[2])) if found else None)
