# SPDX-License-Identifier: BSD-3-Clause
"""`explain --html`: the graph, files beside their templates, and a page that needs nothing else."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from generator.browse.beside import pairs
from generator.browse.graph import HEIGHT, MARGIN, WIDTH, Need, draw
from tests.unit.helpers import Run

VOID = {"meta", "input", "rect", "path"}


class Page(HTMLParser):
    """What the tests look at; fails where elements do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.links.append((value or "")[1:])
            elif name in ("href", "src", "srcset", "action", "data"):
                self.outside.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def need(name: str, *, is_brought: bool = False) -> Need:
    return Need(f"duty-{name}", name, is_brought)


def test_page_holds_components_reasons_and_files_and_needs_nothing_else(project: Path, run: Run) -> None:
    assert run("gen", "small").code == 0
    result = run("explain", "small", "--html", "page.html")
    assert result == (0, "small at core level 0.21: 6 files in page.html\n", "")
    text = (project / "page.html").read_text()
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids)
    assert not page.outside
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", text)
    shown = "".join(page.words)
    tree = project / "platforms/small"
    for path in (path for path in tree.rglob("*") if path.is_file() and path.name != ".platgen.json"):
        assert f"f-{path.relative_to(tree)}" in page.ids
        assert all(line in shown for line in path.read_text().splitlines())
    assert "templates/common/core/core/machine.c.j2" in shown
    for reason in re.findall(r"because  (it .*)", run("explain", "small").out):
        assert reason in shown


def test_page_is_the_same_each_time_and_replaces_only_a_page(project: Path, run: Run) -> None:
    assert run("explain", "small", "--html", "page.html").code == 0
    first = (project / "page.html").read_bytes()
    assert run("explain", "small", "--html", "page.html").code == 0
    assert (project / "page.html").read_bytes() == first
    spec = (project / "platforms/small.yaml").read_bytes()
    result = run("explain", "small", "--html", "platforms/small.yaml")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(
        "platforms/small.yaml: error: exists, and is no page of platgen explain [not-a-page]\n"
    )
    assert (project / "platforms/small.yaml").read_bytes() == spec
    assert run("explain", "small", "core.c", "--html", "page.html").code == 2
    assert run("explain", "small", "--html", "nowhere/page.html").code == 2


def test_markup_in_a_source_stays_text(project: Path, run: Run) -> None:
    source = project / "templates/common/core/core/core.c"
    line = "/* </pre></details><script>alert(1)</script> & <b> */"
    source.write_text(f"{source.read_text()}{line}\n")
    assert run("explain", "small", "--html", "page.html").code == 0
    text = (project / "page.html").read_text()
    assert "alert(1)</script>" not in text
    assert line in "".join(Page(text).words)


def test_graph_has_what_is_required_to_the_right_and_no_line_that_follows() -> None:
    drawing = draw({
        "top": (need("middle"), need("base")),
        "other": (need("base"),),
        "middle": (need("base"), need("top", is_brought=True)),
        "base": (),
        "alone": (),
    })  # fmt: skip
    assert {(edge.start, edge.end) for edge in drawing.edges} == {
        ("top", "middle"), ("middle", "base"), ("other", "base")
    }  # fmt: skip
    boxes = {box.name: box for box in drawing.boxes}
    assert boxes.keys() == {"top", "other", "middle", "base", "alone"}
    assert all(boxes[edge.start].x + WIDTH < boxes[edge.end].x for edge in drawing.edges)
    assert all(box.x + WIDTH + MARGIN <= drawing.width for box in boxes.values())
    assert all(box.y >= MARGIN and box.y + HEIGHT + MARGIN <= drawing.height for box in boxes.values())
    places = sorted((box.x, box.y) for box in boxes.values())
    assert all(a[0] != b[0] or b[1] - a[1] > HEIGHT for a, b in pairwise(places))
    assert draw({})[2:] == ((), ())


def test_lines_stand_beside_those_of_the_template() -> None:
    template = "one\n{% if x %}\n\ttwo\n{% endif %}\n{{ name }}\nlast\n"
    made = "one\ngenerated\ntwo\nkvm\nlast\n"
    rows = pairs(template, made)
    assert [row.template for row in rows if row.number] == template.splitlines()
    assert [row.file for row in rows if row.file_number] == made.splitlines()
    side = {row.number: row.file_number for row in rows if row.kind == "same"}
    assert side == {1: 1, 3: 3, 6: 5}
    assert [row.kind for row in rows] == ["same", "changed", "same", "changed", "only-template", "same"]


@pytest.mark.tools(chromium="chromium")
def test_browser_opens_the_file_that_the_address_names(project: Path, run: Run, tmp_path: Path) -> None:
    assert run("explain", "small", "--html", "page.html").code == 0
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom"]
    address = f"file://{project}/page.html#f-include/plat/core.h"
    dom = subprocess.run([*command, address], capture_output=True, text=True, check=True, timeout=120).stdout
    assert re.findall(r'<details id="([^"]*)" open="">', dom) == ["f-include/plat/core.h"]
    search = re.search(r"<input [^>]*>", dom)
    assert search
    assert "hidden" not in search[0]
