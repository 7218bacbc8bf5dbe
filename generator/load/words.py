# SPDX-License-Identifier: BSD-3-Clause
"""Words of a manifest that name something elsewhere: core levels, keys of a spec's machine section, C names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from ..diagnostics import Diagnostic, did_you_mean
from ..escape import C_WORDS
from .readable import Readable
from .schema import schema_data


def check(manifest: Readable, level_names: Collection[str]) -> Iterator[Diagnostic]:
    """Every word that names nothing."""
    document = manifest.document
    for i, level in manifest.items("levels"):
        if level not in level_names:
            hint = partial(did_you_mean, level, level_names)
            yield Diagnostic("unknown-level", document.at("levels", i), f"unknown core level '{level}'", hint)
    keys = schema_data("spec")["properties"]["machine"]["properties"]
    yield from _facts(manifest, keys)
    yield from _values(manifest, keys)


def _facts(manifest: Readable, keys: dict[str, Any]) -> Iterator[Diagnostic]:
    named: list[tuple[str, tuple[str | int, ...]]] = [(fact, ("facts", i)) for i, fact in manifest.items("facts")]
    for i, entry in manifest.items("files"):
        facts = entry.get("facts", ()) if isinstance(entry, dict) else ()
        places = ((fact, ("files", i, "facts", k)) for k, fact in enumerate(facts if isinstance(facts, list) else ()))
        named += [(fact, path) for fact, path in places if manifest.is_right(*path)]
    served = [fact for fact, _ in manifest.pairs("serves")]
    for fact, path in [*named, *((fact, ("serves", fact)) for fact in served)]:
        key = fact.partition(".")[0]
        if key not in keys:
            message = f"a spec's machine section has no key '{key}'"
            hint = partial(did_you_mean, key, keys)
            yield Diagnostic("unknown-fact-key", manifest.document.at_key(*path), message, hint)
    for fact in served:
        for name, value in manifest.pairs("serves", fact):
            for word in str(value).split():
                if word in C_WORDS:
                    message = f"'{word}' is a keyword of C, and a template uses it as a name"
                    yield Diagnostic("bad-name", manifest.document.at("serves", fact, name), message)


def _values(manifest: Readable, keys: dict[str, Any]) -> Iterator[Diagnostic]:
    """The parts of a spec's machine section that the code uses."""
    for key, default in manifest.pairs("values"):
        kind = {"integer": int, "boolean": bool}.get(keys.get(key, {}).get("type"))
        at = manifest.document.at("values", key)
        if key not in keys:
            message = f"a spec's machine section has no key '{key}'"
            hint = partial(did_you_mean, key, keys)
            yield Diagnostic("unknown-value", manifest.document.at_key("values", key), message, hint)
        elif kind is None:
            if default is not None:
                message = f"'{key}' is a list of facts, which cannot have a default"
                yield Diagnostic("value-type", at, message, "null: a spec has to set it")
        elif default is not None and type(default) is not kind:
            message = f"the default of '{key}' must be {'a boolean' if kind is bool else 'a whole number'}"
            yield Diagnostic("value-type", at, message, keys[key]["description"])
