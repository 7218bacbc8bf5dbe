# SPDX-License-Identifier: BSD-3-Clause
"""This repository's own specs, manifests and pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT, Run

SCHEMAS = sorted((ROOT / "generator/load").glob("*.schema.json"))


def test_components_page_is_as_generated(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run("docs", "-n").out == ("docs/components.md: as generated\nplatforms/spec.schema.json: as generated\n")


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_key_has_a_description(path: Path) -> None:
    schema = json.loads(path.read_bytes())
    missing = []

    def walk(rule: dict[str, object], name: str) -> None:
        for key, value in rule.get("properties", {}).items():  # type: ignore[attr-defined]
            if not value.get("description"):
                missing.append(f"{name}.{key}")
            walk(value, f"{name}.{key}")

    walk(schema, "")
    assert SCHEMAS
    assert not missing


def test_every_file_of_a_component_is_in_its_manifest_and_every_slot_is_read() -> None:
    """A file that the manifest forgets, or a slot with a misspelt name, would vanish without a word."""
    pipeline = Pipeline(ROOT)
    sources = "".join(path.read_text() for path in pipeline.places.templates.rglob("*.j2"))
    for component in pipeline.all_components().or_stop():
        folder = component.document.path.parent
        listed = {file.origin for file in component.files} | {component.document.path}
        assert {path for path in folder.rglob("*") if path.is_file()} == listed
        for slot in component.slots:
            assert f'slot("{slot}")' in sources, f"{component.name}: nothing reads slot {slot}"


def test_every_constant_is_used() -> None:
    """Headers outside of plat/, and plat/core_apic.h, serve sources of Unikraft with the names that it knows."""
    roots = ("templates", "generator/lab/guest")
    files = [path for root in roots for path in (ROOT / root).rglob("*.*") if path.is_file()]
    texts = {path: re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S) for path in files}
    words = [word for text in texts.values() for word in re.findall(r"\w+", text)]
    used = {word for word, count in Counter(words).items() if count > 1}
    unused = []
    for path, text in texts.items():
        if path.suffix == ".h" and (path.parent.name not in {"plat", "bare"} or path.name == "core_apic.h"):
            continue
        elsewhere = used if path.suffix == ".h" else {w for w, n in Counter(re.findall(r"\w+", text)).items() if n > 1}
        names = re.findall(r"^#\s*define[ \t]+(\w+)\b(?!\{)", text, re.M)
        unused += [f"{path.relative_to(ROOT)}: {name}" for name in names if name not in elsewhere]
    assert len(words) > 10000
    assert not unused


def test_every_platform_resolves_and_renders_at_every_level() -> None:
    pipeline = Pipeline(ROOT)
    for spec in pipeline.specs(pipeline.places.all_platforms().or_stop()).or_stop():
        for level in pipeline.levels().or_stop().values():
            assert pipeline.rendered(spec, level).or_stop().tree


@pytest.mark.parametrize(("other", "percent"), [("xen-pvh", 45), ("pvh", 99.9)])
def test_platforms_share_what_the_readme_says(
    other: str, percent: float, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run("sharing", "kvm", other, f"--at-least={percent}").code == 0
