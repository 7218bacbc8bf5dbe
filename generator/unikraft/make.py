# SPDX-License-Identifier: BSD-3-Clause
"""Unikraft's make: how it is called, so that it writes to the build folder alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Heard = Callable[[str], None]
"""Told each line of make's as it comes."""


class Order(NamedTuple):
    """One image to be made: of what, and where to."""

    checkout: Path
    app: Path
    tree: Path
    """The platform's."""
    out: Path
    config: Path
    libraries: tuple[Path, ...] = ()
    name: str = ""
    """Of the image; Unikraft takes the configuration's, or else the application's folder."""
    compiler: str = ""
    """Unikraft's default where it is empty."""

    @property
    def command(self) -> tuple[str, ...]:
        """Make's command line without targets."""
        words = {
            "A": self.app, "O": self.out, "C": self.config, "P": self.tree,
            "L": ":".join(map(str, self.libraries)), "N": self.name, "COMPILER": self.compiler,
        }  # fmt: skip
        given = tuple(f"{key}={value}" for key, value in words.items() if str(value))
        command = ("make", "-C", str(self.checkout))
        return command + given


def call(command: tuple[str, ...], log: Path, heard: Heard | None = None, *, append: bool = False) -> bool:
    """Run make with its words in a file; whether it ended well."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    with (
        log.open("a" if append else "w", errors="replace") as file,
        subprocess.Popen(  # noqa: S603 - the checkout and the application are the user's
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**environment, "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
            errors="replace",
        ) as process,
    ):
        assert process.stdout
        for line in process.stdout:
            file.write(line)
            if heard:
                heard(line.rstrip("\n"))
    return process.returncode == 0
