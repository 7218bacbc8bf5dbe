# SPDX-License-Identifier: BSD-3-Clause
"""The page of `explain --html` in a browser: where its parts stand, their colours, and a picture of it.

Fonts differ from host to host, so pictures are taken without letters and compared by the mean colours of cells. To take
a new one after a change of the page: PLATGEN_PICTURE=1 make test ARGS=tests/unit/test_page_look.py, and look at it.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.lab.conformance import need
from tests.unit.helpers import ROOT, Run

PICTURE = Path(__file__).parent / "data" / "page.png"
SIZE = (1000, 800)
CELL = 20
ALIKE = 0.0004
"""The mean difference of two pictures, of at most 1, below which they show the same."""
DARK = "--blink-settings=preferredColorScheme=0"
PARTS = {
    "title": "h1",
    "summary": "header p",
    "search": "#search",
    "graph": ".graph",
    "drawing": ".graph svg",
    "component": "details[id^=c-]",
    "file": "details[id^=f-]",
    "body": "body",
}
NO_LETTERS = "<style>*, *::placeholder { color: transparent !important; } svg text { fill: none !important; }</style>"
PROBE = """<script>
const seen = {width: document.documentElement.scrollWidth};
const heads = [...document.querySelectorAll("summary")];
seen.heads = heads.length;
seen.laidOut = heads.filter((head) => head.checkVisibility({contentVisibilityAuto: true})).length;
for (const [name, query] of Object.entries(%s)) {
  const part = document.querySelector(query), box = part.getBoundingClientRect(), style = getComputedStyle(part);
  seen[name] = {left: box.left, top: box.top, right: box.right, bottom: box.bottom, ink: style.color,
    paper: style.backgroundColor};
}
document.documentElement.dataset.seen = JSON.stringify(seen);
</script>"""
COMPARE = """<img src="%s"><img src="%s"><script>
addEventListener("load", () => {
  const [a, b] = [...document.images].map((image) => {
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight), brush = canvas.getContext("2d");
    brush.drawImage(image, 0, 0);
    return brush.getImageData(0, 0, canvas.width, canvas.height);
  });
  const cell = %d, cells = [];
  for (let top = 0; top < a.height; top += cell)
    for (let left = 0; left < a.width; left += cell) {
      const sum = [0, 0, 0];
      for (let y = top; y < top + cell; y++)
        for (let x = left; x < left + cell; x++)
          for (let c = 0; c < 3; c++) sum[c] += a.data[(y * a.width + x) * 4 + c] - b.data[(y * a.width + x) * 4 + c];
      cells.push(Math.max(...sum.map(Math.abs)) / cell / cell / 255);
    }
  document.documentElement.dataset.seen = JSON.stringify({sizes: [[a.width, a.height], [b.width, b.height]], cells});
});
</script>"""


@pytest.fixture
def page(project: Path, run: Run) -> str:
    need.tools(chromium="chromium")
    assert run("explain", "small", "--html", "page.html").code == 0
    return (project / "page.html").read_text()


def browse(folder: Path, text: str, *options: str, size: tuple[int, int] = SIZE) -> Any:
    """What the page's last script saw, in a browser of this size."""
    (folder / "looked-at.html").write_text(text)
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command += ["--hide-scrollbars", f"--window-size={size[0]},{size[1]}", "--dump-dom", *options]
    done = subprocess.run(
        [*command, f"file://{folder}/looked-at.html"], capture_output=True, text=True, check=True, timeout=120
    )
    seen = re.search(r' data-seen="([^"]*)"', done.stdout)
    assert seen, done.stdout[:2000] + done.stderr[-2000:]
    return json.loads(html.unescape(seen[1]))


def probe(folder: Path, text: str, *options: str, size: tuple[int, int] = SIZE) -> Any:
    return browse(folder, text + PROBE % json.dumps(PARTS), *options, size=size)


def shoot(folder: Path, text: str, *options: str) -> Path:
    """The picture of a page."""
    taken = folder / "taken.png"
    probe(folder, text + NO_LETTERS, f"--screenshot={taken}", *options)
    return taken


def difference(folder: Path, one: Path, other: Path) -> float:
    """The mean over all cells; within a cell, letters' and lines' last pixels do not count."""
    addresses = [f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}" for path in (one, other)]
    seen = browse(folder, COMPARE % (*addresses, CELL))
    assert seen["sizes"] == [list(SIZE), list(SIZE)]
    assert len(seen["cells"]) == SIZE[0] // CELL * (SIZE[1] // CELL)
    return float(sum(seen["cells"]) / len(seen["cells"]))


def light(color: str) -> float:
    """The relative luminance of WCAG 2.1."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("width", [1280, 500])
def test_parts_stand_below_each_other_and_within_the_window(width: int, page: str, tmp_path: Path) -> None:
    seen = probe(tmp_path, page, size=(width, 600))
    assert seen["width"] <= width
    stack = ["title", "summary", "search", "graph", "component", "file"]
    for above, below in pairwise(stack):
        assert seen[above]["bottom"] <= seen[below]["top"], (above, below)
    for name in stack:
        assert 0 <= seen[name]["left"] < seen[name]["right"] <= width, name
    assert seen["drawing"]["right"] - seen["drawing"]["left"] > 190  # at least a box


@pytest.mark.parametrize("options", [[], [DARK]], ids=["light", "dark"])
def test_text_can_be_read_by_day_and_by_night(options: list[str], page: str, tmp_path: Path) -> None:
    seen = probe(tmp_path, page, *options)
    paper = light(seen["body"]["paper"])
    assert paper < 0.1 if options else paper > 0.8
    for name, ground in (("title", "body"), ("summary", "body"), ("component", "component"), ("search", "search")):
        shades = sorted((light(seen[name]["ink"]), light(seen[ground]["paper"])))
        assert (shades[1] + 0.05) / (shades[0] + 0.05) >= 4.5, name  # WCAG 2.1, 1.4.3


def test_the_page_looks_as_in_its_picture(page: str, tmp_path: Path) -> None:
    taken = shoot(tmp_path, page)
    if os.environ.get("PLATGEN_PICTURE"):
        PICTURE.write_bytes(taken.read_bytes())
    assert difference(tmp_path, taken, PICTURE) < ALIKE


@pytest.mark.parametrize(
    ("style", "spoilt"),
    [
        ("<style>", "<style media=print>"),
        ("svg rect { fill: var(--paper); stroke: var(--line); }", "svg rect { fill: none; }"),
        ("padding: 24px 32px 0;", "padding: 24px 52px 0;"),
    ],
    ids=["no style", "no boxes", "wide margins"],
)
def test_a_page_that_looks_different_is_seen(style: str, spoilt: str, page: str, tmp_path: Path) -> None:
    assert style in page
    taken = shoot(tmp_path, page.replace(style, spoilt))
    assert difference(tmp_path, taken, PICTURE) > ALIKE


def test_of_thousands_of_files_only_those_near_the_screen_are_laid_out(page: str, tmp_path: Path) -> None:
    """What makes a large page open at once."""
    file = re.search(r'<details id="f-core.c">.*?</details>', page, re.DOTALL)
    assert file
    more = "".join(file[0].replace("f-core.c", f"f-{i}.c") for i in range(2000))
    seen = probe(tmp_path, page.replace(file[0], more))
    assert seen["heads"] > 2000
    assert 0 < seen["laidOut"] < 200


def test_the_picture_of_the_documentation_is_small(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture, size = ROOT / "docs" / "page.png", (1280, 900)
    if os.environ.get("PLATGEN_PICTURE"):
        need.tools(chromium="chromium")
        monkeypatch.chdir(ROOT)
        assert run("explain", "kvm", "--html", str(tmp_path / "kvm.html")).code == 0
        probe(tmp_path, (tmp_path / "kvm.html").read_text(), f"--screenshot={picture}", size=size)
    data = picture.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == size
    assert len(data) < 200_000
