# SPDX-License-Identifier: BSD-3-Clause
"""Mutates everything that the generator reads, and looks at how each run ends.

    make fuzz N=100000 [SEED=1] [JOBS=2]

A case changes specs, manifests, levels, templates, tree manifests, hash files or folders of a small project and
runs one command in a forked process. It must end with exit 0, 1 or 2 within its limits of time and memory, write
nothing outside of the output, and give every error in the usual form, without a character that is not seen.
A case is its number: `make fuzz N=1 SEED=NUMBER` repeats it.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .forked import preload, run
from .judge import fault, listing, trespass
from .mutate import change

SMALL = Path(__file__).parent.parent / "unit/data/small"
TREE, BARE, HASHES = "platforms/small", "build/small-bare", "platforms/small.hashes"
READING = (
    *(["gen", "small", "-n"], ["check"], ["check", "--core", "bare"], ["diff"], ["list"], ["list", "--json"]),
    *(["check", "--format", "json"], ["diff", "--format", "json"], ["explain", "small", "--format", "json"]),
    *(["explain", "small"], ["explain", "small", "machine.c"], ["docs", "-n"], ["schema"]),
)
WRITING: tuple[tuple[list[str], tuple[str, ...]], ...] = (
    (["gen", "small"], (TREE, HASHES)),
    (["gen", "small", "--force"], (TREE, HASHES)),
    (["gen", "small", "-o", "out"], ("out",)),
    (["gen", "small", "--core", "bare"], (BARE, HASHES)),
)
COMMANDS = (*((command, ()) for command in READING), *WRITING)
"""Each with its outputs."""
CASE, KEPT = "case", 1 << 20
"""Name of the folder, and bytes of messages that are looked at."""


class Fault(NamedTuple):
    """A case that did not end as it must."""

    number: int
    command: list[str]
    what: str
    said: str

    def __str__(self) -> str:
        """What is printed."""
        return f"case {self.number}, {' '.join(self.command)}: {self.what}\n{self.said}"


class Project(NamedTuple):
    """Files with what they hold: they are written for each case anew."""

    files: dict[str, bytes]

    @classmethod
    def small(cls, folder: Path) -> Project:
        """The unit tests' small project, with all of its outputs."""
        work = folder / CASE
        shutil.copytree(SMALL, work, ignore=shutil.ignore_patterns("unikraft"))  # only `doctor` reads that
        with open(os.devnull, "wb") as nothing:
            for command, _ in WRITING:
                ended = run(command, work, nothing.fileno())
                assert ended.code == 0, f"{command} ends with exit {ended.code}"
        files = {str(path.relative_to(work)): path.read_bytes() for path in sorted(work.rglob("*")) if path.is_file()}
        shutil.rmtree(work)
        return cls(files)

    def write(self, work: Path) -> None:
        """Make the project's folder."""
        for folder in sorted({os.path.dirname(name) for name in self.files}):
            os.makedirs(work / folder, exist_ok=True)
        for name, data in self.files.items():
            with open(work / name, "wb") as file:
                file.write(data)


def prepare(number: int, project: Project, work: Path) -> tuple[list[str], tuple[str, ...]]:
    """Write the changed project of a case; the command to run there, and its outputs."""
    chance = random.Random(number)
    project.write(work)
    change(work, list(project.files), chance)
    return chance.choice(COMMANDS)


def case(number: int, project: Project, folder: Path) -> Fault | None:
    """Make, run and judge one case in a folder that holds nothing else."""
    work = folder / CASE
    command, outputs = prepare(number, project, work)
    allowed = {
        os.path.relpath(path, folder) for name in outputs for path in (work / name, os.path.realpath(work / name))
    }
    before = listing(folder)
    with open(os.memfd_create("said"), "w+b") as said:
        ended = run(command, work, said.fileno())
        said.seek(0)
        text = said.read(KEPT).decode("utf-8", "backslashreplace")
    what = fault(ended, text) or trespass(before, listing(folder), allowed)
    shutil.rmtree(work)
    return Fault(number, command, what, text[-2000:]) if what else None


def _enter(folder: Path) -> None:
    """Give a worker a folder, which is its home and holds its temporary files, too: all that is written is seen."""
    own = folder / str(os.getpid())
    own.mkdir()
    os.environ.update(HOME=str(own), TMPDIR=str(own), XDG_CACHE_HOME=str(own))
    os.chdir(own)


def _case(project: Project, number: int) -> Fault | None:
    return case(number, project, Path.cwd())


def main(count: int, seed: int, jobs: int = 2) -> int:
    """Run `count` cases; print the faults, in the order of their numbers, and how many there are."""
    preload(SMALL, READING)
    folder = Path(tempfile.mkdtemp(prefix="platgen-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    faults, begin = 0, time.monotonic()
    try:
        project = Project.small(folder)
        with multiprocessing.get_context("fork").Pool(jobs, _enter, (folder,)) as pool:
            ends = pool.imap(partial(_case, project), range(seed, seed + count), 10)
            for done, found in enumerate(ends, 1):
                if found:
                    faults += 1
                    print(found, flush=True)
                if done % 1000 == 0:
                    print(f"{done} cases, {faults} faults, {time.monotonic() - begin:.0f} s", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{count} cases from {seed}, {faults} faults, {1000 * (time.monotonic() - begin) / count:.1f} ms each")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
