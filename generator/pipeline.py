# SPDX-License-Identifier: BSD-3-Clause
"""The one way load -> resolve -> render -> compare, for every command (docs/design.md section 1).

Each method is a step or several: it returns a value with all errors that do not follow from one another. What
follows from an error is not tried: no plan from a manifest that cannot be read, no Kconfig check of half a tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from .diagnostics import Diagnostic, Diagnostics, Outcome, did_you_mean
from .load.components import COMMON, Component, layers, load_layer
from .load.levels import Level, level_names, load_level
from .load.spec import Spec, load_spec
from .places import Places
from .plan.resolve import Plan, check_parts, resolve
from .tree import kconfig
from .tree.compare import Comparison, compare, manifest_of
from .tree.render import Renderer, Tree


class Rendered(NamedTuple):
    """One platform at one core level."""

    plan: Plan
    tree: Tree


class Pipeline:
    """The steps over one checkout, of which each file is read once."""

    def __init__(self, root: Path, added: Iterable[Path] = ()) -> None:
        """Read nothing yet; `added` holds folders with further layers.

        Raises BadInput where `root` is no checkout, or a folder brings no layers of its own.
        """
        self.places = Places(root, tuple(dict.fromkeys(added)))
        self._layer_places = self.places.layers().or_stop() if added else {}
        self._renderer = Renderer((self.places.templates, *self.places.added), self.places.platforms)
        self._levels: dict[str, Outcome[Level]] = {}
        self._layers: dict[str, Outcome[tuple[Component, ...]]] = {}

    @cached_property
    def level_names(self) -> Outcome[tuple[str, ...]]:
        """The names of all core levels, those that cannot be read, too."""
        return level_names(self.places.templates)

    def level(self, name: str) -> Outcome[Level]:
        """The core level of this name."""
        names, errors = self.level_names
        if name not in (names or ()):
            hint = did_you_mean(name, names or ())
            return Outcome(None, (*errors, Diagnostic("unknown-level", None, f"there is no core level '{name}'", hint)))
        if name not in self._levels:
            level, faults = load_level(self.places.templates, name)
            self._levels[name] = Outcome(level, (*errors, *faults))
        return self._levels[name]

    def levels(self) -> Outcome[Mapping[str, Level]]:
        """All core levels that can be read, by name."""
        found = Diagnostics()
        levels = {name: found.take(self.level(name)) for name in found.take(self.level_names) or ()}
        return Outcome({name: level for name, level in levels.items() if level}, tuple(found))

    @cached_property
    def layer_names(self) -> tuple[str, ...]:
        """The names of all layers but the common one."""
        return tuple(sorted(self._layer_places)) if self._layer_places else layers(self.places.templates)

    def layer(self, name: str) -> Outcome[tuple[Component, ...]]:
        """The components of one layer."""
        if name not in self._layers:
            templates = self._layer_places.get(name, self.places.templates)
            self._layers[name] = load_layer(templates, name, self.level_names.value or ())
        return self._layers[name]

    def all_components(self) -> Outcome[tuple[Component, ...]]:
        """The components of all layers, the common one first."""
        return self._of_layers((COMMON, *self.layer_names))

    def components(self, spec: Spec) -> Outcome[tuple[Component, ...]]:
        """The components of the spec's layers; no value where there is no such layer."""
        unknown = tuple(
            Diagnostic(
                "unknown-layer",
                spec.document.at("layers", i),
                f"there is no layer '{name}' under templates/",
                did_you_mean(name, self.layer_names),
            )
            for i, name in enumerate(spec.layers)
            if name not in self.layer_names
        )
        if unknown or not spec.layers:  # none at all follows from an error of the spec
            return Outcome(None, unknown)
        return self._of_layers((COMMON, *spec.layers))

    def _of_layers(self, names: Iterable[str]) -> Outcome[tuple[Component, ...]]:
        outcomes = [self.layer(name) for name in names]
        errors = tuple(error for outcome in outcomes for error in outcome.errors)
        return Outcome(tuple(component for outcome in outcomes for component in outcome.value or ()), errors)

    def specs(self, platforms: Iterable[str]) -> Outcome[tuple[Spec, ...]]:
        """The specs of these platforms, each once, with an error for each that is not whole."""
        found = Diagnostics()
        paths = dict.fromkeys(found.take(self.places.spec(platform)) for platform in platforms)
        specs = [found.take(load_spec(path)) for path in paths if path]
        return Outcome(tuple(spec for spec in specs if spec), tuple(found))

    def plan(self, spec: Spec, level: Level) -> Outcome[Plan]:
        """The plan of a spec at a level; of a spec that is not whole only what is wrong with its parts."""
        components, errors = self.components(spec)
        if components is None or errors:
            return Outcome(None, errors)
        if not spec.is_whole:
            return Outcome(None, tuple(check_parts(spec, level, components)))
        return resolve(spec, level, components)

    def plans(self, platforms: Iterable[str], level_name: str) -> Outcome[tuple[Plan, ...]]:
        """The plans of these platforms."""
        found = Diagnostics()
        level = found.take(self.level(level_name))
        plans: list[Plan] = []
        for spec in found.take(self.specs(platforms)) or ():
            if level is None:
                found.take(self.components(spec))
            elif plan := found.take(self.plan(spec, level)):
                plans.append(plan)
        return Outcome(tuple(plans), tuple(found))

    def render(self, plan: Plan) -> Outcome[Tree]:
        """The tree of a plan, without the files that cannot be rendered; only a whole tree has its Kconfig checked."""
        tree, errors = self._renderer.render(plan)
        if tree is None or errors:
            return Outcome(tree, errors)
        return Outcome(tree, kconfig.check(plan, tree))

    def render_unchecked(self, plan: Plan) -> Outcome[Tree]:
        """The same without Kconfig, for a platform of which another tree has faults: they would come once more."""
        return self._renderer.render(plan)

    def rendered(self, spec: Spec, level: Level) -> Outcome[Rendered]:
        """Plan and tree of a spec at a level, where nothing is wrong with them."""
        plan, errors = self.plan(spec, level)
        if plan is None:
            return Outcome(None, errors)
        tree, faults = self.render(plan)
        return Outcome(Rendered(plan, tree) if tree is not None and not faults else None, (*errors, *faults))

    def compare(self, rendered: Rendered, folder: Path, *, force: bool = False) -> Outcome[Comparison]:
        """What writing a tree to a folder would do."""
        plan, tree = rendered
        return compare(tree, folder, manifest_of(tree, plan.spec.name, plan.level.name), force=force)
