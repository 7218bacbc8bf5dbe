# SPDX-License-Identifier: BSD-3-Clause
"""The first half of `resolve`: which components a spec, its facts and its duties bring in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ..diagnostics import Diagnostics, Location, did_you_mean
from ..load.components import COMMON, Component, Level
from ..load.spec import Spec


class Choice:
    """The growing set of chosen components, and what pulled each in."""

    def __init__(self, spec: Spec, level: Level, components: tuple[Component, ...], errors: Diagnostics) -> None:
        """Start with nothing chosen, and the level's duties wanted."""
        self.spec, self.level, self.components, self.errors = spec, level, components, errors
        self.facts = frozenset(spec.facts)
        self.applicable = tuple(c for c in components if c.applies(self.facts, level.name))
        self.providers = _by_duty(self.applicable)
        self.met: set[str] = set()
        self.chosen: dict[str, Component] = {}
        self.why: dict[str, str] = {}
        self.wanted = {
            duty: (f"core level {level.name}", level.document.at("requires", i))
            for i, duty in enumerate(level.requires)
        }

    def add(self, component: Component, why: str) -> None:
        """Choose a component; what it requires and brings is wanted from now on."""
        if component.name in self.chosen:
            return
        self.chosen[component.name] = component
        self.met.update(component.provides)
        self.why[component.name] = why
        for key, duties in (("requires", component.requires), ("brings", component.brings)):
            for i, duty in enumerate(duties):
                self.wanted.setdefault(duty, (f"component {label(component)}", component.document.at(key, i)))

    def serve_facts(self) -> None:
        """Add the one component that serves each list fact of the spec."""
        serving: dict[str, list[Component]] = {}
        for component in self.applicable:
            for served in component.serves:
                serving.setdefault(served, []).append(component)
        for key, items in self.spec.machine.items():
            for i, item in enumerate(items if isinstance(items, tuple) else ()):
                fact = f"{key}.{item}"
                servers = serving.get(fact, [])
                at = self.spec.document.at("machine", key, i)
                if len(servers) == 1:
                    self.add(servers[0], f"serves {fact}")
                elif servers:
                    message = f"fact {fact} is served by two components: {labels(servers)}"
                    self.errors.error(
                        "fact-served-twice", at, message, "let only one of them apply here (levels, facts)"
                    )
                else:
                    self._unserved(fact, at)

    def _unserved(self, fact: str, at: Location) -> None:
        key, _, item = fact.partition(".")
        elsewhere = [c for c in self.components if fact in c.serves]
        if elsewhere:
            message = f"at core level {self.level.name} no component serves fact {fact}"
            self.errors.error("fact-unserved", at, message, "; ".join(self._obstacle(c) for c in elsewhere))
        else:

            def hint() -> str:
                served = (f.split(".") for c in self.components for f in c.serves)
                return did_you_mean(item, (words[1] for words in served if words[0] == key))

            message = f"no component of the layers {COMMON} and {self.spec.layer} serves fact {fact}"
            self.errors.error("unknown-fact", at, message, hint)

    def _obstacle(self, component: Component) -> str:
        """Why a component that would do does not apply."""
        if component.levels and self.level.name not in component.levels:
            return f"{label(component)} applies to levels {', '.join(component.levels)}"
        missing = [f for f in component.facts if f not in self.facts]
        return f"{label(component)} needs the facts {', '.join(missing)} in the spec"

    def close(self) -> None:
        """Add providers until every wanted duty is met; what has only one provider is added first."""
        progress = True
        while progress:
            progress = False
            for duty, (who, _) in list(self.wanted.items()):
                candidates = self._open(duty)
                if len(candidates) == 1:
                    self.add(candidates[0], f"provides {duty}, required by {who}")
                    progress = True
        everywhere = _by_duty(self.components)
        for duty, (who, at) in self.wanted.items():
            candidates = self._open(duty)
            if candidates:
                message = f"duty '{duty}', required by {who}, has several providers: {labels(candidates)}"
                hint = "let only one of them apply here (levels, facts), or have a fact choose it (serves)"
                self.errors.error("duty-ambiguous", at, message, hint)
            elif duty not in self.met:
                elsewhere = everywhere.get(duty, [])
                obstacles = "; ".join(self._obstacle(c) for c in elsewhere)
                unmet = f"no component provides duty '{duty}', required by {who}"
                self.errors.error("duty-unmet", at, unmet, obstacles or partial(did_you_mean, duty, everywhere))

    def _open(self, duty: str) -> list[Component]:
        """The candidates for a duty that nothing chosen provides yet."""
        return [] if duty in self.met else self.providers.get(duty, [])


def _by_duty(components: Iterable[Component]) -> dict[str, list[Component]]:
    found: dict[str, list[Component]] = {}
    for component in components:
        for duty in component.provides:
            found.setdefault(duty, []).append(component)
    return found


def label(component: Component) -> str:
    """A component as messages name it."""
    return f"{component.layer}/{component.name}"


def labels(components: Iterable[Component]) -> str:
    """Several components as messages name them."""
    return ", ".join(label(c) for c in components)
