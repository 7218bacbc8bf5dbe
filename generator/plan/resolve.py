# SPDX-License-Identifier: BSD-3-Clause
"""Spec + components + core level -> `Plan`: which components, in which order, with which data.

Roots are the level's duties and the spec's list facts; the rest follows from `requires`
(docs/design.md section 2). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from ..diagnostics import Diagnostics, did_you_mean
from ..load.components import COMMON, Component, File, Level
from ..load.schema import schema_data
from ..load.spec import Scalar, Spec
from . import slots
from .choose import Choice, label, labels


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


def resolve(spec: Spec, level: Level, components: tuple[Component, ...], found: Diagnostics) -> Plan | None:
    """Choose, order and check the components; None when something does not fit, which is then in `found`."""
    errors = Diagnostics()
    _check_identity(spec, level, errors)
    _check_names(components, errors)
    slots.check(components, errors)
    choice = Choice(spec, level, components, errors)
    choice.serve_facts()
    choice.close()
    plan_components = _ordered(choice.chosen, errors)
    _check_duties(plan_components, errors)
    options = _options(spec, components, plan_components, errors)
    machine = _machine(spec, plan_components, errors)
    files = _files(plan_components, errors)
    for error in errors:
        found.add(error)
    return None if errors else Plan(spec, level, plan_components, files, options, machine, choice.why)


def _check_identity(spec: Spec, level: Level, errors: Diagnostics) -> None:
    for key in ("platform", "symbol", "library"):
        name = getattr(spec.unikraft, key)
        if name in level.taken:
            message = f"'{name}' is a name of the core's own at core level {level.name}"
            errors.error("name-taken", spec.document.at("unikraft", key), message, "give the platform another one")


def check_parts(spec: Spec, level: Level, components: tuple[Component, ...], found: Diagnostics) -> None:
    """Note what is wrong with facts and options of a spec that is not whole, whatever it says elsewhere."""
    errors = Diagnostics()
    Choice(spec, level, components, errors).serve_facts()
    _options(spec, components, (), errors)
    for error in errors:
        if error.code in ("unknown-fact", "unknown-option", "option-type"):
            found.add(error)


def _check_names(components: tuple[Component, ...], errors: Diagnostics) -> None:
    by_name: dict[str, Component] = {}
    for component in components:
        first = by_name.setdefault(component.name, component)
        if first is not component:
            message = f"component '{component.name}' is in two layers of one plan: {labels((first, component))}"
            errors.error("component-twice", component.document.at(), message, "rename one of the folders")


def _ordered(chosen: Mapping[str, Component], errors: Diagnostics) -> tuple[Component, ...]:
    """Providers before requirers; among equals common first, then by layer and name."""
    provider = {duty: c for c in chosen.values() for duty in c.provides}
    waiting = sorted(chosen.values(), key=lambda c: (c.layer != COMMON, c.layer, c.name))
    needs = {c.name: {provider[d].name for d in c.requires if d in provider} - {c.name} for c in waiting}
    done: dict[str, Component] = {}
    while waiting:
        ready = next((c for c in waiting if needs[c.name] <= done.keys()), None)
        if ready is None:
            _cycle(waiting, needs, errors)
            return tuple(done.values())
        waiting.remove(ready)
        done[ready.name] = ready
    return tuple(done.values())


def _cycle(waiting: list[Component], needs: Mapping[str, set[str]], errors: Diagnostics) -> None:
    by_name = {c.name: c for c in waiting}
    path = [waiting[0].name]
    while True:  # every one of them needs another one of them, so this walk comes back
        name = min(needs[path[-1]] & by_name.keys())
        if name in path:
            break
        path.append(name)
    path = path[path.index(name) :]
    first, second = by_name[path[0]], by_name[[*path, path[0]][1]]
    index = next(i for i, duty in enumerate(first.requires) if duty in second.provides)
    shown = " -> ".join([*path, path[0]])
    errors.error("cycle", first.document.at("requires", index), f"components require each other in a circle: {shown}")


def _check_duties(components: tuple[Component, ...], errors: Diagnostics) -> None:
    """No duty is provided twice, no conflict holds."""
    provider: dict[str, tuple[Component, int]] = {}
    for component in components:
        for i, duty in enumerate(component.provides):
            first, k = provider.setdefault(duty, (component, i))
            if first is not component:
                message = f"duty '{duty}' is provided by two components of the plan: {labels((first, component))}"
                hint = f"the other one: {first.document.at('provides', k)}"
                errors.error("duty-twice", component.document.at("provides", i), message, hint)
    names = {c.name: c for c in components}
    for component in components:
        for i, word in enumerate(component.conflicts):
            other = provider[word][0] if word in provider else names.get(word)
            if other and other is not component:
                message = f"{label(component)} conflicts with {label(other)}, and the plan has both"
                errors.error("conflict", component.document.at("conflicts", i), message)


def _options(
    spec: Spec, components: tuple[Component, ...], chosen: tuple[Component, ...], errors: Diagnostics
) -> dict[str, Scalar]:
    """Defaults of the plan's components, overridden by the spec.

    An option whose component is in the plan of another core level only is known, and idle here.
    """
    declared: dict[str, Component] = {}
    for component in components:
        for option in component.options:
            first = declared.setdefault(option, component)
            if first is not component and {first.name, component.name} <= {c.name for c in chosen}:
                place = component.document.at_key("options", option)
                message = f"option '{option}' is declared by two components of the plan: {labels((first, component))}"
                errors.error("option-twice", place, message, "let one of them require the other's duty")
    options = {option: value for c in chosen for option, value in c.options.items()}
    for option, value in spec.options.items():
        if option not in declared:
            hint = partial(did_you_mean, option, declared)
            errors.error(
                "unknown-option",
                spec.document.at_key("options", option),
                f"no component has an option '{option}'",
                hint,
            )
        elif type(value) is not type(default := options.get(option, declared[option].options[option])):
            message = f"option '{option}' must be of the same type as its default, {default!r}"
            errors.error("option-type", spec.document.at("options", option), message)
        elif option in options:
            options[option] = value
    return options


def _machine(spec: Spec, components: tuple[Component, ...], errors: Diagnostics) -> dict[str, tuple[str, ...] | Scalar]:
    """The spec's machine section, completed by the defaults of values that it leaves out."""
    machine = dict(spec.machine)
    defaults: dict[str, tuple[Component, Scalar]] = {}
    for component in components:
        for key, default in component.values.items():
            if key in spec.machine:
                continue
            if default is None:
                message = f"the machine section gives no '{key}', which {label(component)} needs"
                rule = schema_data("spec")["properties"]["machine"]["properties"][key]
                errors.error("value-missing", spec.document.at_key("machine"), message, rule["description"])
                continue
            first, value = defaults.setdefault(key, (component, default))
            if value != default:
                message = f"{labels((first, component))} give '{key}' different defaults: {value}, {default}"
                place = component.document.at("values", key)
                errors.error("value-differs", place, message, "let one of them require the other's duty")
            machine[key] = value
    return machine


def _files(components: tuple[Component, ...], errors: Diagnostics) -> tuple[OutputFile, ...]:
    """The tree's files by path. Objects are named after sources, so two sources must not share a stem."""
    by_path: dict[str, OutputFile] = {}
    by_stem: dict[str, OutputFile] = {}
    for component in components:
        for file in component.files:
            output = OutputFile(file.to, component, file)
            first = by_path.setdefault(file.to, output)
            if first is not output:
                message = f"'{file.to}' comes from two components: {labels((first.component, component))}"
                errors.error("path-twice", file.location, message, f"the other one: {first.file.location}")
            elif file.is_compiled:
                first = by_stem.setdefault(PurePosixPath(file.to).stem, output)
                if first is not output:
                    message = f"'{file.to}' and '{first.path}' would give one object file"
                    errors.error("stem-twice", file.location, message, f"the other one: {first.file.location}")
    for path, output in by_path.items():
        for folder in PurePosixPath(path).parents:
            if folder.as_posix() in by_path:
                message = f"'{folder}' is a file of the tree, and '{path}' needs a folder there"
                errors.error("path-in-file", output.file.location, message)
    return tuple(by_path[path] for path in sorted(by_path))
