# SPDX-License-Identifier: BSD-3-Clause
"""What `gen`, `check` and `diff` have in common: each platform's tree, compared with its folder.

A platform's own place is `platforms/NAME/`, for the default core level. The trees of the other
levels are not kept; `platforms/NAME.hashes` holds one digest of each, so that `check` covers them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from . import DEFAULT_LEVEL
from .diagnostics import Diagnostic, Diagnostics, Outcome
from .load.folders import LEVELS
from .load.spec import Spec
from .pipeline import Pipeline, Rendered
from .plan.resolve import Plan
from .tree.compare import Change, Comparison, check_place
from .tree.manifest import digest

UPSTREAM = "--upstream"


class OtherLevels(NamedTuple):
    """The change to a platform's digests, and notes on core levels that are not in them."""

    path: Path
    change: Change | None = None
    notes: tuple[str, ...] = ()


class Target(NamedTuple):
    """One tree in one folder and, at a platform's own place, the digests of its other levels."""

    plan: Plan
    comparison: Comparison
    others: OtherLevels
    command: str
    """The `gen` that makes it."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """To every file of this target, the digests last."""
        return (*self.comparison.changes, *([self.others.change] if self.others.change else []))

    def place(self, change: Change) -> str:
        """Where the file of a change is."""
        return f"{self.others.path}" if change is self.others.change else f"{self.comparison.folder}/{change.path}"

    @property
    def same(self) -> bool:
        """Whether there is nothing to do."""
        return all(change.verb == "unchanged" for change in self.changes)


def targets(
    pipeline: Pipeline,
    platforms: Sequence[str],
    level: str,
    output: Path | None,
    *,
    force: bool = False,
    lock: Callable[[list[Path]], None] | None = None,
    is_upstream: bool = False,
) -> list[Target]:
    """Load, resolve, render and compare; no platforms means all of the checkout.

    `lock` is called with the folders before they are looked at. A tree `is_upstream` if it is for Unikraft itself.
    Raises BadInput with all errors of the first stage that has any: plans, folders, trees.
    """
    found = Diagnostics()
    names = tuple(platforms) or found.take(pipeline.places.all_platforms()) or ()
    option = UPSTREAM if is_upstream else "-o"
    if output is not None and len(set(names)) > 1:
        message = f"{option} names one folder, but there are {len(set(names))} platforms"
        found.error("one-folder", None, message, "run gen once for each")
    plans = found.take(pipeline.plans(names, level)) or ()
    if is_upstream:
        from .tree import upstream  # late: few runs need it

        for error in upstream.check(plans):
            found.add(error)
        plans = tuple(upstream.renamed(plan) for plan in plans)
    found.stop_if_any()
    folders = [pipeline.places.tree(plan.spec, level, output) for plan in plans]
    for error in _check_folders([plan.spec for plan in plans], folders, option):
        found.add(error)
    found.stop_if_any()
    if lock:
        lock(folders)
    made = [found.take(_target(pipeline, plan, output, option, force)) for plan in plans]
    found.stop_if_any()
    return [target for target in made if target]


def _check_folders(specs: list[Spec], folders: list[Path], option: str) -> Iterator[Diagnostic]:
    """Each tree has a folder for itself, which is there or can be made."""
    for i, folder in enumerate(folders):
        if folder in folders[:i]:
            first = specs[folders.index(folder)].document.at("name")
            message = f"two specs of this run have the name '{specs[i].name}'"
            yield Diagnostic("name-twice", specs[i].document.at("name"), message, f"the other is in {first}")
        yield from check_place(folder, option)


def _target(pipeline: Pipeline, plan: Plan, output: Path | None, option: str, force: bool) -> Outcome[Target]:
    found = Diagnostics()
    places, spec, level = pipeline.places, plan.spec, plan.level.name
    rendered = Rendered(plan, found.take(pipeline.render(plan)) or {})
    if option == UPSTREAM:
        from .tree import upstream

        rendered = Rendered(*upstream.moved(*rendered))
    comparison = found.take(pipeline.compare(rendered, places.tree(spec, level, output), force=force))
    others = OtherLevels(places.digests(spec))
    if places.has_own_place(spec, level, output):
        others = found.take(_other_levels(pipeline, spec, is_sound=not found)) or others
    if comparison is None:
        return Outcome(None, tuple(found))
    command = places.gen_command(spec, level, output, option)
    return Outcome(Target(rendered.plan, comparison, others, command), tuple(found))


def _other_levels(pipeline: Pipeline, spec: Spec, *, is_sound: bool) -> Outcome[OtherLevels]:
    """The change to the platform's digests. If the tree at the default level is not sound, no Kconfig is checked.

    A level that the platform cannot meet is left out with a note, unless the file has it already:
    then it is an error, so that a level is lost only by a person who deletes its line.
    """
    from .tree import digests  # late: a tree in a folder of the user's has none

    found = Diagnostics()
    path = pipeline.places.digests(spec)
    kept = found.take(digests.read(path)) or digests.Digests(path)
    for error in digests.check_levels(kept, pipeline.level_names.value or (), f"templates/{LEVELS}"):
        found.add(error)
    made: dict[str, str] = {}
    notes: list[str] = []
    for name, level in (found.take(pipeline.levels()) or {}).items():
        if name == DEFAULT_LEVEL:
            continue
        plan, errors = pipeline.plan(spec, level)
        if plan:
            render = pipeline.render if is_sound and not found else pipeline.render_unchecked
            tree = found.take(render(plan))
            made[name] = digest(tree or {})
        elif name in kept.lines:
            found.take(Outcome(None, errors))
        else:
            why = f"{pipeline.places.gen_command(spec, name)} -n"
            notes.append(f"{spec.name} cannot be generated at core level {name}; to see why: {why}")
    return Outcome(OtherLevels(path, kept.becomes(made), tuple(notes)), tuple(found))
