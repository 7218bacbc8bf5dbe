# SPDX-License-Identifier: BSD-3-Clause
"""`platforms/NAME.yaml` -> `Spec`: what one target is (docs/design.md section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..diagnostics import Diagnostics
from .document import Document, load
from .schema import schema_data

Scalar = int | bool | str


_NAME = re.compile(r"[a-z][a-z0-9-]*")
_FACT = re.compile(r"[a-z0-9][a-z0-9-]*")


class Identity(NamedTuple):
    """The platform's names inside Unikraft."""

    platform: str
    symbol: str
    library: str
    prompt: str


class Spec(NamedTuple):
    """A target: its names, its layer, the facts of its machine, its options."""

    name: str
    summary: str
    layer: str
    machines: tuple[str, ...]
    """Test machines that are such a target; empty where the spec does not say."""
    unikraft: Identity
    machine: Mapping[str, tuple[str, ...] | Scalar]
    options: Mapping[str, Scalar]
    document: Document

    @property
    def is_whole(self) -> bool:
        """Whether it can be planned."""
        return self.document.is_whole

    @property
    def facts(self) -> tuple[str, ...]:
        """`KEY.ITEM` for each item of a list fact, `KEY` for each scalar fact, in the spec's order."""
        facts: list[str] = []
        for key, value in self.machine.items():
            facts += [f"{key}.{item}" for item in value] if isinstance(value, tuple) else [key]
        return tuple(facts)


def load_spec(path: Path, found: Diagnostics) -> Spec | None:
    """Read a spec; its errors are in `found`.

    None when it cannot be read as a mapping. A spec that is not whole has those facts and options only that are
    written as they should be: they can be looked at, so that all errors come in one run.
    """
    document = load(path, "spec", found, parts=True)
    if document is None:
        return None
    data = document.data
    name = data.get("name")
    if isinstance(name, str) and _NAME.fullmatch(name) and name != path.name.removesuffix(".yaml"):
        message = f"the name '{name}' differs from the file name '{path.name}'"
        found.error("name-differs", document.at("name"), message, "give both the same name")
    if not document.is_whole:
        return _parts(document)
    machine = {key: tuple(value) if isinstance(value, list) else value for key, value in data["machine"].items()}
    return Spec(
        name=data["name"],
        summary=data["summary"],
        layer=data["layer"],
        machines=tuple(data.get("machines", ())),
        unikraft=Identity(**data["unikraft"]),
        machine=machine,
        options=data.get("options", {}),
        document=document,
    )


def _parts(document: Document) -> Spec:
    """What is right in a spec that is not whole."""
    data = document.data
    known = schema_data("spec")["properties"]["machine"]["properties"]

    def is_read(*path: str | int) -> bool:
        return document.at(*path) not in document.misread

    def mapping(key: str) -> dict[str, Any]:
        return data[key] if isinstance(data.get(key), dict) else {}

    def is_list(key: str, value: object) -> bool:
        return isinstance(value, list) and all(
            isinstance(item, str) and _FACT.fullmatch(item) and is_read("machine", key, i)
            for i, item in enumerate(value)
        )

    layer = data.get("layer")
    options = {k: v for k, v in mapping("options").items() if isinstance(v, int | str) and is_read("options", k)}
    return Spec(
        name="",
        summary="",
        layer=layer if isinstance(layer, str) and _NAME.fullmatch(layer) and is_read("layer") else "",
        machines=(),
        unikraft=Identity("", "", "", ""),
        machine={k: tuple(v) for k, v in mapping("machine").items() if k in known and is_list(k, v)},
        options={k: v for k, v in options.items() if _NAME.fullmatch(k)},
        document=document,
    )
