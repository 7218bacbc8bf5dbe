# SPDX-License-Identifier: BSD-3-Clause
"""A checkout and its folders: from the names on the command line to specs, plans and trees.

`gen`, `check` and `diff` share this whole way, so they cannot disagree (docs/design.md section 1).
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from .diagnostics import Diagnostics, Location, did_you_mean, fail
from .load.components import COMMON, Component, layers, load_layer
from .load.folders import LEVELS
from .load.levels import Level, level_names, load_level
from .load.spec import Spec, load_spec
from .plan.resolve import Plan, check_parts, resolve
from .tree import kconfig
from .tree.render import Renderer, Tree


class Rendered(NamedTuple):
    """One platform at one core level."""

    plan: Plan
    tree: Tree


class Project:
    """The folder that holds `platforms/` and `templates/`."""

    def __init__(self, root: Path) -> None:
        """Read nothing yet."""
        self.root = root
        self.platforms = root / "platforms"
        self.templates = root / "templates"
        self.found = Diagnostics()
        self._components: dict[str, tuple[Component, ...]] = {}
        self._levels: dict[str, Level | None] = {}
        self._parts: list[Spec] = []
        self._is_incomplete = False

    @cached_property
    def levels(self) -> dict[str, Level]:
        """All core levels by name."""
        return {name: level for name in self.level_names for level in [self.level(name)] if level}

    @cached_property
    def level_names(self) -> tuple[str, ...]:
        """The names of all core levels, those that cannot be read, too."""
        if not (self.templates / LEVELS).is_dir():
            message = f"no templates/{LEVELS} here: this is not a platgen checkout"
            self.found.error("no-project", Location(self.root), message, "give the checkout with --root")
            self.found.stop_if_any()
        return self.found.take(level_names(self.templates)) or ()

    @cached_property
    def renderer(self) -> Renderer:
        """The one renderer, so that each template is compiled once."""
        return Renderer(self.templates, self.platforms)

    def names(self) -> tuple[str, ...]:
        """The platforms of this checkout."""
        try:
            with os.scandir(self.platforms) as entries:
                return tuple(sorted(e.name.removesuffix(".yaml") for e in entries if e.name.endswith(".yaml")))
        except OSError as error:
            hint = "give the checkout with --root"
            fail("no-project", Location(self.platforms), f"cannot read: {error.strerror}", hint)

    def all_names(self) -> list[str]:
        """The same for a command that takes all of them; it is an error when there is none."""
        names = list(self.names())
        if not names:
            hint = "a spec is a file NAME.yaml; docs/writing-a-platform.md shows a first one"
            fail("no-specs", Location(self.platforms), "there is no spec here", hint)
        return names

    def spec_path(self, platform: str) -> Path | None:
        """The spec that PLAT names: a path when it looks like one, else a name below platforms/."""
        if "/" in platform or platform.endswith(".yaml"):
            return Path(platform).absolute()
        path = self.platforms / f"{platform}.yaml"
        if os.path.lexists(path):
            return path
        message = f"there is no platform '{platform}'"
        self.found.error("unknown-platform", None, message, did_you_mean(platform, self.names()))
        return None

    def specs(self, platforms: list[str]) -> list[Spec]:
        """The specs of these platforms, each once; those that are not whole are left out."""
        paths = dict.fromkeys(self.spec_path(platform) for platform in platforms)
        specs = [spec for path in paths if path for spec in [self.found.take(load_spec(path))] if spec]
        self._parts = [spec for spec in specs if not spec.is_whole]
        return [spec for spec in specs if spec.is_whole]

    def plans(self, platforms: list[str], level_name: str) -> list[Plan]:
        """The plans of these platforms; raises BadInput with all errors that do not follow from one another."""
        level = self.level(level_name)
        specs = self.specs(platforms)
        known = [spec for spec in specs if self.components(spec) is not None]
        parts = [spec for spec in self._parts if spec.layer and self.components(spec) is not None]
        plans: list[Plan | None] = []
        if level and not self._is_incomplete:  # what was not read would give errors that follow from it
            plans = [self.plan(spec, level) for spec in known]
            for spec in parts:
                for error in check_parts(spec, level, self.components(spec) or ()):
                    self.found.add(error)
        self.found.stop_if_any()
        return [plan for plan in plans if plan]

    def level(self, name: str) -> Level | None:
        """The core level of this name; the error is noted when there is none."""
        if name not in self.level_names:
            message = f"there is no core level '{name}'"
            self.found.error("unknown-level", None, message, did_you_mean(name, self.level_names))
        elif name not in self._levels:
            self._levels[name] = self.found.take(load_level(self.templates, name))
        return self._levels.get(name)

    def components(self, spec: Spec) -> tuple[Component, ...] | None:
        """The components of the spec's layers; None when there is no such layer."""
        known = layers(self.templates)
        if spec.layer not in known:
            message = f"there is no layer '{spec.layer}' below templates/"
            self.found.error("unknown-layer", spec.document.at("layer"), message, did_you_mean(spec.layer, known))
            return None
        if spec.layer not in self._components:
            for layer in (COMMON, spec.layer):
                if layer not in self._components:
                    outcome = load_layer(self.templates, layer, self.level_names)
                    self._components[layer] = self.found.take(outcome) or ()
                    self._is_incomplete |= bool(outcome.errors)
        return self._components[COMMON] + self._components[spec.layer]

    def plan(self, spec: Spec, level: Level) -> Plan | None:
        """The plan; None when the spec cannot be met at this level."""
        components = self.components(spec)
        if components is None:
            return None
        plan, errors = resolve(spec, level, components)
        for error in errors:
            self.found.add(error)
        return plan

    def render(self, plan: Plan) -> Rendered:
        """The tree of a plan, checked; errors are in `found`."""
        tree, errors = self.renderer.render(plan)
        for error in errors or (() if self.found else kconfig.check(plan, tree or {})):
            self.found.add(error)
        return Rendered(plan, tree or {})
