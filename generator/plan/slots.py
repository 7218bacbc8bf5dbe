# SPDX-License-Identifier: BSD-3-Clause
"""Slots: lines of manifests for places in other components' templates, word by word.

The component whose template prints a slot says in `takes` of which kinds the words of a line are. So a line
is a list of known things, never a piece of Kconfig or make.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from ..diagnostics import Diagnostic, Diagnostics, did_you_mean
from ..escape import Code
from ..load.components import Component
from .choose import label

SYMBOL = r"[A-Z][A-Z0-9_]*"
PATH = r"(?!\S*\.\.)[A-Za-z0-9_][A-Za-z0-9_.+-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*"
CONDITION = rf"[!(]*{SYMBOL}\)*(?: (?:&&|\|\|) [!(]*{SYMBOL}\)*)*"
CHOICE = rf"{SYMBOL}(?: if {CONDITION})?"
FLAG = (
    r"-[DU][A-Za-z_][A-Za-z0-9_]*(?:=[A-Za-z0-9_.+-]*)?"
    rf"|-include {PATH}"
    r"|-[fmW](?!plugin)[a-z0-9][a-z0-9-]*"
)


class Kind(NamedTuple):
    """A kind of word: what it is, in which language it is code ("" for each), how it looks, an example."""

    title: str
    language: str
    pattern: str
    example: str


KINDS = {
    "symbol": Kind("a Kconfig symbol without CONFIG_", "", rf"(?!CONFIG_){SYMBOL}", "HAVE_SMP"),
    "switch": Kind("a Kconfig symbol without CONFIG_, or ! and one", "", rf"!?(?!CONFIG_){SYMBOL}", "!HAVE_SMP"),
    "symbols": Kind("Kconfig symbols", "Kconfig", rf"{SYMBOL}(?: {SYMBOL})*", "LIBUKALLOC LIBUKBUS"),
    "condition": Kind("a condition of Kconfig, or -", "Kconfig", rf"-|{CONDITION}", "LIBUKLCPU && !HAVE_SMP"),
    "choice": Kind("a Kconfig symbol, or one with 'if' and a condition", "Kconfig", CHOICE, "LIBUKEFI if LIBUKACPI"),
    "variable": Kind("a make variable", "make", r"[A-Z][A-Z0-9_-]*", "LIBXENPLAT_CINCLUDES"),
    "function": Kind("a rule of the core's Makefiles", "make", r"build_[a-z0-9_]+", "build_uk_pcpuvar"),
    "flag": Kind("a compiler flag that names no program", "make", FLAG, "-DNAME=1"),
    "path": Kind("a path that goes down only", "", PATH, "include/xen-compat"),
    "source": Kind("a path, or one with |VARIANT", "make", rf"{PATH}(?:\|[a-z0-9_]+)?", "x86/lcpu.c|x86_common"),
    "text": Kind("text", "", r".+", "Xen block devices"),
}


def check(components: tuple[Component, ...]) -> tuple[Diagnostic, ...]:
    """Every line is for a slot, and of the words that its slot takes."""
    errors = Diagnostics()
    takers = _takers(components, errors)
    for component in components:
        for slot, lines in component.slots.items():
            if slot not in takers:
                place = component.document.at_key("slots", slot)
                message = f"no component of these layers takes slot '{slot}'"
                errors.error("unknown-slot", place, message, partial(did_you_mean, slot, takers))
                continue
            kinds = takers[slot].takes[slot]
            for i, line in enumerate(lines):
                fault = _fault(line, kinds)
                if fault:
                    errors.error("bad-slot", component.document.at("slots", slot, i), *fault)
    return tuple(errors)


def _takers(components: tuple[Component, ...], errors: Diagnostics) -> Mapping[str, Component]:
    takers: dict[str, Component] = {}
    for component in components:
        for slot, kinds in component.takes.items():
            first = takers.setdefault(slot, component)
            if first.takes[slot] != kinds:
                message = f"slot '{slot}' is taken by {label(first)} in words of other kinds"
                place = f"the other one: {first.document.at('takes', slot)}"
                errors.error("slot-differs", component.document.at("takes", slot), message, place)
    return takers


def _fault(line: str, kinds: tuple[str, ...]) -> tuple[str, str] | None:
    """Message and hint for a line that does not fit."""
    parts = _split(line, kinds)
    least = sum(not kind.endswith("?") for kind in kinds)
    if not least <= len(parts) <= len(kinds):
        shape = ", ".join(KINDS[kind.rstrip("?")].title for kind in kinds)
        return f"the parts of this line are {len(parts)}, and its slot takes {least}", f"they are: {shape}"
    for part, name in zip(parts, kinds, strict=False):
        kind = KINDS[name.rstrip("?")]
        if not re.fullmatch(kind.pattern, part):
            return f"'{part}' is not {kind.title}", f"for example: {kind.example}"
    return None


def _split(line: str, kinds: tuple[str, ...]) -> list[str]:
    """The parts of a line stand apart by blanks or, where one has blanks itself, by ' | '."""
    return [line] if len(kinds) == 1 else line.split(" | ") if " | " in line else line.split()


def parts(line: str, kinds: tuple[str, ...]) -> str | tuple[str, ...]:
    """A checked line as templates get it: its only part, or all of them; "" for one that is left out."""
    made = [_made(part, name) for part, name in zip(_split(line, kinds), kinds, strict=False)]
    return made[0] if len(kinds) == 1 else (*made, *[""] * (len(kinds) - len(made)))


def _made(part: str, name: str) -> str:
    kind = KINDS[name.rstrip("?")]
    return part if kind.title == "text" else Code(part, kind.language)
