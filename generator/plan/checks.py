# SPDX-License-Identifier: BSD-3-Clause
"""What must hold for a plan and what no schema can say: each check yields the errors that it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ..diagnostics import Diagnostic, did_you_mean
from ..load.components import Component
from ..load.files import File
from ..load.levels import Level
from ..load.schema import schema_data
from ..load.spec import Scalar, Spec
from .choose import label, labels


def check_identity(spec: Spec, level: Level) -> Iterator[Diagnostic]:
    """The platform has no name that the core itself has."""
    for key in ("platform", "symbol", "library"):
        name = getattr(spec.unikraft, key)
        if name in level.taken:
            message = f"'{name}' is a name that Unikraft uses at core level {level.name}"
            yield Diagnostic("name-taken", spec.document.at("unikraft", key), message, "choose another name")


def check_names(components: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """No two layers of the plan have a component of one name."""
    by_name: dict[str, Component] = {}
    for component in components:
        first = by_name.setdefault(component.name, component)
        if first is not component:
            message = f"component '{component.name}' exists in two layers of this plan: {labels((first, component))}"
            yield Diagnostic("component-twice", component.document.at(), message, "rename one of the folders")


def check_circle(waiting: tuple[Component, ...], needs: Mapping[str, set[str]]) -> Iterator[Diagnostic]:
    """No components are left `waiting` for each other; `needs` names the providers of what each requires."""
    if not waiting:
        return
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
    message = f"components require each other in a cycle: {' -> '.join([*path, path[0]])}"
    yield Diagnostic("cycle", first.document.at("requires", index), message)


def check_duties(chosen: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """No duty is provided twice, no conflict holds."""
    provider: dict[str, tuple[Component, int]] = {}
    for component in chosen:
        for i, duty in enumerate(component.provides):
            first, k = provider.setdefault(duty, (component, i))
            if first is not component:
                message = f"duty '{duty}' is provided by two components of the plan: {labels((first, component))}"
                hint = f"the other is in {first.document.at('provides', k)}"
                yield Diagnostic("duty-twice", component.document.at("provides", i), message, hint)
    names = {c.name: c for c in chosen}
    for component in chosen:
        for i, word in enumerate(component.conflicts):
            other = provider[word][0] if word in provider else names.get(word)
            if other and other is not component:
                message = f"{label(component)} conflicts with {label(other)}, and the plan has both"
                yield Diagnostic("conflict", component.document.at("conflicts", i), message)


def check_options(spec: Spec, components: tuple[Component, ...], chosen: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """Each option of the spec is one that a component declares, and has its type.

    An option whose component is in the plan of another core level only is known, and idle here.
    """
    declared: dict[str, Component] = {}
    names = {c.name for c in chosen}
    for component in components:
        for option in component.options:
            first = declared.setdefault(option, component)
            if first is not component and {first.name, component.name} <= names:
                place = component.document.at_key("options", option)
                message = f"option '{option}' is declared by two components of the plan: {labels((first, component))}"
                yield Diagnostic("option-twice", place, message, "let one of them require the other's duty")
    defaults = {option: value for c in chosen for option, value in c.options.items()}
    for option, value in spec.options.items():
        if option not in declared:
            place = spec.document.at_key("options", option)
            hint = partial(did_you_mean, option, declared)
            yield Diagnostic("unknown-option", place, f"no component has an option '{option}'", hint)
        elif type(value) is not type(default := defaults.get(option, declared[option].options[option])):
            message = f"option '{option}' must be of the same type as its default, {default!r}"
            yield Diagnostic("option-type", spec.document.at("options", option), message)


def check_machine(spec: Spec, chosen: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """The spec's machine section has every value that the chosen components need, or they agree on a default."""
    defaults: dict[str, tuple[Component, Scalar]] = {}
    for component in chosen:
        for key, default in component.values.items():
            if key in spec.machine:
                continue
            if default is None:
                message = f"the machine section lacks '{key}', which {label(component)} needs"
                rule = schema_data("spec")["properties"]["machine"]["properties"][key]
                yield Diagnostic("value-missing", spec.document.at_key("machine"), message, rule["description"])
                continue
            first, value = defaults.setdefault(key, (component, default))
            if value != default:
                message = f"{labels((first, component))} give '{key}' different defaults: {value}, {default}"
                place = component.document.at("values", key)
                yield Diagnostic("value-differs", place, message, "let one of them require the other's duty")


def check_files(chosen: tuple[Component, ...]) -> Iterator[Diagnostic]:
    """Each path comes once. Objects are named after sources, so two sources must not share a stem."""
    by_path: dict[str, tuple[Component, File]] = {}
    by_stem: dict[str, File] = {}
    for component in chosen:
        for file in component.files:
            giver, first = by_path.setdefault(file.to, (component, file))
            if first is not file:
                message = f"'{file.to}' comes from two components: {labels((giver, component))}"
                yield Diagnostic("path-twice", file.location, message, f"the other is in {first.location}")
            elif file.is_compiled:
                stem = file.to.rpartition("/")[2].rpartition(".")[0]
                first = by_stem.setdefault(stem, file)
                if first is not file:
                    message = f"'{file.to}' and '{first.to}' would yield the same object file"
                    yield Diagnostic("stem-twice", file.location, message, f"the other is in {first.location}")
    for path, (_, file) in by_path.items():
        folder = path
        while folder := folder.rpartition("/")[0]:
            if folder in by_path:
                message = f"'{folder}' is a file of the tree, but '{path}' needs a folder there"
                yield Diagnostic("path-in-file", file.location, message)
