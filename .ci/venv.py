# SPDX-License-Identifier: BSD-3-Clause
"""venv.py FOLDER [newest]: a virtual environment with the project and everything it needs.

Installs what requirements.lock pins, by hash, out of a folder of wheels in the user's cache. The network is
asked only for what that folder lacks, and nothing is asked when the lock has not changed.
With `newest`, pip chooses: the newest releases that the ranges in pyproject.toml admit.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the one place that may meet an older one
    sys.exit(f"platgen needs Python 3.11 or newer, this is {sys.version.split()[0]}: make PYTHON=python3.11 ...")

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PROJECT = ("--no-build-isolation", "--no-deps", "--config-settings", "editable_mode=compat", "-e", str(ROOT))
"""An editable install by a plain path: no import hook at every start, and no download."""


def main(folder: Path, newest: bool) -> None:
    """Bring `folder` up to the lock, or to the newest releases."""
    python = folder / "bin" / "python"
    if not python.exists() or run(python, "-c", "import pip", quiet=True):
        make_venv(folder)
    record = folder / ".lock"
    text = (ROOT / "pyproject.toml").read_text() + ("newest" if newest else LOCK.read_text())
    if newest or not record.exists() or record.read_text() != text:
        print(f"installing Python packages into {folder.name}", flush=True)
        if newest:
            pip(python, "install", "-U", "setuptools", "wheel", f"{ROOT}[dev]")
        else:
            install_locked(python)
        pip(python, "install", "--no-index", *PROJECT)
        record.write_text(text)


def install_locked(python: Path) -> None:
    """Install from the cached wheels; download those that are missing first."""
    wheels = cache() / "wheels"
    lock = ("--require-hashes", "-r", str(LOCK))
    install = ("install", "--no-index", "--find-links", str(wheels), *lock)
    if wheels.is_dir() and not run(python, "-m", "pip", *install, "-qq", quiet=True):
        return
    pip(python, "download", "--prefer-binary", "-d", str(wheels), *lock)
    pip(python, *install)


def cache() -> Path:
    """Platgen's folder in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("PLATGEN_CACHE") or Path(base) / "platgen")


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
    """Run pip; when it fails, say what was wanted and the last thing that pip said."""
    command: list[str | Path] = [python, "-m", "pip", *arguments, "-q", "--disable-pip-version-check"]
    done = subprocess.run(  # noqa: S603 - the words are our own
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("ERROR:")), "pip failed")
        if "connection broken by" in done.stderr:
            last = "no Python package index can be reached from here"  # pip says "no matching distribution"
        sys.exit(
            f"cannot {arguments[0]} the Python packages of {LOCK.name}: {last.removeprefix('ERROR:').strip()}\n"
            f"hint: a first run needs a way to a Python package index, or the wheels in {cache() / 'wheels'}"
        )


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
    main(Path(sys.argv[1]).absolute(), "newest" in sys.argv[2:])
