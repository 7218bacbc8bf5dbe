# SPDX-License-Identifier: BSD-3-Clause
"""A checkout and its folders: from the names on the command line to specs, plans and trees.

`gen`, `check` and `diff` share this whole way, so they cannot disagree (docs/design.md section 1).
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.components import COMMON, Component, Level, layers, load_layers, load_levels
from generator.diagnostics import Diagnostics, Location, did_you_mean
from generator.render import Renderer, Tree
from generator.resolve import Plan, resolve
from generator.spec import Spec, load_spec


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

    @cached_property
    def levels(self) -> dict[str, Level]:
        """All core levels by name."""
        if not (self.templates / "levels").is_dir():
            message = "no templates/levels here: this is not a platgen checkout"
            self.found.error("no-project", Location(self.root), message, "give the checkout with --root")
            self.found.stop_if_any()
        return load_levels(self.templates, self.found)

    @cached_property
    def renderer(self) -> Renderer:
        """The one renderer, so that each template is compiled once."""
        return Renderer(self.templates, self.platforms)

    def names(self) -> tuple[str, ...]:
        """The platforms of this checkout."""
        return tuple(sorted(p.stem for p in self.platforms.glob("*.yaml")))

    def spec_path(self, platform: str) -> Path | None:
        """The spec that PLAT names: a path when it looks like one, else a name below platforms/."""
        if "/" in platform or platform.endswith(".yaml"):
            return Path(platform).absolute()
        path = self.platforms / f"{platform}.yaml"
        if path.exists() or path.is_symlink():
            return path
        message = f"there is no platform '{platform}'"
        self.found.error("unknown-platform", None, message, did_you_mean(platform, self.names()))
        return None

    def specs(self, platforms: list[str]) -> list[Spec]:
        """The specs of these platforms, each once."""
        paths = dict.fromkeys(self.spec_path(platform) for platform in platforms)
        specs = (load_spec(path, self.found) for path in paths if path)
        return [spec for spec in specs if spec]

    def level(self, name: str) -> Level | None:
        """The core level of this name; the error is noted when there is none."""
        if name not in self.levels:
            message = f"there is no core level '{name}'"
            self.found.error("unknown-level", None, message, did_you_mean(name, self.levels))
        return self.levels.get(name)

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
                    self._components[layer] = load_layers(self.templates, (layer,), self.levels, self.found)
        return self._components[COMMON] + self._components[spec.layer]

    def plan(self, spec: Spec, level: Level) -> Plan | None:
        """The plan; None when the spec cannot be met at this level."""
        components = self.components(spec)
        return resolve(spec, level, components, self.found) if components is not None else None

    def render(self, plan: Plan) -> Rendered:
        """The tree of a plan, checked; errors are in `found`."""
        tree = self.renderer.render(plan, self.found)
        if not self.found and "Config.uk" in tree:
            from generator.kconfig import check_kconfig

            check_kconfig(plan, tree, self.found)
        return Rendered(plan, tree)
