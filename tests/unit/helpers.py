# SPDX-License-Identifier: BSD-3-Clause
"""What the unit tests share besides fixtures."""

from __future__ import annotations

import importlib
import os
import pkgutil
import resource
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import generator
from generator import cli

SMALL = Path(__file__).parent / "data" / "small"
ROOT = Path(__file__).parent.parent.parent
HEAD = "/* SPDX-License-Identifier: BSD-3-Clause */\n"
VERSIONS = ("int v1;\n", "int v2;\n")
FILES = 30
LARGE = 16 << 20
MEMORY = 300 << 20


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def snapshot(folder: Path) -> dict[str, bytes | str | None]:
    """Every file, link and folder below `folder`."""
    found: dict[str, bytes | str | None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and path.stat().st_size > LARGE:
            found[name] = f"{path.stat().st_size} bytes"
            continue
        found[name] = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found


def set_core(project: Path, text: str) -> None:
    (project / "templates/common/core/core/core.c").write_text(HEAD + text)


def fill(project: Path) -> None:
    """A tree of some size, so that a write takes a while."""
    folder = project / "templates/common/clock-a"
    names = [f"file{i}.c" for i in range(FILES)]
    component = folder / "component.yaml"
    component.write_text(component.read_text().replace("[clock_a.c]", f"[clock_a.c, {', '.join(names)}]"))


def set_version(project: Path, version: str) -> None:
    for i in range(FILES):
        (project / f"templates/common/clock-a/file{i}.c").write_text(HEAD + version)


def gen_in_child(project: Path) -> int:
    """Fork a process that runs gen; its imports are done already, so a kill mostly meets real work."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(cli.main(["gen", "small", "--root", str(project)]))
    return child


def texts(tree: Path) -> set[str]:
    """What the tree's files hold: one text for a whole tree; "" for a file that is not there."""
    files = (tree / f"file{i}.c" for i in range(FILES))
    return {file.read_text().partition("EDIT. */\n")[2] if file.exists() else "" for file in files}


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def platgen(
    command: str, cwd: Path, stdout: int = subprocess.PIPE, environment: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "PLATGEN"))}
    return subprocess.run(
        [sys.executable, "-m", "generator", *shlex.split(command)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        errors="surrogateescape",
        timeout=60,
        check=False,
        preexec_fn=limits,
    )


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root steps down to user nobody, who may not be able to read this checkout: all is imported before."""
    if os.getuid() != 0:
        yield
        return
    own = (module.name for module in pkgutil.walk_packages(generator.__path__, "generator."))
    for module in ("jinja2", "jsonschema_rs", "kconfiglib", *own):
        if not module.endswith("__main__"):
            importlib.import_module(module)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
