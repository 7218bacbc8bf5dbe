# SPDX-License-Identifier: BSD-3-Clause
"""A user's Unikraft checkout: whether it is one, and what it says of itself. Nothing here writes."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Diagnostics, Location, Outcome, did_you_mean, read_file, shown_path

VERSION = "version.mk"
UNPACK = "unpack it and pass the folder"
PARTS = (  # what every release has, and the checks need
    VERSION, "Config.uk", "Makefile", "Makefile.uk", "arch/Config.uk", "arch/x86/x86_64", "drivers/Config.uk",
    "include/uk", "lib/Makefile.uk", "lib/ukboot", "plat/Makefile.uk", "plat/common",
    "support/build/Makefile.rules", "support/build/config-submenu.sh",
)  # fmt: skip
Release = tuple[int, ...]


class Checkout(NamedTuple):
    """A complete checkout; `commit` is empty where git does not say it."""

    path: Path
    release: Release
    codename: str
    commit: str

    @property
    def title(self) -> str:
        """The release as a person names it."""
        return f"Unikraft {shown(self.release)}"


def shown(release: Release) -> str:
    """`0.21.0`."""
    return ".".join(map(str, release))


def open_checkout(path: Path) -> Outcome[Checkout]:
    """The checkout at `path`; no value when it is none, or not a complete one."""
    place = Location(path)
    if not path.is_dir():
        if path.exists():
            return _refused("no-checkout", place, "this is a file, not a Unikraft checkout", UNPACK)
        siblings = [p.name for p in path.parent.iterdir() if p.is_dir()] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, siblings)
        return _refused("no-checkout", place, "there is no such folder", hint if hint.endswith("?") else "")
    root = path.resolve()
    missing = [part for part in PARTS if not (root / part).exists()]
    if len(missing) > len(PARTS) / 2 and not (root / VERSION).exists():
        return _refused("not-unikraft", place, "this is not a Unikraft checkout: it has no version.mk", _nearby(root))
    found = Diagnostics()
    if missing:
        hint = f"complete it, for example: git -C {path} restore ." if (root / ".git").exists() else "get a new copy"
        found.error("half-checkout", place, f"parts of the checkout are missing: {', '.join(missing)}", hint)
    if re.search(r"[\s:]", str(root)):
        message = "Unikraft's build does not support paths with blanks or colons"
        found.error("blank-in-path", place, message, "move the checkout")
    checkout = found.take(_read(root)) if not missing else None
    return Outcome(checkout, tuple(found))


def _refused(code: str, at: Location, message: str, hint: str = "") -> Outcome[Checkout]:
    return Outcome(None, (Diagnostic(code, at, message, hint),))


def _read(root: Path) -> Outcome[Checkout]:
    """What the checkout says of itself."""
    raw, errors = read_file(root / VERSION)
    if raw is None:
        return Outcome(None, errors)
    text = raw.decode(errors="replace")
    words = dict(re.findall(r"^\s*UK_(\w+)\s*:?=\s*(\S+)", text, re.MULTILINE))
    numbers = [words.get(key, "") for key in ("VERSION", "SUBVERSION", "EXTRAVERSION")]
    numbers[2] = numbers[2] or "0"
    if not all(number.isdigit() for number in numbers):
        message = "cannot read the release: UK_VERSION, UK_SUBVERSION and UK_EXTRAVERSION must be numbers"
        return _refused("bad-version", Location(root / VERSION), message)
    return Outcome(Checkout(root, tuple(map(int, numbers)), words.get("CODENAME", ""), _commit(root)))


def _nearby(root: Path) -> str:
    """A hint at a checkout near the folder."""
    inside = (p.parent for pattern in ("*", "*/*", ".unikraft/*") for p in root.glob(f"{pattern}/{VERSION}"))
    for other in (*inside, *root.parents):
        if (other / VERSION).is_file() and (other / "lib/ukboot").is_dir():
            return f"did you mean {shown_path(other)}?"
    return "pass Unikraft's folder, not an application's: it contains version.mk, lib/ and plat/"


def _commit(root: Path) -> str:
    """The commit and its tags, read without taking any lock; empty when there is no git here."""
    if not (root / ".git").exists():
        return ""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - two fixed questions
                command, env=environment, capture_output=True, text=True, timeout=5, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout.strip() if done.returncode == 0 else ""

    commit = git("rev-parse", "--short", "HEAD")
    tags = git("tag", "--points-at", "HEAD").split()
    release = next((tag for tag in tags if tag.startswith("RELEASE-")), "no release's tag" if commit else "")
    return f"commit {commit}, {release}" if commit else ""
