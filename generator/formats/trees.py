# SPDX-License-Identifier: BSD-3-Clause
"""What `gen`, `check` and `diff` found, as data and as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from ..diagnostics import shown_path, visible
from ..targets import Target
from ..tree.compare import Change
from .finding import Finding

WORDS = {
    "create": "this file is missing",
    "update": "this file is out of date",
    "remove": "this file is no longer generated",
    "edited": "this file was edited by hand, and platgen does not overwrite it",
}
"""What is wrong with a file, by what `gen` does about it."""


def data(
    made: Iterable[Target], *, verbose: bool = False, text: Callable[[Target, Change], str] | None = None
) -> list[dict[str, object]]:
    """Each tree with its files, the unchanged ones only if `verbose`; `text` gives a file's difference."""
    return [_tree(target, verbose, text) for target in made]


def _tree(target: Target, verbose: bool, text: Callable[[Target, Change], str] | None) -> dict[str, object]:
    sources = _sources(target)
    files: list[dict[str, object]] = []
    for change in target.changes:
        if change.verb == "unchanged" and not verbose:
            continue
        file: dict[str, object] = {"path": shown_path(target.place(change)), "change": change.verb}
        if source := sources.get(change.path):
            file["source"] = shown_path(source)
        if text:
            file["diff"] = text(target, change)
        files.append(file)
    return {
        "platform": target.plan.spec.name,
        "core-level": target.plan.level.name,
        "spec": shown_path(target.plan.spec.document.path),
        "folder": shown_path(target.comparison.folder),
        "command": target.command,
        "same": target.same,
        "unchanged": sum(change.verb == "unchanged" for change in target.changes),
        "files": files,
        "notes": [visible(note) for note in target.others.notes],
    }


def findings(made: Iterable[Target], *, only_edited: bool) -> Iterator[Finding]:
    """Each file that differs, or that was edited, on the first line that is not as generated; then the notes."""
    for target in made:
        sources = _sources(target)
        fix = f"{target.command}{' --force' if target.comparison.edited else ''}"
        for change in target.changes:
            if change.verb == "edited" or (change.verb != "unchanged" and not only_edited):
                source = sources.get(change.path, "")
                advice = f"edit {shown_path(source)} instead" if change.verb == "edited" and source else f"fix: {fix}"
                code = "edited" if change.verb == "edited" else "tree-differs"
                line = _first_difference(change)
                message = f"{WORDS[change.verb]}; {advice}"
                yield Finding(code, message, target.place(change), line, source=source)
        for note in target.others.notes:
            yield Finding("level-left-out", visible(note), level="note")


def _sources(target: Target) -> dict[str, str]:
    return {output.path: str(output.file.origin) for output in target.plan.files}


def _first_difference(change: Change) -> int:
    """The first line of the file that is not as generated, its last one where it ends too early; 0: no file."""
    if change.old is None:
        return 0
    old, new = change.old.split(b"\n"), (change.new or b"").split(b"\n")
    last = len(old) - (len(old) > 1 and not old[-1])
    first = next((i for i, (a, b) in enumerate(zip_longest(old, new), 1) if a != b), 1)
    return min(first, last)
