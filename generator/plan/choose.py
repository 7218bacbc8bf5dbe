# SPDX-License-Identifier: BSD-3-Clause
"""The first half of `resolve`: which components a spec, its facts and its duties bring in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ..diagnostics import Diagnostic, Location, did_you_mean
from ..load.components import COMMON, Component
from ..load.levels import Level
from ..load.spec import Spec


class Choice(NamedTuple):
    """The chosen components by name, and for each what pulled it in."""

    components: Mapping[str, Component]
    why: Mapping[str, str]


class Pool:
    """The components that a spec may use at a core level, and why it may not use others."""

    def __init__(self, spec: Spec, level: Level, components: tuple[Component, ...]) -> None:
        """`components` are those of the spec's layers."""
        self.spec, self.level, self.components = spec, level, components
        self.facts = frozenset(spec.facts)
        self.applicable = tuple(c.fitted(self.facts) for c in components if c.applies(self.facts, level.name))

    def obstacle(self, component: Component) -> str:
        """Why a component that would do does not apply."""
        if component.levels and self.level.name not in component.levels:
            return f"{label(component)} applies to levels {', '.join(component.levels)}"
        missing = [f for f in component.facts if f not in self.facts]
        return f"{label(component)} needs the facts {', '.join(missing)} in the spec"

    def obstacles(self, components: Iterable[Component]) -> str:
        """The same for several components, as a hint."""
        return "; ".join(self.obstacle(c) for c in components)


def choose(pool: Pool) -> tuple[Choice, tuple[Diagnostic, ...]]:
    """The components that serve the spec's facts, meet the level's duties, and meet the duties of each other.

    With errors the choice holds what could be chosen.
    """
    choosing = _Choosing(pool)
    servers = serving(pool.applicable)
    for fact, _ in _list_facts(pool.spec):
        if len(servers.get(fact, ())) == 1:
            choosing.add(servers[fact][0], f"serves {fact}")
    choosing.close()
    return Choice(choosing.chosen, choosing.why), (*check_facts(pool), *choosing.unmet())


def check_facts(pool: Pool) -> Iterator[Diagnostic]:
    """Each list fact of the spec has exactly one component that serves it."""
    servers = serving(pool.applicable)
    for fact, at in _list_facts(pool.spec):
        components = servers.get(fact, [])
        if not components:
            yield _unserved(pool, fact, at)
        elif len(components) > 1:
            message = f"fact {fact} is served by two components: {labels(components)}"
            yield Diagnostic("fact-served-twice", at, message, "let only one of them apply here (levels, facts)")


def _list_facts(spec: Spec) -> Iterator[tuple[str, Location]]:
    """`KEY.ITEM` and its place for each item of each list of the machine section."""
    for key, items in spec.machine.items():
        for i, item in enumerate(items if isinstance(items, tuple) else ()):
            yield f"{key}.{item}", spec.document.at("machine", key, i)


def _unserved(pool: Pool, fact: str, at: Location) -> Diagnostic:
    key, _, item = fact.partition(".")
    elsewhere = [c for c in pool.components if fact in c.serves]
    if elsewhere:
        message = f"at core level {pool.level.name} no component serves fact {fact}"
        return Diagnostic("fact-unserved", at, message, pool.obstacles(elsewhere))

    def hint() -> str:
        served = (f.split(".") for c in pool.components for f in c.serves)
        return did_you_mean(item, (words[1] for words in served if words[0] == key))

    *layers, last = (COMMON, *pool.spec.layers)
    message = f"no component of the layers {', '.join(layers)} and {last} serves fact {fact}"
    return Diagnostic("unknown-fact", at, message, hint)


class _Choosing:
    """The growing set of chosen components: what is wanted, by whom, and what is met."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.providers = providing(pool.applicable)
        self.met: set[str] = set()
        self.chosen: dict[str, Component] = {}
        self.why: dict[str, str] = {}
        self.wanted = {
            duty: (f"core level {pool.level.name}", pool.level.document.at("requires", i))
            for i, duty in enumerate(pool.level.requires)
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

    def close(self) -> None:
        """Add providers until every wanted duty is met; what has only one provider is added first."""
        progress = True
        while progress:
            progress = False
            for duty, (who, _) in list(self.wanted.items()):
                candidates = self.candidates(duty)
                if len(candidates) == 1:
                    self.add(candidates[0], f"provides {duty}, required by {who}")
                    progress = True

    def candidates(self, duty: str) -> list[Component]:
        """The providers of a duty that nothing chosen meets yet."""
        return [] if duty in self.met else self.providers.get(duty, [])

    def unmet(self) -> Iterator[Diagnostic]:
        """After `close`: duties that nobody provides, and those with a choice that nothing settles."""
        everywhere = providing(self.pool.components)
        for duty, (who, at) in self.wanted.items():
            candidates = self.candidates(duty)
            if candidates:
                message = f"duty '{duty}', required by {who}, has several providers: {labels(candidates)}"
                hint = "let only one of them apply here (levels, facts), or have a fact choose it (serves)"
                yield Diagnostic("duty-ambiguous", at, message, hint)
            elif duty not in self.met:
                obstacles = self.pool.obstacles(everywhere.get(duty, ()))
                message = f"no component provides duty '{duty}', required by {who}"
                yield Diagnostic("duty-unmet", at, message, obstacles or partial(did_you_mean, duty, everywhere))


def serving(components: Iterable[Component]) -> dict[str, list[Component]]:
    """The components by the facts that they serve."""
    return _by(components, lambda component: component.serves)


def providing(components: Iterable[Component]) -> dict[str, list[Component]]:
    """The components by the duties that they provide."""
    return _by(components, lambda component: component.provides)


def _by(components: Iterable[Component], words: Callable[[Component], Iterable[str]]) -> dict[str, list[Component]]:
    found: dict[str, list[Component]] = {}
    for component in components:
        for word in words(component):
            found.setdefault(word, []).append(component)
    return found


def label(component: Component) -> str:
    """A component as messages name it."""
    return f"{component.layer}/{component.name}"


def labels(components: Iterable[Component]) -> str:
    """Several components as messages name them."""
    return ", ".join(label(c) for c in components)
