# SPDX-License-Identifier: BSD-3-Clause
"""`platforms/NAME.yaml` -> `Spec`: what one target is (docs/design.md section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Outcome
from .document import Document
from .file import load
from .readable import Readable
from .schema import schema_data

Scalar = int | bool | str


_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Identity(NamedTuple):
    """The platform's names inside Unikraft."""

    platform: str
    symbol: str
    library: str
    prompt: str


class Spec(NamedTuple):
    """A target: its names, its layers, the facts of its machine, its options."""

    name: str
    summary: str
    layers: tuple[str, ...]
    machines: tuple[str, ...]
    """Test machines that are such a target; empty where the spec does not say."""
    unikraft: Identity
    machine: Mapping[str, tuple[str, ...] | Scalar]
    options: Mapping[str, Scalar]
    document: Document
    is_whole: bool = True
    """Whether it can be planned; else only those facts and options are here that are as they should be."""

    @property
    def facts(self) -> tuple[str, ...]:
        """`KEY` for each key of the machine section, `KEY.ITEM` for each item of a list, in the spec's order."""
        return facts_of(self.machine)


def facts_of(machine: Mapping[str, tuple[str, ...] | Scalar]) -> tuple[str, ...]:
    """The facts of a machine section, see `Spec.facts`."""
    facts: list[str] = []
    for key, value in machine.items():
        facts += [key, *(f"{key}.{item}" for item in value)] if isinstance(value, tuple) else [key]
    return tuple(facts)


def load_spec(path: Path) -> Outcome[Spec]:
    """Read a spec.

    No value when it cannot be read as a mapping. One that is not whole can be looked at further, so that all errors
    come in one run.
    """
    document, errors = load(path, "spec")
    if document is None:
        return Outcome(None, errors)
    data = document.data
    name = data.get("name")
    differs: tuple[Diagnostic, ...] = ()
    if isinstance(name, str) and _NAME.fullmatch(name) and name != path.name.removesuffix(".yaml"):
        message = f"the name '{name}' differs from the file name '{path.name}'"
        differs = (Diagnostic("name-differs", document.at("name"), message, "give both the same name"),)
    if errors:
        return Outcome(_parts(document, errors), (*errors, *differs))
    machine = {key: tuple(value) if isinstance(value, list) else value for key, value in data["machine"].items()}
    spec = Spec(
        name=data["name"],
        summary=data["summary"],
        layers=tuple(data["layers"]),
        machines=tuple(data.get("machines", ())),
        unikraft=Identity(**data["unikraft"]),
        machine=machine,
        options=data.get("options", {}),
        document=document,
    )
    return Outcome(spec, differs)


def _parts(document: Document, errors: tuple[Diagnostic, ...]) -> Spec:
    """What is right in a spec that is not whole."""
    readable = Readable(document, errors)
    known = schema_data("spec")["properties"]["machine"]["properties"]

    def is_list(key: str, value: object) -> bool:
        return isinstance(value, list) and all(readable.is_right("machine", key, i) for i in range(len(value)))

    return Spec(
        name="",
        summary="",
        layers=tuple(name for _, name in readable.items("layers")),
        machines=(),
        unikraft=Identity("", "", "", ""),
        machine={k: tuple(v) for k, v in readable.pairs("machine") if k in known and is_list(k, v)},
        options=dict(readable.pairs("options")),
        document=document,
        is_whole=False,
    )
