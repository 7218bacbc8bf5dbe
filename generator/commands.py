# SPDX-License-Identifier: BSD-3-Clause
"""`gen`, `check` and `diff`: what each says and, for `gen`, writes. Exit 0: same or written; 1: differs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from . import DEFAULT_LEVEL
from .diagnostics import shown_path, visible
from .project import Project
from .targets import Target, targets
from .tree import files, lock, write
from .tree.compare import Verb


class Request(NamedTuple):
    """What the three commands are asked for; no platforms means all of the checkout."""

    platforms: list[str]
    level: str = DEFAULT_LEVEL
    output: Path | None = None
    force: bool = False
    pretend: bool = False
    verbose: bool = False


def gen(project: Project, request: Request) -> int:
    """Write the trees. Where a file was edited by hand nothing at all is written, unless forced."""
    try:
        return _gen(project, request)
    finally:
        lock.unlock()


def _gen(project: Project, request: Request) -> int:
    made = _targets(project, request, None if request.pretend else lock.lock)
    for target in made:
        _print_changes(target, request.verbose)
    edited = [target for target in made if target.comparison.edited]
    if edited:
        _print_edited(edited, request)
        return 1
    sys.stdout.flush()  # where it cannot be printed nothing is written
    for target in made:
        if not request.pretend:
            _write(target)
        print(_total(target, request.pretend))
    return 0


def check(project: Project, request: Request) -> int:
    """Say which files differ from what `gen` would write, and the command that mends them."""
    made = _targets(project, request)
    different = [target for target in made if not target.same]
    for target in different:
        _print_changes(target, verbose=False)
    edited = [target for target in different if target.comparison.edited]
    if edited:
        _print_edited(edited, request)
    for target in made:
        if target.same:
            print(f"{_title(target)}: {_count(target, 'unchanged')} files as generated")
        elif target not in edited:
            count = sum(change.verb != "unchanged" for _, change in target.changes)
            differ = "file differs" if count == 1 else "files differ"
            print(f"{_title(target)}: {count} {differ}; mend: {_command(target, request)}")
    return 1 if different else 0


def diff(project: Project, request: Request) -> int:
    """Print what `gen --force` would change, as a unified diff."""
    import difflib

    request = Request(request.platforms, request.level, request.output, force=True)
    different = False
    for target in _targets(project, request):
        for place, change in target.changes:
            if change.verb == "unchanged":
                continue
            different = True
            name = shown_path(place)
            old, new = (_lines(data) for data in (change.old, change.new))
            before = name if change.old is not None else "/dev/null"
            after = f"{name} (generated)" if change.new is not None else "/dev/null"
            sys.stdout.writelines(difflib.unified_diff(old, new, before, after))
    return 1 if different else 0


def _targets(project: Project, request: Request, lock: Callable[[list[Path]], None] | None = None) -> list[Target]:
    platforms = request.platforms or project.all_names()
    return targets(project, platforms, request.level, request.output, force=request.force, lock=lock)


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "replace")
    if text and not text.endswith("\n"):
        text += "\n\\ No newline at end of file\n"
    return text.splitlines(keepends=True)


def _print_changes(target: Target, verbose: bool) -> None:
    for note in target.notes:
        print(f"note: {note}", file=sys.stderr)
    for place, change in target.changes:
        if verbose or change.verb != "unchanged":
            print(f"{change.verb:<9} {shown_path(place)}")


def _print_edited(edited: list[Target], request: Request) -> None:
    """Name the source of each edited file, and the way out."""
    for target in edited:
        sources = {output.path: output.file.origin for output in target.rendered.plan.files}
        for path in target.comparison.edited:
            source = sources.get(path)
            where = f"; its source is {shown_path(source)}" if source else "; it is generated no more"
            print(f"{shown_path(target.comparison.folder / path)}: edited by hand{where}", file=sys.stderr)
        print(
            f"{_title(target)}: nothing is written over edited files. Move the edits to their source,"
            f" or give them up: {_command(target, request)} --force",
            file=sys.stderr,
        )


def _write(target: Target) -> None:
    if not target.comparison.same:
        write.write(target.comparison)
    if target.hashes and target.hashes.verb != "unchanged":
        files.replace_file(target.hashes_path, target.hashes.new)


def _command(target: Target, request: Request) -> str:
    """The `gen` that makes this target."""
    document = target.rendered.plan.spec.document
    words = ["platgen", "gen", target.name if target.is_ours else shown_path(document.path)]
    if request.level != DEFAULT_LEVEL:
        words += ["--core", request.level]
    if request.output:
        words += ["-o", visible(str(request.output))]
    return " ".join(words)


def _title(target: Target) -> str:
    return f"{target.name} at core level {target.rendered.plan.level.name}"


def _count(target: Target, verb: Verb) -> int:
    return sum(change.verb == verb for _, change in target.changes)


def _total(target: Target, pretend: bool) -> str:
    counts = Counter(change.verb for _, change in target.changes)
    words: dict[Verb, str] = {
        "create": "created",
        "update": "updated",
        "unchanged": "unchanged",
        "remove": "removed",
    }
    parts = [f"{counts[verb]} {word}" for verb, word in words.items() if counts[verb]]
    would = ", nothing written (-n)" if pretend else ""
    return f"{_title(target)}: {', '.join(parts)} in {shown_path(target.comparison.folder)}{would}"
