# SPDX-License-Identifier: BSD-3-Clause
"""Spec + components + core level -> `Plan`: which components, in which order, with which data.

Roots are the level's duties and the spec's list facts; the rest follows from `requires`
(docs/design.md section 2). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..diagnostics import Diagnostic, Outcome
from ..load.components import COMMON, Component
from ..load.files import File
from ..load.levels import Level
from ..load.spec import Scalar, Spec
from . import checks, slots
from .choose import Choice, Pool, check_facts, choose


class OutputFile(NamedTuple):
    """One file of the tree and the component it comes from."""

    path: str
    component: Component
    file: File


class Plan(NamedTuple):
    """All that rendering needs to know.

    `machine` is the spec's, with the components' defaults; `why` says per component what pulled it in.
    """

    spec: Spec
    level: Level
    components: tuple[Component, ...]
    files: tuple[OutputFile, ...]
    options: Mapping[str, Scalar]
    machine: Mapping[str, tuple[str, ...] | Scalar]
    why: Mapping[str, str]


def resolve(spec: Spec, level: Level, components: tuple[Component, ...]) -> Outcome[Plan]:
    """Choose, order and check the components of the spec's layers; no plan when something does not fit."""
    choice, unmet = choose(Pool(spec, level, components))
    needs = _needs(choice)
    chosen, waiting = _ordered(choice, needs)
    errors = (
        *checks.check_identity(spec, level),
        *checks.check_names(components),
        *slots.check(components),
        *unmet,
        *checks.check_circle(waiting, needs),
        *checks.check_duties(chosen),
        *checks.check_options(spec, components, chosen),
        *checks.check_machine(spec, chosen),
        *checks.check_files(chosen),
    )
    if errors:
        return Outcome(None, errors)
    files = sorted(OutputFile(file.to, component, file) for component in chosen for file in component.files)
    return Outcome(Plan(spec, level, chosen, tuple(files), _options(spec, chosen), _machine(spec, chosen), choice.why))


def check_parts(spec: Spec, level: Level, components: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """What is wrong with facts and options of a spec that is not whole, whatever it says elsewhere."""
    found = (*check_facts(Pool(spec, level, components)), *checks.check_options(spec, components, ()))
    return (error for error in found if error.code in ("unknown-fact", "unknown-option", "option-type"))


def _needs(choice: Choice) -> dict[str, set[str]]:
    """For each chosen component the others that provide what it requires."""
    chosen = choice.components.values()
    provider = {duty: c.name for c in chosen for duty in c.provides}
    return {c.name: {provider[duty] for duty in c.requires if duty in provider} - {c.name} for c in chosen}


def _ordered(choice: Choice, needs: Mapping[str, set[str]]) -> tuple[tuple[Component, ...], tuple[Component, ...]]:
    """Providers before requirers; among equals common first, then by layer and name.

    The second tuple has the components in a cycle.
    """
    waiting = sorted(choice.components.values(), key=lambda c: (c.layer != COMMON, c.layer, c.name))
    done: dict[str, Component] = {}
    while ready := next((c for c in waiting if needs[c.name] <= done.keys()), None):
        waiting.remove(ready)
        done[ready.name] = ready
    return tuple(done.values()), tuple(waiting)


def _options(spec: Spec, chosen: tuple[Component, ...]) -> dict[str, Scalar]:
    """Defaults of the plan's components, overridden by the spec."""
    defaults = {option: value for component in chosen for option, value in component.options.items()}
    return {option: spec.options.get(option, value) for option, value in defaults.items()}


def _machine(spec: Spec, chosen: tuple[Component, ...]) -> dict[str, tuple[str, ...] | Scalar]:
    """The spec's machine section, completed by the defaults of values that it leaves out."""
    defaults = {key: value for component in chosen for key, value in component.values.items() if value is not None}
    return {**spec.machine, **{key: value for key, value in defaults.items() if key not in spec.machine}}
