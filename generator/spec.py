# SPDX-License-Identifier: BSD-3-Clause
"""`platforms/NAME.yaml` -> `Spec`: what one target is (docs/design.md section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import Diagnostics
from generator.document import Document, load

Scalar = int | bool | str


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
    def facts(self) -> tuple[str, ...]:
        """`KEY.ITEM` for each item of a list fact, `KEY` for each scalar fact, in the spec's order."""
        facts: list[str] = []
        for key, value in self.machine.items():
            facts += [f"{key}.{item}" for item in value] if isinstance(value, tuple) else [key]
        return tuple(facts)


def load_spec(path: Path, found: Diagnostics) -> Spec | None:
    """Read a spec; None when it has errors, which are then in `found`."""
    document = load(path, "spec", found)
    if document is None:
        return None
    data = document.data
    if data["name"] != path.name.removesuffix(".yaml"):
        message = f"the name '{data['name']}' differs from the file name '{path.name}'"
        found.error("name-differs", document.at("name"), message, "give both the same name")
        return None
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
