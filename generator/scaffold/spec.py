# SPDX-License-Identifier: BSD-3-Clause
"""The text of a new spec: the facts of one that there is, and for each line what else could stand there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .. import DEFAULT_LEVEL
from ..diagnostics import Diagnostics, did_you_mean, fail, stop
from ..load.components import COMMON, Component
from ..load.schema import schema_data
from ..load.spec import Identity, Scalar, Spec, facts_of
from ..pipeline import Pipeline
from .put import render

_PLAIN = re.compile(r"[A-Za-z][\w/().,-]*( [\w/().,-]+)+")
"""Texts that YAML reads as they stand."""


class Choice(NamedTuple):
    """What the user says of the new spec; what is not said is the base's."""

    base: str | None
    hypervisors: tuple[str, ...]
    boot: tuple[str, ...]
    machines: tuple[str, ...]


class Word(NamedTuple):
    """A word that a list could have, too."""

    name: str
    about: str


def text(pipeline: Pipeline, name: str, choice: Choice, *, is_elsewhere: bool) -> str:
    """The spec's file. Raises BadInput where the choice names what is not there, or what has no plan."""
    components = pipeline.all_components().or_stop()
    keys: Mapping[str, Any] = schema_data("spec")["properties"]["machine"]["properties"]
    _check(choice, components)
    base = _base(pipeline, choice, components)
    machine = dict(base.machine)
    machine |= {"hypervisors": choice.hypervisors} if choice.hypervisors else {}
    machine |= {"boot": choice.boot} if choice.boot else {}
    layers = _layers(base, choice, components)
    spec = base._replace(
        name=name,
        layers=layers,
        machines=choice.machines or (base.machines if _same(base, machine) else ()),
        unikraft=_identity(pipeline, name),
        machine=_served(machine, layers, components),
        options={},
    )
    told = " or ".join(_items(spec.machine, "hypervisors"))
    spec = spec._replace(summary=f"Guest of {told}, booted by {' or '.join(_items(spec.machine, 'boot'))}")
    spec = spec._replace(unikraft=spec.unikraft._replace(prompt=f"{spec.summary} (out of tree)"))
    plan, errors = pipeline.plan(spec, pipeline.level(DEFAULT_LEVEL).or_stop())
    if plan is None:  # the base's lines are not at fault
        stop(error._replace(location=None) for error in errors)
    others = {key: _others(key, spec, components) for key in keys}
    return render(
        "spec.yaml",
        spec=spec,
        keys=keys,
        others=others,
        is_elsewhere=is_elsewhere,
        quoted=_quoted,
        machines=schema_data("spec")["properties"]["machines"]["items"]["enum"],
        layers=[name for name in pipeline.layer_names if name not in layers],
        options={o: (v, c.summary) for c in components if c.layer in (COMMON, *layers) for o, v in c.options.items()},
    )


def _check(choice: Choice, components: Iterable[Component]) -> None:
    """Each word of the choice is one that something knows."""
    found = Diagnostics()
    served = {fact for component in components for fact in component.serves}
    for key, items in (("hypervisors", choice.hypervisors), ("boot", choice.boot)):
        known = {fact.partition(".")[2] for fact in served if fact.startswith(f"{key}.")}
        for item in items:
            if item not in known:
                found.error("unknown-fact", None, f"nothing serves '{key}.{item}'", did_you_mean(item, known))
    machines = schema_data("spec")["properties"]["machines"]["items"]["enum"]
    for item in choice.machines:
        if item not in machines:
            found.error("unknown-word", None, f"'{item}' is not a test machine", did_you_mean(item, machines))
    found.stop_if_any()


def _base(pipeline: Pipeline, choice: Choice, components: tuple[Component, ...]) -> Spec:
    """The spec that is named, else the one that loses least of its facts on the hypervisors that are."""
    if choice.base is not None:
        return pipeline.specs([choice.base]).or_stop()[0]
    names = pipeline.places.all_platforms().or_stop()
    if not choice.hypervisors:
        known = sorted(f.partition(".")[2] for c in components for f in c.serves if f.startswith("hypervisors."))
        hint = f"--hypervisor {'|'.join(known)}, or --from {'|'.join(names)}"
        fail("bad-request", None, "what does the new platform run on?", hint)

    def rank(spec: Spec) -> tuple[int, int]:
        machine = {**spec.machine, "hypervisors": choice.hypervisors}
        kept = {*facts_of(_served(machine, _layers(spec, choice, components), components))}
        return len({*spec.facts} - kept), -len(kept)

    return min(pipeline.specs(names).or_stop(), key=rank)


def _layers(base: Spec, choice: Choice, components: Iterable[Component]) -> tuple[str, ...]:
    """The layers that serve the hypervisors that are asked for."""
    if not choice.hypervisors:
        return base.layers
    owners = {fact: c.layer for c in components for fact in c.serves}
    return tuple(dict.fromkeys(owners[f"hypervisors.{name}"] for name in choice.hypervisors))


def _served(
    machine: Mapping[str, tuple[str, ...] | Scalar], layers: Iterable[str], components: Iterable[Component]
) -> dict[str, tuple[str, ...] | Scalar]:
    """The part of a machine section that these layers know something to do with."""
    pool = [component for component in components if component.layer in (COMMON, *layers)]
    values = {key for component in pool for key in component.values}
    left = {key: value for key, value in machine.items() if isinstance(value, tuple) or key in values}
    while True:
        facts = {*facts_of(left)}
        served = {fact for component in pool if facts.issuperset(component.facts) for fact in component.serves}
        kept: dict[str, tuple[str, ...] | Scalar] = {}
        for key, value in left.items():
            items = tuple(i for i in value if f"{key}.{i}" in served) if isinstance(value, tuple) else value
            kept |= {key: items} if items != () else {}
        if kept == left:
            return kept
        left = kept


def _items(machine: Mapping[str, tuple[str, ...] | Scalar], key: str) -> tuple[str, ...]:
    value = machine.get(key, ())
    return value if isinstance(value, tuple) else ()


def _same(base: Spec, machine: Mapping[str, tuple[str, ...] | Scalar]) -> bool:
    return all(base.machine.get(key) == machine.get(key) for key in ("hypervisors", "boot"))


def _identity(pipeline: Pipeline, name: str) -> Identity:
    """Names inside Unikraft that neither it nor another spec of the checkout has."""
    taken = {word for level in pipeline.levels().or_stop().values() for word in level.taken}
    for other in pipeline.specs(pipeline.places.platform_names().or_stop()).or_stop():
        taken |= {other.unikraft.platform, other.unikraft.symbol, other.unikraft.library}
    word = name
    while True:
        bare = word.replace("-", "")
        identity = Identity(word, f"PLAT_{bare.upper()}", f"lib{bare}plat", "")
        if taken.isdisjoint(identity[:3]):
            return identity
        word += "x"


def _others(key: str, spec: Spec, components: Iterable[Component]) -> list[Word]:
    """What a list could have besides, with what it is and the layer that it needs."""
    words: dict[str, str] = {}
    for component in components:
        for fact in component.serves:
            start, _, item = fact.partition(".")
            if start == key and item not in _items(spec.machine, key):
                needs = "" if component.layer in (COMMON, *spec.layers) else f" (layer {component.layer})"
                words.setdefault(item, component.summary + needs)
    return [Word(item, words[item]) for item in sorted(words)]


def _quoted(value: str | Scalar) -> str:
    """A value as YAML reads it back."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
