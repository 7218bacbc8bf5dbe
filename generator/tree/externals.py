# SPDX-License-Identifier: BSD-3-Clause
"""The names that C and assembly text gives to the linker, read from the text: where trees are made is no compiler.

It reads this project's own text, whose style CONTRIBUTING.md describes, not C at large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUIET = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\b__\w+\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_FUNCTION = re.compile(r"[\w\s*]*[\s*](\w+)\s*\((?!\s*\*).*", re.DOTALL)
_POINTER = re.compile(r"[\w\s*]+\(\s*\*[\s*]*(?:const\s+|volatile\s+)?(\w+).*", re.DOTALL)
_VARIABLE = re.compile(r".*?(\w+)\s*(?:\[[^\]]*\]\s*)*", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_UNSEEN = ("static", "typedef", "_Static_assert")
BRACES = "{}"
"""What stands for a type's members."""

_MACRO = re.compile(r"^\s*\.macro\s+(\w+)[ \t]*([^\n]*)\n(.*?)^\s*\.endm", re.MULTILINE | re.DOTALL)
_GLOBAL = re.compile(r"^\s*\.globa?l\s+([^\n]+)", re.MULTILINE)
_COUNTED = re.compile(
    r"^\s*\.set\s+(?P<n>\w+),\s*(?P<first>\d+)\s*\.rept\s+(?P<times>\d+)\s*(?P<call>\w+\s+%(?P=n))\s*"
    r"\.set\s+(?P=n),\s*(?P=n)\s*\+\s*1\s*\.endr\b",
    re.MULTILINE,
)
"""A macro that is called for one number after the other."""


class Name(NamedTuple):
    """What a C text says of a name at its outermost level, where it is not static."""

    name: str
    is_defined: bool


def of_c(text: str) -> Iterator[Name]:
    """All functions and variables."""
    for head, is_body in _outermost(text):
        words = re.findall(r"\w+", head)
        if not words or any(word in words for word in _UNSEEN):
            continue
        is_extern = words[0] == "extern"
        if found := _POINTER.fullmatch(head):
            yield Name(found[1], not is_extern)
        elif found := _FUNCTION.fullmatch(head.partition("=")[0]):
            yield Name(found[1], is_body)
        elif "(" not in head:
            for name in _variables(head):
                yield Name(name, not is_extern)


def of_assembly(text: str) -> Iterator[str]:
    """All that is global, also what macros make so by names that their callers write out or count."""
    text = _COUNTED.sub(_one_by_one, _quiet(text))
    outside = _MACRO.sub("", text)
    yield from _globals(outside)
    for macro, parameters, body in _MACRO.findall(text):
        keys = [word.split(":")[0].split("=")[0] for word in re.split(r"[\s,]+", parameters.strip())]
        for call in re.findall(rf"^\s*{macro}\s+([^\n]*)", outside, re.MULTILINE):
            values = dict(zip(keys, re.split(r"\s*,\s*|\s+", call.strip()), strict=False))
            for name in _globals(body):
                for key, value in values.items():
                    name = re.sub(rf"\\{key}\b(?:\\\(\))?", value, name)
                yield name


def _globals(text: str) -> Iterator[str]:
    for names in _GLOBAL.findall(text):
        yield from re.split(r"\s*,\s*", names.strip())


def _one_by_one(found: re.Match[str]) -> str:
    numbers = range(int(found["first"]), int(found["first"]) + int(found["times"]))
    return "".join(f"\n{found['call'].replace('%' + found['n'], str(number))}" for number in numbers)


def _quiet(text: str) -> str:
    """The text without comments, strings, and lines of the preprocessor."""
    return _DIRECTIVE.sub("", _QUIET.sub(" ", text))


def _outermost(text: str) -> Iterator[tuple[str, bool]]:
    """Each declaration without what its braces hold, and whether it is a function with its body."""
    head, depth = "", 0
    for piece in re.findall(r"[{};]|[^{};]+", _ATTRIBUTE.sub(" ", _quiet(text))):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
            if not depth and "=" not in head:
                if head.rstrip().endswith(")"):
                    yield head.strip(), True
                    head = ""
                else:
                    head += BRACES
        elif not depth and piece == ";":
            yield head.strip(), False
            head = ""
        elif not depth:
            head += piece


def _variables(head: str) -> Iterator[str]:
    """The names of a declaration; none where it only declares a type."""
    while (less := _BRACKETS.sub("", head)) != head:
        head = less
    first, *others = (part.partition("=")[0].strip() for part in head.split(","))
    words = re.sub(rf"\b(?:struct|union|enum)\s+(?:\w*\s*{BRACES}|\w+)", "int", first).split()
    if len(words) > 1 or "*" in first:
        for part in (first, *others):
            if found := _VARIABLE.fullmatch(part):
                yield found[1]
