# SPDX-License-Identifier: BSD-3-Clause
"""The platform tree that is examined, and whether it is as `gen` writes it for the core level."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Location, Outcome, shown_path
from ..pipeline import Pipeline, Rendered
from ..tree import manifest
from ..tree.manifest import Manifest
from .report import Check, counted

WORDS = {
    "edited": "edited by hand",
    "create": "missing",
    "update": "out of date",
    "remove": "no longer generated",
}


class Tree(NamedTuple):
    """A folder with a platform in it, and its state."""

    folder: Path
    check: Check

    @property
    def is_buildable(self) -> bool:
        """Whether Unikraft's build can take the folder at all."""
        return not re.search(r"[\s:]", str(self.folder)) and (self.folder / "Makefile.uk").is_file()


def open_tree(pipeline: Pipeline, rendered: Rendered, given: Path | None, work: Path) -> Outcome[Tree]:
    """The given tree, else the one in its own place; where there is none, what `gen` would write."""
    spec, level = rendered.plan.spec, rendered.plan.level.name
    folder = pipeline.places.tree(spec, level, given).absolute()
    command = pipeline.places.gen_command(spec, level, given)
    if given is None and not (folder / manifest.NAME).is_file():
        _write(rendered, work)
        text = f"there is no tree in {shown_path(folder)}; doctor checks what `{command}` would write"
        return Outcome(Tree(work, Check("tree", "skipped", text)))
    told, errors = read_manifest(folder)
    if told is None:
        return Outcome(None, errors)
    return Outcome(Tree(folder, _check(pipeline, rendered, folder, told, command)))


def _write(rendered: Rendered, folder: Path) -> None:
    for path, data in rendered.tree.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def read_manifest(folder: Path) -> Outcome[Manifest]:
    """What the tree says of itself; no value when it says nothing."""
    told, _ = manifest.read(folder)
    if told and told.spec:
        return Outcome(told)
    hint = f"pass the folder that `platgen gen` wrote; it contains {manifest.NAME}"
    return Outcome(None, (Diagnostic("no-tree", Location(folder), "this is not a generated tree", hint),))


def _check(pipeline: Pipeline, rendered: Rendered, folder: Path, told: Manifest, command: str) -> Check:
    spec, level = rendered.plan.spec.name, rendered.plan.level.name
    name = shown_path(folder)
    if told.spec != spec:
        return Check("tree", "problem", f"{name} is the tree of platform {told.spec}, not of {spec}", (), command)
    if told.level != level:
        text = f"{name} is for core level {told.level}, and this checkout needs level {level}"
        return Check("tree", "problem", text, (), command)
    if re.search(r"[\s:]", str(folder)):
        text = f"{name}: Unikraft's build does not support a platform (P=) in a path with blanks or colons"
        return Check("tree", "problem", text, (), "move it, or generate it elsewhere with -o")
    comparison, errors = pipeline.compare(rendered, folder)
    compared = comparison.changes if comparison else ()
    changes = [change for change in compared if change.verb != "unchanged"]
    details = (*(error.message for error in errors), *(f"{c.path}: {WORDS[c.verb]}" for c in changes))
    if details:
        if comparison and comparison.edited:
            command = f"move the edits to their source, or discard them: {command} --force"
        text = f"{name} is for core level {level}, but {counted(len(details), 'file')} {_is(details)} not as generated"
        return Check("tree", "problem", text, details, command)
    text = f"{name} is for core level {level}, {counted(len(compared), 'file')} as generated"
    return Check("tree", "ok", text)


def _is(things: tuple[str, ...]) -> str:
    return "is" if len(things) == 1 else "are"
