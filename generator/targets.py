# SPDX-License-Identifier: BSD-3-Clause
"""The way that `gen`, `check` and `diff` share: from names to comparisons (docs/design.md section 1).

A platform's own place is `platforms/NAME/`, for the default core level. The trees of the other
levels are not kept; `platforms/NAME.hashes` holds one digest of each, so that `check` covers them too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from . import DEFAULT_LEVEL
from .diagnostics import Location, read_noted
from .load.spec import Spec
from .plan.resolve import resolve
from .project import Project, Rendered
from .tree.compare import Change, Comparison, Verb, check_place, compare, manifest_of
from .tree.manifest import digest


class Target(NamedTuple):
    """One tree in one folder and, at a platform's own place, the digests of its other levels."""

    name: str
    is_ours: bool
    rendered: Rendered
    comparison: Comparison
    hashes: Change | None
    notes: tuple[str, ...]

    @property
    def hashes_path(self) -> Path:
        """The hash file, beside the tree's folder."""
        return self.comparison.folder.parent / f"{self.name}.hashes"

    @property
    def changes(self) -> Iterator[tuple[Path, Change]]:
        """Every file of this target with its place."""
        for change in self.comparison.changes:
            yield self.comparison.folder / change.path, change
        if self.hashes:
            yield self.hashes_path, self.hashes

    @property
    def same(self) -> bool:
        """Whether there is nothing to do."""
        return all(change.verb == "unchanged" for _, change in self.changes)


def targets(
    project: Project,
    platforms: list[str],
    level_name: str,
    output: Path | None,
    *,
    force: bool = False,
    lock: Callable[[list[Path]], None] | None = None,
) -> list[Target]:
    """Load, resolve, render and compare.

    `lock` is called with the folders before they are looked at.
    Raises BadInput with all errors of the first step that has any.
    """
    found = project.found
    if output is not None and len(set(platforms)) > 1:
        message = f"-o names one folder, and there are {len(set(platforms))} platforms"
        found.error("one-folder", None, message, "one run for each")
    plans = project.plans(platforms, level_name)
    specs = [plan.spec for plan in plans]
    folders = [folder_of(project, spec, level_name, output) for spec in specs]
    for i, folder in enumerate(folders):
        if folder in folders[:i]:
            first = specs[folders.index(folder)].document.at("name")
            message = f"two specs of one run are called '{specs[i].name}'"
            found.error("name-twice", specs[i].document.at("name"), message, f"the other one: {first}")
        for error in check_place(folder):
            found.add(error)
    found.stop_if_any()
    if lock:
        lock(folders)
    made = []
    for plan, folder in zip(plans, folders, strict=True):
        spec = plan.spec
        rendered = project.render(plan)
        is_ours = spec.document.path.parent == project.platforms
        own_place = is_ours and output is None and level_name == DEFAULT_LEVEL
        new = manifest_of(rendered.tree, spec.name, level_name)
        comparison = found.take(compare(rendered.tree, folder, new, force=force)) or Comparison(folder, new, ())
        kept, notes = _hashes(project, spec) if own_place else (None, ())
        made.append(Target(spec.name, is_ours, rendered, comparison, kept, notes))
    found.stop_if_any()
    return made


def folder_of(project: Project, spec: Spec, level_name: str, output: Path | None) -> Path:
    """Where a tree goes: a platform's own place, unless -o, another level or a spec from elsewhere says otherwise."""
    if output is not None:
        return output
    if spec.document.path.parent == project.platforms and level_name == DEFAULT_LEVEL:
        return project.platforms / spec.name
    return project.root / "build" / f"{spec.name}-{level_name}"


def _hashes(project: Project, spec: Spec) -> tuple[Change | None, tuple[str, ...]]:
    """The change to the hash file, and notes on levels that are not in it.

    A level that the platform cannot meet is left out with a note, unless the file has it already:
    then it is an error, so that a level is lost only by a person who deletes its line.
    """
    path = project.platforms / f"{spec.name}.hashes"
    old = read_noted(path, project.found, "delete it, and run gen") if os.path.lexists(path) else None
    kept: dict[str, int] = {}  # the first line of each level
    for i, line in enumerate((old or b"").decode("utf-8", "replace").split("\n"), 1):
        if line:
            kept.setdefault(line.split(" ", 1)[0], i)
    for name in sorted(kept.keys() - project.levels.keys()):
        message = f"core level '{name}' has a digest here, and there is no templates/common/core/{name}.yaml"
        at = Location(path, kept[name], 1)
        project.found.error("level-gone", at, message, "delete its line if the level is dropped for good")
    lines: list[str] = []
    notes: list[str] = []
    for name, level in sorted(project.levels.items()):
        if name == DEFAULT_LEVEL:
            continue
        plan, errors = resolve(spec, level, project.components(spec) or ())
        if plan:
            lines.append(f"{name} {digest(project.render(plan).tree)}\n")
        elif name in kept:
            for error in errors:
                project.found.add(error)
        else:
            why = f"platgen gen {spec.name} --core {name} -n"
            notes.append(f"{spec.name} cannot be made at core level {name}; this says why: {why}")
    new = "".join(lines).encode() or None
    verb: Verb = "unchanged" if old == new else "create" if old is None else "remove" if new is None else "update"
    return Change(path.name, verb, old, new) if old or new else None, tuple(notes)
