# SPDX-License-Identifier: BSD-3-Clause
"""A plan's components as a layered graph: who needs whom, and where each stands in the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..plan.resolve import Plan

WIDTH, HEIGHT = 190, 26
"""Of a box, in pixels of the drawing."""
GAP_X, GAP_Y = 70, 10
MARGIN = 12
ROUNDS = 12
"""Passes over the columns that pull each box towards its neighbours."""


class Need(NamedTuple):
    """One component needs another, for a duty that the other provides."""

    duty: str
    provider: str
    is_brought: bool
    """Wanted because the first one brings it, not because it could not work without."""


class Box(NamedTuple):
    """A component in the drawing; x and y of its upper left corner in pixels."""

    name: str
    x: int
    y: int


class Edge(NamedTuple):
    """A line of the drawing from a component to one that it needs, as the `d` of an SVG path."""

    start: str
    end: str
    path: str


class Drawing(NamedTuple):
    """All boxes and lines; width and height in pixels."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


def needs(plan: Plan) -> dict[str, tuple[Need, ...]]:
    """For each component of the plan, in its order, what it requires and brings."""
    provider = {duty: c.name for c in plan.components for duty in c.provides}
    return {
        c.name: tuple(
            Need(duty, provider[duty], is_brought)
            for duties, is_brought in ((c.requires, False), (c.brings, True))
            for duty in duties
            if provider.get(duty, c.name) != c.name
        )
        for c in plan.components
    }


def draw(wanted: Mapping[str, tuple[Need, ...]]) -> Drawing:
    """Columns from those that need others, at the left, to those that need none.

    Only what is required makes columns and lines: what is brought may form a circle. A line that follows from two
    others is left out.
    """
    direct = {name: {need.provider for need in found if not need.is_brought} for name, found in wanted.items()}
    below: dict[str, set[str]] = {}
    depth: dict[str, int] = {}
    _descend(direct, below, depth)
    drawn = {name: others - {far for other in others for far in below[other]} for name, others in direct.items()}
    columns: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name in wanted:
        columns[len(columns) - 1 - depth[name]].append(name)
    place = _placed(columns, drawn)
    boxes = {
        name: Box(name, MARGIN + i * (WIDTH + GAP_X), MARGIN + round(place[name] * (HEIGHT + GAP_Y)))
        for i, column in enumerate(columns)
        for name in column
    }
    edges = tuple(
        Edge(name, other, _curve(boxes[name], boxes[other])) for name in wanted for other in sorted(drawn[name])
    )
    width = max((box.x for box in boxes.values()), default=0) + WIDTH + MARGIN
    height = max((box.y for box in boxes.values()), default=0) + HEIGHT + MARGIN
    return Drawing(width, height, tuple(boxes.values()), edges)


def _descend(direct: Mapping[str, set[str]], below: dict[str, set[str]], depth: dict[str, int]) -> None:
    """For each component all that it needs, near and far, and the length of the longest way down.

    A plan has no circle of requirements (plan/checks.py), so each pass finds at least one.
    """
    waiting = dict(direct)
    while waiting:
        for name in [name for name, others in waiting.items() if below.keys() >= others]:
            others = waiting.pop(name)
            below[name] = others.union(*(below[other] for other in others))
            depth[name] = max((depth[other] + 1 for other in others), default=0)


def _placed(columns: list[list[str]], drawn: Mapping[str, set[str]]) -> dict[str, float]:
    """The row of each box: near the mean of its neighbours', one box apart within a column."""
    near: dict[str, set[str]] = {name: set(others) for name, others in drawn.items()}
    for name, others in drawn.items():
        for other in others:
            near[other].add(name)
    tallest = max(map(len, columns), default=0)
    row = {name: (tallest - len(column)) / 2 + i for column in columns for i, name in enumerate(column)}
    for turn in range(ROUNDS):
        for column in columns if turn % 2 else reversed(columns):
            mean = {
                name: sum(row[n] for n in near[name]) / len(near[name]) if near[name] else row[name] for name in column
            }
            column.sort(key=lambda name: (mean[name], name))
            start = (tallest - len(column)) / 2
            row.update((name, start + i) for i, name in enumerate(column))
    return row


def _curve(start: Box, end: Box) -> str:
    x, y = start.x + WIDTH, start.y + HEIGHT // 2
    to_x, to_y = end.x, end.y + HEIGHT // 2
    bend = (to_x - x) // 2
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"
