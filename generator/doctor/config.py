# SPDX-License-Identifier: BSD-3-Clause
"""The configurations that are checked: the user's, or the defaults and those that build what the defaults leave out.

Three do for every source of a tree: a source waits for a symbol to be on, or for one to be off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..reading import read_any

ARCHITECTURE = "x86_64"


class Configuration(NamedTuple):
    """A folder with the files that the build would read, and what a person calls it.

    `absent` are external libraries that a given configuration has and the checkout does not.
    """

    folder: Path
    origin: str
    is_given: bool = False
    absent: tuple[str, ...] = ()

    @property
    def dotconfig(self) -> Path:
        """For make."""
        return self.folder / ".config"

    @property
    def header(self) -> Path:
        """For the compiler."""
        return self.folder / "config.h"


def configure(kconf: Any, platform: Any, dotconfig: Path | None) -> str:
    """Set the user's configuration, or the defaults, with our platform on; returns which it is."""
    kconf.unset_values()
    kconf.warn_assign_undef = False  # the options of an application and its libraries are not known here
    if dotconfig:
        kconf.load_config(str(dotconfig))
    if f"ARCH_{ARCHITECTURE.upper()}" in kconf.syms:
        kconf.syms[f"ARCH_{ARCHITECTURE.upper()}"].set_value(2)
    if dotconfig is None:
        platform.set_value(2)
        return "the defaults"
    if platform.str_value == "y":
        return dotconfig.name
    others = [s for s in kconf.unique_defined_syms if _is_platform(s) and s.str_value == "y"]
    for other in others:
        other.set_value(0)
    platform.set_value(2)
    instead = f" instead of {', '.join(other.name for other in others)}" if others else ""
    return f"{dotconfig.name} with {platform.name} switched on{instead}"


def configurations(kconf: Any, platform: Any, tree: Path, dotconfig: Path | None, work: Path) -> list[Configuration]:
    """Write them all: one where the user gives it, else up to three."""
    first = _written(kconf, Configuration(work / "first", configure(kconf, platform, dotconfig)))
    if dotconfig:
        absent = tuple(
            name for name, value in kconf.missing_syms if value == "y" and re.fullmatch(r"LIB[A-Z0-9]+", name)
        )
        return [first._replace(is_given=True, absent=absent)]
    text = read_any(tree / "Makefile.uk").decode(errors="replace")
    conditions = re.findall(r"SRCS-(\$\(.+) \+=", text)
    names = [name for line in conditions for name in re.findall(r"CONFIG_(\w+)", line)]
    negated = [name for line in conditions for name in re.findall(r"\$\(if \$\(CONFIG_(\w+)\),,y\)", line)]
    less = _without(kconf, platform, negated, work)
    wanted = [kconf.syms[name] for name in names if name in kconf.syms]
    for node in (node for node in platform.nodes):
        wanted += [symbol for _, condition, *_ in (*node.selects, *node.implies) for symbol in _asked(condition)]
    off = [symbol for symbol in dict.fromkeys(wanted) if symbol.str_value != "y"]
    for symbol in off:
        _switch_on(symbol, platform)
    on = [symbol.name for symbol in off if symbol.str_value == "y"]
    more = [_written(kconf, Configuration(work / "more", f"{', '.join(on)} on"))] if on else []
    return [first, *more, *less]


def _without(kconf: Any, platform: Any, names: Iterable[str], work: Path) -> list[Configuration]:
    """The defaults without these symbols, if any of them is on and can be off; the defaults are set again then."""
    on = [kconf.syms[name] for name in dict.fromkeys(names) if name in kconf.syms and kconf.syms[name].str_value == "y"]
    for symbol in on:
        _switch_off(symbol, platform)
    off = [symbol.name for symbol in on if symbol.str_value != "y" and platform.str_value == "y"]
    made = [_written(kconf, Configuration(work / "less", f"{', '.join(off)} off"))] if off else []
    configure(kconf, platform, None)
    return made


def _written(kconf: Any, made: Configuration) -> Configuration:
    made.folder.mkdir(parents=True, exist_ok=True)
    kconf.write_config(str(made.dotconfig), save_old=False)
    kconf.write_autoconf(str(made.header))
    return made


def _asked(condition: Any) -> Iterator[Any]:
    """The symbols that have to be on for a condition to hold; of alternatives the first."""
    import kconfiglib

    if isinstance(condition, kconfiglib.Symbol) and not condition.is_constant and condition.nodes:
        yield condition
    elif isinstance(condition, tuple) and condition[0] == kconfiglib.AND:
        yield from _asked(condition[1])
        yield from _asked(condition[2])
    elif isinstance(condition, tuple) and condition[0] == kconfiglib.OR and not kconfiglib.expr_value(condition):
        yield from _asked(condition[1])


def _switch_on(symbol: Any, platform: Any, depth: int = 3) -> None:
    """Switch on a symbol by what it depends on, by itself, by what selects it, or by the number its default asks for.

    What would switch our platform off, or another one on, stays as it was.
    """
    import kconfiglib

    if symbol.str_value == "y" or not depth:
        return
    open_up(symbol, platform, depth)
    for lever in (symbol, *sorted(kconfiglib.expr_items(symbol.rev_dep), key=lambda item: str(item.name))):
        if symbol.str_value != "y" and getattr(lever, "visibility", 0) and not (lever.choice or _is_platform(lever)):
            lever.set_value(2)
            if platform.str_value != "y":
                lever.unset_value()
    for _, condition in symbol.defaults:
        if symbol.str_value != "y" and isinstance(condition, tuple) and condition[0] == kconfiglib.GREATER:
            condition[1].set_value(str(int(condition[2].name) + 1))


def _switch_off(symbol: Any, platform: Any, depth: int = 3) -> None:
    """Switch off a symbol and what selects it; of a choice another one is chosen."""
    import kconfiglib

    if symbol.str_value != "y" or not depth or symbol is platform:
        return
    if symbol.choice:
        other = next((item for item in symbol.choice.syms if item is not symbol and item.visibility), None)
        if other:
            other.set_value(2)
    else:
        symbol.set_value(0)
    for selector in kconfiglib.split_expr(symbol.rev_dep, kconfiglib.OR):
        lever = kconfiglib.split_expr(selector, kconfiglib.AND)[0]  # the rest are conditions
        if not lever.is_constant:
            _switch_off(lever, platform, depth - 1)


def open_up(symbol: Any, platform: Any, depth: int = 3) -> None:
    """Switch on what a symbol depends on."""
    for other in _asked(symbol.direct_dep):
        _switch_on(other, platform, depth - 1)


def _is_platform(symbol: Any) -> bool:
    return str(symbol.name).startswith("PLAT_")
