# SPDX-License-Identifier: BSD-3-Clause
"""An application's configuration for a platform: its own, with no more than what the platform needs changed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Outcome, read_file
from ..load.spec import Identity
from ..reading import read_any
from ..tree.kconfig import NAME
from .kraftfile import NAMES as KRAFTFILES
from .kraftfile import kraftfile_of, settings

WHOLE, PART = ".config", "defconfig"
NO_LIBRARY = "no-library"
ARCHITECTURE = "ARCH_X86_64"
OTHER_ARCHITECTURES = ("ARCH_ARM_64", "ARCH_ARM_32")
_LINE = re.compile(r"^(?:CONFIG_(\w+)=(.*)|# CONFIG_(\w+) is not set)$", re.MULTILINE)


class Asked(NamedTuple):
    """The text for Unikraft's Kconfig, and what differs in it from the application's own."""

    text: str
    changes: tuple[str, ...]


def usual_configs(app: Path) -> tuple[Path, ...]:
    """The application's own configuration: its .config alone, else its defconfig with what its Kraftfile adds."""
    if (app / WHOLE).is_file():
        return (app / WHOLE,)
    part = app / PART
    return tuple(path for path in (part if part.is_file() else None, kraftfile_of(app)) if path)


def read_all(paths: Iterable[Path]) -> Outcome[str]:
    """What these files set, as one configuration: the later one counts."""
    errors: list[Diagnostic] = []
    text = ""
    for path in paths:
        if path.name in KRAFTFILES:
            found = settings(path)
            more = "".join(map(line_of, (found.value or {}).items()))
            errors += found.errors
        else:
            raw = read_file(path, "--config names the application's configuration")
            more = (raw.value or b"").decode(errors="replace")
            errors += raw.errors
        text = _without(text, values(more)) + more
    return Outcome(None if errors else text, tuple(errors))


def values(text: str) -> dict[str, str]:
    """Each symbol that a configuration sets; `n` for one that is not set."""
    return {found[1] or found[3]: found[2] if found[1] else "n" for found in _LINE.finditer(text)}


def needed(checkout: Path, ours: Identity, tree: Path) -> dict[str, str]:
    """What the platform needs: its own symbol, no other platform, and nothing that its Config.uk says to switch off."""
    menus = (read_any(path).decode(errors="replace") for path in sorted(checkout.glob(f"plat/*/{NAME}")))
    others = [found[1] for text in menus if (found := re.search(r"^(?:menu)?config (PLAT_\w+)", text, re.MULTILINE))]
    clashes = re.findall(r"^comment .*\bswitch (\w+) off", read_any(tree / NAME).decode(errors="replace"), re.MULTILINE)
    off = dict.fromkeys((*OTHER_ARCHITECTURES, *others, *clashes), "n")
    return {**off, ARCHITECTURE: "y", ours.symbol: "y"}


def asked(text: str, needs: Mapping[str, str]) -> Asked:
    """A configuration with what is needed."""
    had = values(text)
    kept = _without(text, needs)
    differing = [name for name, value in needs.items() if had.get(name, "n") != value]
    if not any(had.get(name) == "y" for name in OTHER_ARCHITECTURES):
        differing = [name for name in differing if name != ARCHITECTURE]  # what Unikraft takes on this host anyway
    changes = tuple(f"{name} {'on' if needs[name] == 'y' else 'off'}" for name in differing)
    return Asked(kept + "".join(map(line_of, needs.items())), changes)


def line_of(setting: tuple[str, str]) -> str:
    """A symbol and its value as a configuration has them."""
    name, value = setting
    return f"# CONFIG_{name} is not set\n" if value == "n" else f"CONFIG_{name}={value}\n"


def refused(wanted: Mapping[str, str], got: Mapping[str, str]) -> tuple[str, ...]:
    """The symbols whose value Unikraft's Kconfig has not taken."""
    return tuple(name for name, value in wanted.items() if got.get(name, "n") != value)


def missing_libraries(absent: Iterable[str], libraries: Iterable[Path]) -> tuple[str, ...]:
    """Of the libraries that the checkout does not have, those that none of these folders brings."""
    brought = {name for folder in libraries for name in _symbols(folder / NAME)}
    return tuple(name for name in absent if name not in brought)


def _symbols(path: Path) -> list[str]:
    text = read_any(path).decode(errors="replace")
    return re.findall(r"^\s*(?:menu)?config (\w+)", text, re.MULTILINE)


def _without(text: str, names: Container[str]) -> str:
    """A configuration without the lines of these symbols, which more can follow."""
    lines = text.splitlines(keepends=True)
    kept = "".join(line for line in lines if not (found := _LINE.match(line)) or _name(found) not in names)
    return kept if not kept or kept.endswith("\n") else f"{kept}\n"


def _name(found: re.Match[str]) -> str:
    return found[1] or found[3]
