# SPDX-License-Identifier: BSD-3-Clause
"""The page of a platform: its graph, its components with their reasons, each file beside its source.

It is one file, asks no network for anything, and can be read without its script, which only searches.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Location, fail, shown_path
from ..own_templates import render
from ..pipeline import Pipeline
from ..plan.choose import label
from ..plan.resolve import OutputFile, Plan
from ..reading import read_any
from ..tree.files import replace_file
from ..tree.render import Tree
from .beside import Pair, pairs
from .graph import HEIGHT, WIDTH, Need, draw, needs

MARK = b"<!-- Made by platgen explain. -->"
"""Line 2 of each page: what lacks it is somebody's own file, and is not replaced."""


class Shown(NamedTuple):
    """A file of the tree; `pairs` only where a template made it, else its source is the same text."""

    path: str
    source: str
    component: str
    text: str
    lines: int
    pairs: list[Pair]


def write_page(pipeline: Pipeline, platform: str, level_name: str, place: Path) -> int:
    """Write the page of a platform to `place`; raises BadInput where that is a file that is no such page."""
    (plan,) = pipeline.plans([platform], level_name).or_stop()
    tree = pipeline.render(plan).or_stop()
    if place.exists() and MARK not in read_any(place, limit=1 << 26)[:200]:
        message = "exists, and is no page of platgen explain"
        fail("not-a-page", Location(place), message, "name another file, or remove this one")
    replace_file(place, page_of(plan, tree).encode())
    print(f"{plan.spec.name} at core level {plan.level.name}: {len(tree)} files in {shown_path(place)}")
    return 0


def page_of(plan: Plan, tree: Tree) -> str:
    """The page's text."""
    wanted = needs(plan)
    users: dict[str, list[tuple[str, Need]]] = {name: [] for name in wanted}
    for name, found in wanted.items():
        for need in found:
            users[need.provider].append((name, need))
    return render(
        Path(__file__).with_name("page.html"),
        plan=plan,
        label=label,
        drawing=draw(wanted),
        box=(WIDTH, HEIGHT),
        needs=wanted,
        users=users,
        files=[_shown(output, tree[output.path].decode("utf-8", "replace")) for output in plan.files],
        spec=shown_path(plan.spec.document.path),
    )


def _shown(output: OutputFile, text: str) -> Shown:
    origin = output.file.origin
    rows = pairs(read_any(origin).decode("utf-8", "replace"), text) if output.file.is_template else []
    return Shown(output.path, shown_path(origin), output.component.name, text, text.count("\n"), rows)
