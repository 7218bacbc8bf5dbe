# SPDX-License-Identifier: BSD-3-Clause
"""A tree as a pull request to Unikraft has it: below `plat/`, and nothing says that it is generated (docs/upstream.md).

`series/` beside it cuts the tree into commits: `NN-PART.msg` is the message, `NN-PART.files` lists the files. All
headers come first, then the sources by groups of components, and last what makes the build aware of them: so each
file's headers are there when it comes, and Unikraft builds after every commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..load.components import COMMON, Component
from ..plan.resolve import OutputFile, Plan
from . import exports
from .render import Tree

PLACE = "plat"
SERIES = "series"
BUILD_FILE = f"{PLACE}/Makefile.uk"
OUTSIDE = " (out of tree)"
HEADERS, BUILD = "headers", "build"
WHY_FIRST = "They come first, so that each source finds its own when it comes. The build knows none of them yet."
OF_THE_BUILD = (
    f"{exports.NAME}: what code outside of the platform may take",
    f"The line in {BUILD_FILE} that names the platform",
)
"""What the last commit has besides files of components."""
WIDTH = 72


class Commit(NamedTuple):
    """A part of the series, and what it adds."""

    part: str
    subject: str
    outputs: tuple[OutputFile, ...]


def check(plans: Iterable[Plan]) -> Iterator[Diagnostic]:
    """Only a tree for a release of Unikraft has a place there."""
    for plan in plans:
        if not plan.level.releases:
            message = f"core level '{plan.level.name}' serves no release of Unikraft"
            yield Diagnostic("no-release", None, message, "choose another level with --core")


def renamed(plan: Plan) -> Plan:
    """The plan of a platform whose prompt no longer says that it is out of tree."""
    identity = plan.spec.unikraft
    identity = identity._replace(prompt=identity.prompt.removesuffix(OUTSIDE))
    return plan._replace(spec=plan.spec._replace(unikraft=identity))


def moved(plan: Plan, tree: Tree) -> tuple[Plan, Tree]:
    """The files below `plat/NAME/` without line 2, which says where they come from; and the series."""
    outputs = tuple(output._replace(path=f"{_folder(plan)}/{output.path}") for output in plan.files)
    moved_tree = {f"{_folder(plan)}/{path}": _without_provenance(data) for path, data in tree.items()}
    names = exports.exports(plan, tree)
    moved_tree[f"{_folder(plan)}/{exports.NAME}"] = "".join(f"{name}\n" for name in names).encode()
    plan = plan._replace(files=outputs)
    for number, commit in enumerate(_commits(plan), 1):
        name = f"{SERIES}/{number:02}-{commit.part}"
        moved_tree[f"{name}.msg"] = _message(commit).encode()
        moved_tree[f"{name}.files"] = "".join(f"{path}\n" for path in _paths(plan, commit)).encode()
    return plan, moved_tree


def advice(plan: Plan) -> str:
    """What a maintainer adds by hand."""
    return f"add to {BUILD_FILE}: $(eval $(call import_lib,$(UK_PLAT_BASE)/{plan.spec.unikraft.platform}))"


def _folder(plan: Plan) -> str:
    return f"{PLACE}/{plan.spec.unikraft.platform}"


def _without_provenance(data: bytes) -> bytes:
    first, _, rest = data.split(b"\n", 2)
    return first + b"\n" + rest


def _commits(plan: Plan) -> Iterator[Commit]:
    """In the order of the plan, which has what others require before them."""
    parts = dict.fromkeys((HEADERS, *(_group(component) for component in plan.components), BUILD))
    for part in parts:
        outputs = tuple(output for output in plan.files if _part(output) == part)
        if outputs:
            yield Commit(part, f"{_folder(plan)}: {_subject(part)}", outputs)


def _part(output: OutputFile) -> str:
    if output.path.endswith(".uk"):
        return BUILD
    return HEADERS if output.path.endswith(".h") else _group(output.component)


def _group(component: Component) -> str:
    """A group of the common layer, or another layer."""
    return component.folder.split("/")[1] if component.layer == COMMON else component.layer


def _subject(part: str) -> str:
    return {HEADERS: "Add the headers", BUILD: "Add the platform to the build"}.get(part, f"Add sources: {part}")


def _message(commit: Commit) -> str:
    """The subject, then what each component is that has a file in the commit."""
    if commit.part == HEADERS:
        return f"{commit.subject}\n\n{fill(WHY_FIRST, WIDTH)}\n"
    summaries = dict.fromkeys(output.component.summary for output in commit.outputs)
    told = (*summaries, *(OF_THE_BUILD if commit.part == BUILD else ()))
    items = (fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ") for text in told)
    return "\n".join((commit.subject, "", *items, ""))


def _paths(plan: Plan, commit: Commit) -> list[str]:
    own = [output.path for output in commit.outputs]
    if commit.part != BUILD:
        return sorted(own)
    return [*sorted((*own, f"{_folder(plan)}/{exports.NAME}")), BUILD_FILE]
