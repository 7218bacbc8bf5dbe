# SPDX-License-Identifier: BSD-3-Clause
"""Releases of the core differ in its glue only; what was booted is shown as it was recorded."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
import yaml

from generator.lab.verify import record
from generator.load.folders import level_files
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

PLATFORMS = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
BUILD_FILES = {"Config.uk", "Makefile.uk", "Linker.uk", "Makefile"}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_files_outside_the_glue_have_the_same_bytes_at_every_level(platform: str) -> None:
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs([platform]).or_stop()
    seen: dict[str, bytes] = {}
    shared: dict[str, set[str]] = {}
    for name, level in pipeline.levels().or_stop().items():
        plan = pipeline.plan(spec, level).or_stop()
        tree = pipeline.render(plan).or_stop()
        for output in plan.files:
            if output.component.levels or (output.component.takes and output.file.is_template):
                continue  # what gathers slots names what the level has
            assert seen.setdefault(output.path, tree[output.path]) == tree[output.path], (
                f"{output.path} at level {name}"
            )
            shared.setdefault(name, set()).add(output.path)
    for one, other in combinations(pipeline.levels().or_stop(), 2):
        assert shared[one] == shared[other], f"{platform}: {one} and {other} share other files"


def test_no_source_asks_for_the_release() -> None:
    """A file is chosen by the level, it does not look at the version itself."""
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in {".c", ".h", ".S", ".j2", ".uk"}:
            assert "UK_VERSION" not in path.read_text(), path


@pytest.mark.parametrize("platform", PLATFORMS)
def test_trees_name_no_source_of_the_core_s_own_platforms(platform: str) -> None:
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs([platform]).or_stop()
    for level in pipeline.levels().or_stop().values():
        plan = pipeline.plan(spec, level).or_stop()
        tree = pipeline.render(plan).or_stop()
        for name in BUILD_FILES & set(tree):
            assert not re.search(rb"plat/(kvm|xen)/|LIB(KVM|XEN)PLAT_BASE", tree[name]), f"{name} at {level.name}"


def test_readme_shows_what_was_recorded() -> None:
    text = record.README.read_text()
    assert record.with_table(text, record.load()) == text, "python -m generator.lab.verify --table"


def test_records_name_platforms_and_levels_that_exist() -> None:
    levels = {path.stem: yaml.safe_load(path.read_text()) for path in level_files(ROOT / "templates")}
    for entry in record.load():
        assert entry["platform"] in PLATFORMS
        assert entry["release"].partition("+")[0] in levels[entry["level"]].get("releases", [record.BARE])
        assert entry["machine"] in record.TITLES
