# SPDX-License-Identifier: BSD-3-Clause
"""Runs one command of the generator in a forked process, under limits of time and memory.

A process that starts anew spends five sixths of its time on imports and regular expressions. `preload` does that
once: every case is then forked from a process that has run each command, in another folder, and written nothing.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import pkgutil
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple, NoReturn

import generator
from generator import cli

SECONDS, WAITED, MEMORY = 2, 20, 300 << 20
"""Limits: of the processor's time, of all time (a loaded machine makes it longer), and of bytes."""
PAGE = os.sysconf("SC_PAGE_SIZE")


class Ended(NamedTuple):
    """Exit code (or minus the signal), seconds of the processor's time, most bytes in memory."""

    code: int
    seconds: float
    memory: int


def preload(project: Path, commands: Iterable[list[str]]) -> None:
    """Import the generator, and run commands that write nothing in a copy of a project: as it is, and with errors.

    Nothing is learned of the place where a case runs: it has another path, from here and from the root.
    """
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory(prefix="platgen-warm-") as folder:
        root = Path(folder, "warm")
        shutil.copytree(project, root, symlinks=True)
        for damage in (b"", b"\nunknown: {}\n"):
            for spec in root.glob("platforms/*.yaml"):
                spec.write_bytes(spec.read_bytes() + damage)
            for command in commands:
                with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                    cli.main([*command, "--root", str(root)])
    tempfile.tempdir = None  # to be looked for again
    gc.collect()
    gc.freeze()
    gc.disable()  # as cli.run does


def is_document(command: list[str]) -> bool:
    """Whether a command tells its errors on standard output, in a document for programs."""
    return "--format" in command or "--json" in command


def run(command: list[str], work: Path, said: int) -> Ended:
    """Run a command in the folder `work`; `said` is the handle of what its errors are written to."""
    child = os.fork()
    if child == 0:
        _run(command, work, said)
    _, status, used = os.wait4(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss << 10)


def _run(command: list[str], work: Path, said: int) -> NoReturn:
    code = 3
    try:
        os.chdir(work)
        os.dup2(said if is_document(command) else os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(said, 2)
        sys.stdout, sys.stderr = open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")  # noqa: SIM115
        total, resident = map(int, Path("/proc/self/statm").read_text().split()[:2])
        most = (total - resident) * PAGE + MEMORY
        signal.alarm(WAITED)  # waiting takes no time of the processor
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        code = cli.main(command)
        sys.stderr.flush()
    except BaseException:  # Python ends a process so
        traceback.print_exc()
        sys.stderr.flush()
        code = 1
    finally:
        os._exit(code)
