# SPDX-License-Identifier: BSD-3-Clause
"""venv.py FOLDER [EXTRA]: a virtual environment with what pyproject.toml names.

Called by the Makefile when pyproject.toml is newer than the environment.  Asks the network
only when the list of requirements has really changed, so a mere checkout costs nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the one place that may meet an older one
    sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make PYTHON=python3.11 ...")

import tomllib

ROOT = Path(__file__).resolve().parent.parent
# For an editable install that needs no download of its own.
BUILD = ["setuptools>=65", "wheel"]


def main(folder: Path, extra: str) -> None:
    """Bring `folder` up to what the project, or one of its extras, asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = (
        project["project"]["optional-dependencies"][extra] if extra else [*BUILD, *project["project"]["dependencies"]]
    )
    python = folder / "bin" / "python"
    if not python.exists() or run(python, "-c", "import pip", quiet=True):
        make_venv(folder)
    record = folder / f".requirements-{extra or 'base'}"
    text = "".join(f"{line}\n" for line in wanted)
    if not record.exists() or record.read_text() != text:
        print(f"installing into {folder.name}: {', '.join(wanted)}", flush=True)
        pip(python, *wanted)
        if not extra:
            compat = ["--config-settings", "editable_mode=compat"]  # a plain path: no import hook at every start
            pip(python, "--no-build-isolation", "--no-deps", *compat, "-e", str(ROOT))
        record.write_text(text)


def make_venv(folder: Path) -> None:
    """Make it anew; root on Debian gets the package for that first, where it is missing."""
    if run(sys.executable, "-c", "import ensurepip", quiet=True):
        if os.geteuid() == 0 and not run("apt-get", "--version", quiet=True):
            print("installing Debian package: python3-venv", flush=True)
            install = ("apt-get", "install", "-y", "-q", "--no-install-recommends", "python3-venv")
            if run(*install, quiet=True):
                run("apt-get", "update", "-q", quiet=True)
                run(*install, quiet=True)
        if run(sys.executable, "-c", "import ensurepip", quiet=True):
            sys.exit("Python's venv is missing: apt-get install python3-venv")
    if run(sys.executable, "-m", "venv", "--clear", str(folder)):
        sys.exit(f"could not make {folder}")


def pip(python: Path, *arguments: str) -> None:
    """Run pip quietly, or stop."""
    if run(python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments):
        sys.exit(f"pip could not install {' '.join(arguments)}")


def run(*command: str | Path, quiet: bool = False) -> int:
    """The exit status; a program that is not there counts as failed."""
    sink = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(  # noqa: S603 - the words are our own
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, check=False
        ).returncode
    except OSError:
        return 127


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), sys.argv[2] if len(sys.argv) > 2 else "")
