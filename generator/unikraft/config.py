# SPDX-License-Identifier: BSD-3-Clause
"""An application's configuration for a platform: its own, with no more than what the platform needs changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..load.spec import Identity
from ..reading import read_any
from ..tree.kconfig import NAME

USUAL = (".config", "defconfig")
"""Where an application has one, the first first."""
NO_LIBRARY = "no-library"
ARCHITECTURE = "ARCH_X86_64"
OTHER_ARCHITECTURES = ("ARCH_ARM_64", "ARCH_ARM_32")
_LINE = re.compile(r"^(?:CONFIG_(\w+)=(.*)|# CONFIG_(\w+) is not set)$", re.MULTILINE)


class Asked(NamedTuple):
    """The text for Unikraft's Kconfig, and what differs in it from the application's own."""

    text: str
    changes: tuple[str, ...]


def usual_config(app: Path) -> Path | None:
    """The application's own configuration."""
    return next((app / name for name in USUAL if (app / name).is_file()), None)


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
    kept = "".join(
        line for line in text.splitlines(keepends=True) if not (found := _LINE.match(line)) or _name(found) not in needs
    )
    if kept and not kept.endswith("\n"):
        kept += "\n"
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


def _name(found: re.Match[str]) -> str:
    return found[1] or found[3]
