# SPDX-License-Identifier: BSD-3-Clause
"""Draws docs/overview.svg, the picture in README.md: `python docs/overview.py`.

Boxes carry their own background and the labels between them are grey, so the picture reads on a light
page and on a dark one.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

BOXES = [
    (
        "Spec",
        "platforms/kvm.yaml",
        [
            "machine:",
            "  boot: [pvh, ...]",
            "  clocks: [kvmclock, ...]",
            "  consoles: [com1, ...]",
            "  power: [..., acpi, ...]",
        ],
    ),
    ("Components", "templates/", ["", "pvh", "kvmclock", "com1", "acpi-power", "+ what they require"]),
    (
        "Tree",
        "platforms/kvm/",
        ["machine.c", "pvh.c, pvh_entry.S", "kvmclock.c", "com1.c", "acpi_power.c", "Config.uk, Makefile.uk"],
    ),
    (
        "Guest",
        "build/APP_kvmx-x86_64",
        ["your application", "unpatched Unikraft", "the platform", "", "on KVM or QEMU"],
    ),
]
ARROWS = ["resolve", "render", "make P="]
COMMAND = "platgen gen"

WIDTH, HEIGHT, MARGIN, TOP = 188, 190, 8, 34
GAP = 64
LINE = 19
FILL, EDGE, INK, SOFT, GREY = "#eef3fb", "#3b6fb6", "#14243a", "#3b5b86", "#7d8590"


def text(x: float, y: float, words: str, style: str) -> str:
    """One line of text; `style` names a CSS class."""
    return f'<text xml:space="preserve" class="{style}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def box(x: int, title: str, place: str, lines: list[str]) -> list[str]:
    """A box with its title, the path it stands for, and what that holds."""
    shown = [text(x + 12, TOP + 70 + LINE * row, line, "code") for row, line in enumerate(lines) if line]
    return [
        f'<rect x="{x}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{FILL}" stroke="{EDGE}"/>',
        text(x + 12, TOP + 24, title, "title"),
        text(x + 12, TOP + 43, place, "place"),
        *shown,
    ]


def arrow(x: int, label: str) -> list[str]:
    """An arrow across the gap that begins at `x`, with its label above it."""
    y = TOP + HEIGHT // 2
    return [
        f'<path d="M{x + 5} {y}H{x + GAP - 12}" stroke="{GREY}" stroke-width="2" fill="none"/>',
        f'<path d="M{x + GAP - 5} {y}l-9 -5v10z" fill="{GREY}"/>',
        text(x + GAP / 2, y - 10, label, "label"),
    ]


def draw() -> str:
    """The whole picture as SVG text."""
    step = WIDTH + GAP
    width, height = MARGIN * 2 + step * (len(BOXES) - 1) + WIDTH, TOP + HEIGHT + MARGIN
    left, right = MARGIN + WIDTH // 2, MARGIN + step * 2 + WIDTH // 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        "<title>A spec selects components, platgen renders them into a tree, make builds a guest from it</title>",
        "<style>",
        f".title{{font:600 17px sans-serif;fill:{INK}}} .place{{font:12px monospace;fill:{SOFT}}}",
        f".code{{font:12px monospace;fill:{INK};white-space:pre}}",
        f".label,.command{{font:12px monospace;fill:{GREY};text-anchor:middle}} .command{{font-weight:700}}",
        "</style>",
        f'<path d="M{left} {TOP - 4}v-10H{right}v10" stroke="{GREY}" fill="none"/>',
        text((left + right) / 2, TOP - 20, COMMAND, "command"),
    ]
    for number, (title, place, lines) in enumerate(BOXES):
        parts += box(MARGIN + step * number, title, place, lines)
    for number, label in enumerate(ARROWS):
        parts += arrow(MARGIN + step * number + WIDTH, label)
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    Path(__file__).with_suffix(".svg").write_text(draw())
