# SPDX-License-Identifier: BSD-3-Clause
"""A quick look at data by a JSON Schema: each rule becomes one function.

It says whether data are right for certain; whatever is not is for the validator to judge. Most files are right,
and this takes less time than to import the validator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import reduce
from typing import Any

Rule = dict[str, Any]
Check = Callable[[Any], bool]


def check_of(rule: Rule, root: Rule | None = None) -> Check:
    """The function of a rule; `root` is the schema that references look into, the rule itself without."""
    root = rule if root is None else root
    keys = [key for key in rule if key not in _NOT_CHECKED]
    checks = [_KEYWORDS[key](rule[key], root) if key in _KEYWORDS else _unsure for key in keys if key not in _OBJECT]
    if not _OBJECT.isdisjoint(keys):
        checks.append(_object(rule, root))
    return reduce(_both, checks) if checks else _fine


def _both(one: Check, other: Check) -> Check:
    return lambda data: one(data) and other(data)


def _fine(_data: Any) -> bool:
    return True


def _unsure(_data: Any) -> bool:
    return False


def _object(rule: Rule, root: Rule) -> Check:
    known = {key: check_of(value, root) for key, value in rule.get("properties", {}).items()}
    others = rule.get("additionalProperties", True)
    other = check_of(others, root) if isinstance(others, dict) else _fine if others else _unsure
    name = check_of(rule.get("propertyNames", {}), root)
    required = frozenset(rule.get("required", ()))

    def check(data: Any) -> bool:
        if type(data) is not dict:
            return True
        for key, value in data.items():
            if not known.get(key, other)(value) or not name(key):
                return False
        return data.keys() >= required

    return check


def _type(names: str | list[str], _root: Rule) -> Check:
    kinds = {_TYPES[name] for name in ([names] if isinstance(names, str) else names)}
    return lambda data: type(data) in kinds


def _pattern(pattern: str, _root: Rule) -> Check:
    search = re.search  # compiles the pattern when it first meets a word: most runs meet half of the patterns

    def check(data: Any) -> bool:
        # Python and the validator read these patterns alike where there is no line end and no other alphabet
        return type(data) is not str or (data.isascii() and data.isprintable() and search(pattern, data) is not None)

    return check


def _items(rule: Rule, root: Rule) -> Check:
    check = check_of(rule, root)
    return lambda data: type(data) is not list or all(check(item) for item in data)


def _unique(wanted: bool, _root: Rule) -> Check:
    def check(data: Any) -> bool:
        if type(data) is not list:
            return True
        return len({item if type(item) is str else json.dumps(item, sort_keys=True) for item in data}) == len(data)

    return check if wanted else _fine


def _reference(path: str, root: Rule) -> Check:
    rule: Any = root
    for step in path.removeprefix("#/").split("/"):
        rule = rule[step]
    return check_of(rule, root)


_NOT_CHECKED = frozenset({"$schema", "$defs", "title", "description", "examples"})
_OBJECT = frozenset({"properties", "additionalProperties", "propertyNames", "required"})
_TYPES = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict, "null": type(None)}
_KEYWORDS: dict[str, Callable[[Any, Rule], Check]] = {
    "$ref": _reference,
    "type": _type,
    "enum": lambda words, _: lambda data: type(data) is str and data in words,
    "pattern": _pattern,
    "minimum": lambda least, _: lambda data: type(data) is not int or data >= least,
    "maximum": lambda most, _: lambda data: type(data) is not int or data <= most,
    "items": _items,
    "minItems": lambda least, _: lambda data: type(data) is not list or len(data) >= least,
    "minProperties": lambda least, _: lambda data: type(data) is not dict or len(data) >= least,
    "uniqueItems": _unique,
}
