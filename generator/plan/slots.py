# SPDX-License-Identifier: BSD-3-Clause
"""Slots: items of manifests for places in other components' templates, key by key.

The component whose template prints a slot names in `takes` the keys of an item and the kind of each. So an item is
a mapping of known things, never a piece of Kconfig or make. A plain word stands for the one key that must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ..diagnostics import Diagnostic, did_you_mean
from ..escape import C_WORDS, Code
from ..load.components import Component, Item
from ..load.document import Document
from .choose import label

SYMBOL = r"(?!(?:Y|N|M|MODULES)\b)[A-Z][A-Z0-9_]*"  # no name that Kconfig reads as more than a name
PATH = r"(?!\S*\.\.)[A-Za-z0-9_][A-Za-z0-9_.+-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*"
CONDITION = rf"[!(]*{SYMBOL}\)*(?: (?:&&|\|\|) [!(]*{SYMBOL}\)*)*"
IDENTIFIER = rf"(?!(?:{'|'.join(C_WORDS)})\b)[A-Za-z_][A-Za-z0-9_]*"
FLAG = (
    r"-[DU][A-Za-z_][A-Za-z0-9_]*(?:=[A-Za-z0-9_.+-]*)?"
    rf"|-include {PATH}"
    r"|-[fmW](?!plugin)[a-z0-9][a-z0-9-]*"
)


class Kind(NamedTuple):
    """A kind of value: what it is, in which language it is code ("" for each), how it looks, an example."""

    title: str
    language: str
    pattern: str
    example: str
    is_list: bool = False


KINDS = {
    "symbol": Kind("a Kconfig symbol without CONFIG_", "", rf"(?!CONFIG_){SYMBOL}", "HAVE_SMP"),
    "switch": Kind("a Kconfig symbol without CONFIG_, or ! and one", "", rf"!?(?!CONFIG_){SYMBOL}", "!HAVE_SMP"),
    "symbols": Kind("a Kconfig symbol without CONFIG_", "", rf"(?!CONFIG_){SYMBOL}", "LIBUKALLOC", is_list=True),
    "condition": Kind("a condition of Kconfig", "Kconfig", CONDITION, "LIBUKLCPU && !HAVE_SMP"),
    "variable": Kind("a make variable", "make", r"[A-Z][A-Z0-9_-]*", "LIBXENPLAT_CINCLUDES"),
    "function": Kind("a rule of Unikraft's Makefiles", "make", r"build_[a-z0-9_]+", "build_uk_pcpuvar"),
    "flag": Kind("a compiler flag that runs no program", "make", FLAG, "-DNAME=1"),
    "path": Kind("a path without '..'", "", PATH, "include/xen-compat"),
    "variant": Kind("a variant of a source (what follows its |)", "make", r"[a-z0-9_]+", "x86_common"),
    "identifier": Kind("a C identifier", "C", IDENTIFIER, "events_part"),
    "identifiers": Kind("a C identifier", "C", IDENTIFIER, "ukplat_mem_init", is_list=True),
    "text": Kind("text", "", r".+", "Xen block devices"),
}

Path_ = tuple[str | int, ...]
"""Of a value within its document."""


def check(components: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """Every item is for a slot, and has the keys that its slot takes."""
    takers = _takers(components)
    for component in components:
        for slot, keys in component.takes.items():
            first = takers[slot]
            if first.takes[slot] != keys:
                message = f"{label(first)} takes slot '{slot}' with other keys or kinds"
                hint = f"the other is in {first.document.at('takes', slot)}"
                yield Diagnostic("slot-differs", component.document.at("takes", slot), message, hint)
        for slot, items in component.slots.items():
            if slot in takers:
                for i, item in enumerate(items):
                    yield from _check_item(component.document, slot, i, item, takers[slot].takes[slot])
            else:
                place = component.document.at_key("slots", slot)
                message = f"no component of these layers takes slot '{slot}'"
                yield Diagnostic("unknown-slot", place, message, partial(did_you_mean, slot, takers))


def _takers(components: tuple[Component, ...]) -> Mapping[str, Component]:
    """The first component that takes each slot."""
    takers: dict[str, Component] = {}
    for component in components:
        for slot in component.takes:
            takers.setdefault(slot, component)
    return takers


def _check_item(document: Document, slot: str, index: int, item: Item, keys: Mapping[str, str]) -> Iterator[Diagnostic]:
    path: Path_ = ("slots", slot, index)
    if isinstance(item, str):
        needed = _needed(keys)
        if len(needed) == 1:
            yield from _check_value(document, path, item, _kind(keys[needed[0]]))
        else:
            message = f"an item of slot '{slot}' must be a mapping, not text"
            yield Diagnostic("bad-slot", document.at(*path), message, f"its keys: {', '.join(keys)}")
        return
    for key in _needed(keys):
        if key not in item:
            kind = _kind(keys[key])
            message = f"key '{key}' is missing in this item of '{slot}'"
            hint = f"{kind.title}, for example: {kind.example}"
            yield Diagnostic("missing-key", document.at(*path), message, hint)
    for key, value in item.items():
        if key in keys:
            yield from _check_value(document, (*path, key), value, _kind(keys[key]))
        else:
            hint = did_you_mean(key, keys.keys() - item.keys()) or f"its keys: {', '.join(keys)}"
            yield Diagnostic("unknown-key", document.at_key(*path, key), f"slot '{slot}' takes no key '{key}'", hint)


def _check_value(document: Document, path: Path_, value: str | list[str], kind: Kind) -> Iterator[Diagnostic]:
    if isinstance(value, list) != kind.is_list:
        wanted, got = ("a list", "text") if kind.is_list else ("text", "a list")
        example = f"[{kind.example}]" if kind.is_list else kind.example
        message = f"this must be {wanted}, not {got}"
        yield Diagnostic("bad-slot", document.at(*path), message, f"for example: {example}")
        return
    words = [((*path, i), word) for i, word in enumerate(value)] if isinstance(value, list) else [(path, value)]
    for place, word in words:
        if not re.fullmatch(kind.pattern, word) or word.count("(") != word.count(")"):
            hint = f"for example: {kind.example}"
            yield Diagnostic("bad-slot", document.at(*place), f"'{word}' is not {kind.title}", hint)


def _needed(keys: Mapping[str, str]) -> list[str]:
    return [key for key, kind in keys.items() if not kind.endswith("?")]


def _kind(name: str) -> Kind:
    return KINDS[name.rstrip("?")]


def values(item: Item, keys: Mapping[str, str]) -> tuple[Code | str | tuple[Code | str, ...], ...]:
    """A checked item's values in the order of `keys`, fit to be printed; "" for a key that is left out."""
    given = {_needed(keys)[0]: item} if isinstance(item, str) else item
    return tuple(_made(given.get(key, ""), _kind(kind)) for key, kind in keys.items())


def _made(value: str | list[str], kind: Kind) -> Code | str | tuple[Code | str, ...]:
    if isinstance(value, list):
        return tuple(Code(word, kind.language) for word in value)
    return value if kind is KINDS["text"] else Code(value, kind.language)
