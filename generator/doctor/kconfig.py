# SPDX-License-Identifier: BSD-3-Clause
"""Reads the checkout's whole Kconfig, without and with our platform, and compares.

A clean checkout already gives warnings, so only what our platform adds counts.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ..diagnostics import Location
from ..load.levels import Level
from ..load.spec import Identity
from ..reading import read_any
from ..tree.kconfig import NAME
from .checkout import Checkout, shown
from .config import ARCHITECTURE, Configuration, configurations, configure, open_up
from .report import Check, Result, counted


@cache
def _output(command: str) -> str:
    """What a shell command prints. The same one is run once: the second reading asks them all again."""
    done = subprocess.run(command, shell=True, capture_output=True, check=False, errors="replace", umask=0o022)  # noqa: S602
    return " ".join(done.stdout.splitlines()).rstrip()


functions: Mapping[str, Any] = {"shell": (lambda _kconf, _name, command: _output(command), 1, 1)}  # for Kconfiglib


def examine(
    checkout: Checkout, level: Level, tree: Path, ours: Identity, dotconfig: Path | None, work: Path
) -> Result[list[Configuration]]:
    """The checks of our Config.uk in this checkout, and the configurations to go on with."""
    import kconfiglib

    config = tree / NAME
    if not config.is_file():
        return _none("problem", f"there is no {NAME} in the tree")
    with _environment(checkout, tree, work):
        try:
            before = kconfiglib.Kconfig(str(checkout.path / NAME), warn_to_stderr=False)
        except (kconfiglib.KconfigError, OSError) as error:
            return _none("skipped", f"the checkout's Kconfig does not parse: {_short(error)}")
        os.environ["KCONFIG_EPLAT_DIRS"] = str(tree)
        try:
            kconf = kconfiglib.Kconfig(str(checkout.path / NAME), warn_to_stderr=False)
        except (kconfiglib.KconfigError, OSError) as error:
            return _none("problem", f"with {NAME} the Kconfig does not parse: {_short(error)}")
        here = [node for node in kconf.node_iter() if os.path.samefile(node.filename, config)]
        if not here:
            return _none("problem", f"the checkout does not source {config}")
        checks: tuple[Check, ...] = (_names(here, checkout), _collisions(kconf, here, checkout, ours, level))
        symbol = kconf.syms.get(ours.symbol)
        if symbol is None or not symbol.nodes:
            return _none("problem", f"the platform's symbol {ours.symbol} is not in {NAME}", *checks)
        warnings = [text for text in kconf.warnings if text not in set(before.warnings)]
        checks = (*checks, _options(kconf, here, symbol))
        known = len(kconf.warnings)
        configure(kconf, symbol, dotconfig)
        is_on = symbol.str_value == "y"
        depends = "" if is_on else _depends(symbol)
        made = configurations(kconf, symbol, tree, dotconfig, work) if is_on else None
        warnings += [text for text in kconf.warnings[known:] if ours.symbol in text]
    details = tuple(_short(text) for text in warnings)
    details += () if is_on else (f"{ours.symbol} cannot be switched on: {depends}",)
    kconfig = Check("kconfig", "ok", f"no warnings beyond the checkout's {len(before.warnings)}; {ours.symbol} is on")
    if details:
        kconfig = Check("kconfig", "problem", f"{NAME} breaks the checkout's Kconfig", details)
    return Result(made, (kconfig, *checks))


def _none(verdict: Literal["problem", "skipped"], text: str, *checks: Check) -> Result[list[Configuration]]:
    return Result(None, (Check("kconfig", verdict, text), *checks))


@contextmanager
def _environment(checkout: Checkout, tree: Path, work: Path) -> Iterator[None]:
    """The variables that Unikraft's Makefile sets for Kconfig, without our platform."""
    base = checkout.path
    saved = dict(os.environ)
    (work / "kconfig").mkdir(parents=True, exist_ok=True)
    os.environ.update(
        CONFIG_="CONFIG_", KCONFIG_CONFIG=str(work / ".config"), HOST_ARCH=ARCHITECTURE, BUILD_DIR=str(work),
        UK_BASE=str(base), UK_APP=str(base), UK_CONFIG=str(work / ".config"), UK_FULLVERSION=shown(checkout.release),
        UK_CODENAME=checkout.codename, UK_ARCH=ARCHITECTURE, KCONFIG_DIR=str(work / "kconfig"),
        KCONFIG_LIB_BASE=str(base / "lib"), KCONFIG_ELIB_DIRS="", KCONFIG_PLAT_BASE=str(base / "plat"),
        KCONFIG_EPLAT_DIRS="", KCONFIG_DRIV_BASE=str(base / "drivers"), KCONFIG_EAPP_DIR="", KCONFIG_EXCLUDEDIRS="",
        UK_NAME=tree.name, KCONFIG_FUNCTIONS=__name__,
    )  # fmt: skip
    for name in ("srctree", "KCONFIG_WARN_UNDEF"):  # undefined symbols are the business of _names
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(saved)


def _is_name(item: Any) -> bool:
    """Whether this is a symbol, not a constant such as `y` or a number."""
    is_symbol = hasattr(item, "is_constant") and not item.is_constant
    return is_symbol and not re.fullmatch(r"-?\d+|0[xX][\da-fA-F]+", item.name)


def _names(here: list[Any], checkout: Checkout) -> Check:
    """Whether the checkout knows every symbol that our file selects or depends on."""
    unknown = {item.name: node for node in here for item in node.referenced if _is_name(item) and not item.nodes}
    if unknown:
        lines = read_any(Path(here[0].filename)).decode(errors="replace").splitlines()
        named = ((name, [i for i, line in enumerate(lines, 1) if name in line.split()]) for name in sorted(unknown))
        found = {name: (places or [unknown[name].linenr])[0] for name, places in named}
        details = {
            f"{name}, in {NAME} line {line}": Location(Path(here[0].filename), line) for name, line in found.items()
        }
        text = f"{NAME} names {counted(len(unknown), 'symbol')} that {checkout.title} does not have"
        return Check("names", "problem", text, tuple(details), "is the tree for this core level?", details)
    count = len({item.name for node in here for item in node.referenced if _is_name(item)})
    return Check("names", "ok", f"{checkout.title} has all {counted(count, 'symbol')} that {NAME} names")


def _collisions(kconf: Any, here: list[Any], checkout: Checkout, ours: Identity, level: Level) -> Check:
    """Whether a name of ours is one of the checkout's too."""
    mine = {id(node) for node in here}
    details: dict[str, Location | None] = {}
    for symbol in kconf.unique_defined_syms:
        theirs = [node for node in symbol.nodes if id(node) not in mine]
        if theirs and len(theirs) < len(symbol.nodes) and symbol.name not in level.kconfig_redeclared:
            place = f"{os.path.relpath(theirs[0].filename, checkout.path)} line {theirs[0].linenr}"
            own = next(node for node in symbol.nodes if id(node) in mine)
            details[f"symbol {symbol.name} is defined here and in {place}"] = _place(own)
    for path in sorted(checkout.path.glob("plat/*/Makefile.uk")):
        text = read_any(path).decode(errors="replace")
        for kind, name, call in (("platform", ours.platform, "addplat"), ("library", ours.library, "addplatlib")):
            words = re.findall(rf"\bcall\s+{call}(?:_s)?\s*,\s*([\w,-]+)", text)
            if any(name in word.split(",") for word in words):
                details[f"{kind} {name} is also defined in {path.relative_to(checkout.path)}"] = None
    if details:
        text = "the platform and the checkout share a name: both would be enabled or built at once"
        return Check(
            "collisions",
            "problem",
            text,
            tuple(details),
            "rename the option, or the platform in its spec's unikraft section",
            {line: at for line, at in details.items() if at},
        )
    return Check("collisions", "ok", f"no symbol is defined twice; {ours.platform} and {ours.library} are free")


def _options(kconf: Any, here: list[Any], platform: Any) -> Check:
    """Whether every option of ours can be seen when its platform is on."""
    import kconfiglib

    ours = {node.item for node in here if isinstance(node.item, kconfiglib.Symbol) and node.item is not platform}
    options = sorted((symbol for symbol in ours if any(node.prompt for node in symbol.nodes)), key=lambda s: s.name)
    configure(kconf, platform, None)
    for symbol in options:
        if not symbol.visibility:
            open_up(symbol, platform)
    waiting = [symbol for symbol in options if not symbol.visibility]
    if waiting:
        details = {f"{symbol.name}: {_depends(symbol)}": _place(symbol.nodes[0]) for symbol in waiting}
        text = f"{counted(len(waiting), 'option')} can never be reached in the menu, even with {platform.name} on"
        hint = "check its 'depends on' and the menus around it"
        return Check("options", "problem", text, tuple(details), hint, details)
    reached = f"{counted(len(options), 'option')} of the platform can be reached in the menu"
    text = reached if options else "the platform has none besides its switch"
    return Check("options", "ok", text)


def _place(node: Any) -> Location:
    return Location(Path(node.filename), node.linenr)


def _depends(symbol: Any) -> str:
    import kconfiglib

    return f"it depends on {kconfiglib.expr_str(symbol.direct_dep)}"


def _short(message: object) -> str:
    """The first line of a message of Kconfiglib's, with file names instead of paths."""
    lines = [line for line in str(message).strip().splitlines() if line.strip()]
    text = lines[0].removeprefix("warning:").strip() if lines else ""
    return re.sub(r"(?:/[^\s:/]+)+/([^\s:/]+/[^\s:/]+):(\d+)", r"\1:\2", text)
