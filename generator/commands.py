# SPDX-License-Identifier: BSD-3-Clause
"""`gen`, `check` and `diff`: what each says and, for `gen`, writes. Exit 0: same or written; 1: differs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import DEFAULT_LEVEL
from .color import complain
from .diagnostics import Diagnostic, Location, shown_path, stop_if_any
from .pipeline import Pipeline
from .targets import Target, targets
from .tree import files, lock, write
from .tree.compare import Change, Verb

if TYPE_CHECKING:
    from .formats.document import Format


class Request(NamedTuple):
    """What the three commands are asked for; no platforms means all of the checkout."""

    platforms: list[str]
    level: str = DEFAULT_LEVEL
    output: Path | None = None
    upstream: Path | None = None
    """The same for a tree as Unikraft takes it."""
    force: bool = False
    pretend: bool = False
    verbose: bool = False
    quiet: bool = False
    format: Format = "text"

    @property
    def is_text(self) -> bool:
        """Whether a person reads it; else one document ends the run."""
        return self.format == "text"


def gen(pipeline: Pipeline, request: Request) -> int:
    """Write the trees. Where a file was edited by hand nothing at all is written, unless forced."""
    try:
        return _gen(pipeline, request)
    finally:
        lock.unlock()


def _gen(pipeline: Pipeline, request: Request) -> int:
    made = _targets(pipeline, request, None if request.pretend else lock.lock)
    if request.is_text:
        for target in made:
            _print_notes(target)
            if request.quiet:
                continue
            if _is_new(target) and not (request.verbose or request.pretend):
                print(f"create    {shown_path(target.comparison.folder)}")
            else:
                _print_changes(target, request.verbose)
    edited = [target for target in made if target.comparison.edited]
    if edited:
        if not request.is_text:
            return _show("gen", request, made, 1)
        _print_edited(edited)
        return 1
    if not request.is_text:
        from .formats.document import begin

        begin()
    sys.stdout.flush()  # where it cannot be printed nothing is written
    for target in made:
        if not request.pretend:
            _write(target)
        if request.is_text and not request.quiet:
            print(_total(target, request.pretend))
            if request.upstream:
                from .tree import upstream  # late: few runs need it

                print(upstream.advice(target.plan))
    return 0 if request.is_text else _show("gen", request, made, 0)


def write_tree(pipeline: Pipeline, platform: str, level: str, folder: Path) -> None:
    """Write one tree for a command that goes on with it, and say nothing; raises BadInput where it was edited."""
    here = Path.cwd()
    request = Request([platform], level, folder.relative_to(here) if folder.is_relative_to(here) else folder)
    try:
        for target in _targets(pipeline, request, lock.lock):
            stop_if_any(_edited(target))
            _write(target)
    finally:
        lock.unlock()


def check(pipeline: Pipeline, request: Request) -> int:
    """Say which files differ from what `gen` would write, and the command that fixes them."""
    made = _targets(pipeline, request)
    different = [target for target in made if not target.same]
    if not request.is_text:
        return _show("check", request, made, 1 if different else 0)
    for target in different:
        _print_notes(target)
        _print_changes(target, verbose=False)
    edited = [target for target in different if target.comparison.edited]
    if edited:
        _print_edited(edited)
    for target in made:
        if target.same:
            if not request.quiet:
                print(f"{_title(target)}: {_count(target, 'unchanged')} files as generated")
        elif target not in edited:
            count = sum(change.verb != "unchanged" for change in target.changes)
            differ = "file differs" if count == 1 else "files differ"
            print(f"{_title(target)}: {count} {differ}; fix: {target.command}")
    return 1 if different else 0


def diff(pipeline: Pipeline, request: Request) -> int:
    """Print what `gen --force` would change, as a unified diff."""
    request = request._replace(force=True)
    made = _targets(pipeline, request)
    code = 0 if all(target.same for target in made) else 1
    if not request.is_text:
        return _show("diff", request, made, code)
    for target in made:
        for change in target.changes:
            sys.stdout.write(_difference(target, change))
    return code


def _difference(target: Target, change: Change) -> str:
    """The unified diff of one file, empty where nothing changes."""
    if change.verb == "unchanged":
        return ""
    import difflib  # late: where nothing differs none is needed

    name = shown_path(target.place(change))
    old, new = (_lines(data) for data in (change.old, change.new))
    before = name if change.old is not None else "/dev/null"
    after = f"{name} (generated)" if change.new is not None else "/dev/null"
    return "".join(difflib.unified_diff(old, new, before, after))


def _show(command: str, request: Request, made: list[Target], code: int) -> int:
    """Print all of it as one document; returns the exit code."""
    from .formats import trees  # late: text needs none
    from .formats.document import show

    findings = trees.findings(made, only_edited=command == "gen")
    text = _difference if command == "diff" else None
    body: dict[str, object] = {"trees": trees.data(made, verbose=request.verbose, text=text)}
    if command == "gen":
        body["written"] = code == 0 and not request.pretend
    return show(request.format, command, code, body, findings)


def _targets(pipeline: Pipeline, request: Request, lock: Callable[[list[Path]], None] | None = None) -> list[Target]:
    output, is_upstream = request.upstream or request.output, request.upstream is not None
    return targets(
        pipeline, request.platforms, request.level, output, force=request.force, lock=lock, is_upstream=is_upstream
    )


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "replace")
    if text and not text.endswith("\n"):
        text += "\n\\ No newline at end of file\n"
    return text.splitlines(keepends=True)


def _is_new(target: Target) -> bool:
    """Whether the folder holds nothing of the tree yet: then its name and the total say enough."""
    return all(change.verb == "create" for change in target.changes)


def _print_notes(target: Target) -> None:
    for note in target.others.notes:
        complain(f"note: {note}")


def _print_changes(target: Target, verbose: bool) -> None:
    lines = (
        f"{change.verb:<9} {shown_path(target.place(change))}\n"
        for change in target.changes
        if verbose or change.verb != "unchanged"
    )
    sys.stdout.write("".join(lines))


def _edited(target: Target) -> Iterator[Diagnostic]:
    """Each edited file, and the way out."""
    hint = f"move the edit to its source, or discard it: {target.command} --force"
    for path, text in _edits(target):
        yield Diagnostic("edited", Location(target.comparison.folder / path), text, hint)


def _edits(target: Target) -> Iterator[tuple[str, str]]:
    """Each edited file, and its source."""
    sources = {output.path: output.file.origin for output in target.plan.files}
    for path in target.comparison.edited:
        source = sources.get(path)
        where = f"; its source is {shown_path(source)}" if source else "; it is no longer generated"
        yield path, f"edited by hand{where}"


def _print_edited(edited: list[Target]) -> None:
    for target in edited:
        for path, text in _edits(target):
            print(f"{shown_path(target.comparison.folder / path)}: {text}", file=sys.stderr)
        print(
            f"{_title(target)}: platgen does not overwrite edited files. Move the edits to their source,"
            f" or discard them: {target.command} --force",
            file=sys.stderr,
        )


def _write(target: Target) -> None:
    if not target.comparison.same:
        write.write(target.comparison)
    digests = target.others.change
    if digests and digests.verb != "unchanged":
        files.replace_file(target.others.path, digests.new)


def _title(target: Target) -> str:
    return f"{target.plan.spec.name} at core level {target.plan.level.name}"


def _count(target: Target, verb: Verb) -> int:
    return sum(change.verb == verb for change in target.changes)


def _total(target: Target, pretend: bool) -> str:
    counts = Counter(change.verb for change in target.changes)
    words: dict[Verb, str] = {
        "create": "created",
        "update": "updated",
        "unchanged": "unchanged",
        "remove": "removed",
    }
    parts = [f"{counts[verb]} {word}" for verb, word in words.items() if counts[verb]]
    would = ", nothing written (-n)" if pretend else ""
    return f"{_title(target)}: {', '.join(parts)} in {shown_path(target.comparison.folder)}{would}"
