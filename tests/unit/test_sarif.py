# SPDX-License-Identifier: BSD-3-Clause
"""What a code host shows: each finding on its line, and notes beside them."""

from __future__ import annotations

import os
from pathlib import Path

from generator.formats.finding import Finding
from generator.formats.sarif import log
from tests.unit.documents import SARIF, in_sarif, read, read_sarif
from tests.unit.helpers import Run


def spoil(project: Path) -> None:
    """One file of each kind that differs."""
    folder = project / "platforms/small"
    core = folder / "core.c"
    core.write_text(core.read_text().replace("return 0", "return 1"))
    (folder / "power.c").unlink()
    header = project / "templates/common/core/core/include/plat/core.h"
    header.write_text(header.read_text() + "int more;\n")
    (folder / "clock_a.c").write_text("")


def test_sarif_of_check_points_at_the_lines(project: Path, run: Run) -> None:
    run("gen", "small")
    assert read_sarif(run("check", "--format", "sarif"))["results"] == []
    spoil(project)
    lines = (project / "platforms/small/core.c").read_text().splitlines()
    changed = next(i for i, line in enumerate(lines, 1) if "return 1" in line)
    end = len((project / "platforms/small/include/plat/core.h").read_text().splitlines())
    sarif = read_sarif(run("check", "--format", "sarif"))
    assert sarif["invocations"][0] == {"executionSuccessful": True, "exitCode": 1}
    places = {uri: (line, code) for uri, line, _, _, code in in_sarif(sarif)}
    places.pop("platforms/small/.platgen.json")
    assert places == {
        "platforms/small/clock_a.c": (1, "edited"),
        "platforms/small/core.c": (changed, "edited"),
        "platforms/small/include/plat/core.h": (end, "tree-differs"),
        "platforms/small/power.c": (0, "tree-differs"),
        "platforms/small.hashes": (1, "tree-differs"),
    }
    by_uri = {found[0]: found[3] for found in in_sarif(sarif)}
    assert by_uri["platforms/small/core.c"].endswith("edit templates/common/core/core/core.c instead")
    assert by_uri["platforms/small/power.c"] == "this file is missing; fix: platgen gen small --force"
    related = [found["relatedLocations"] for found in sarif["results"] if "relatedLocations" in found]
    uris = {place["physicalLocation"]["artifactLocation"]["uri"] for (place,) in related}
    assert "templates/common/core/core/core.c" in uris
    assert {code for _, _, _, _, code in in_sarif(read_sarif(run("gen", "small", "--format", "sarif")))} == {"edited"}


def test_a_level_that_is_left_out_is_a_note(project: Path, run: Run) -> None:
    (project / "templates/common/core/later.yaml").write_text("summary: later\nrequires: [core, engine]\n")
    sarif = read_sarif(run("gen", "small", "--format", "sarif"))
    (notice,) = sarif["invocations"][0]["toolExecutionNotifications"]
    assert (notice["level"], notice["descriptor"]["id"]) == ("note", "level-left-out")
    (tree,) = read(run("check", "--format", "json"))["trees"]
    assert tree["notes"] == [notice["message"]["text"]]


def test_sarif_names_any_file(project: Path) -> None:
    names = ["a b/c#d%.yaml", "/elsewhere/x", os.fsdecode(b"\xff.yaml"), f"{project}/below"]
    data = log([Finding("x", "m", name, 3) for name in names], 1)
    SARIF.validate(data)
    uris = [
        found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for found in data["runs"][0]["results"]
    ]
    assert uris == ["a%20b/c%23d%25.yaml", "file:///elsewhere/x", "%FF.yaml", "below"]
