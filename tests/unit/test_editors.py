# SPDX-License-Identifier: BSD-3-Clause
"""The schema that editors get: each layer's facts and options, from the manifests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from generator.load.components import COMMON, layers
from generator.load.schema import schema_data
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT, Run

KEPT = ROOT / "platforms/spec.schema.json"


def faults(schema: dict[str, Any], spec: dict[str, Any]) -> set[str]:
    """Where a spec is wrong."""
    found = Draft202012Validator(schema).iter_errors(spec)
    return {"/".join(map(str, error.instance_path)) for error in found}


@pytest.mark.parametrize("path", sorted((ROOT / "platforms").glob("*.yaml")), ids=lambda path: path.stem)
def test_specs_fit_the_schema_that_they_name(path: Path) -> None:
    first = path.read_text().partition("\n")[0]
    assert first == "# yaml-language-server: $schema=spec.schema.json"
    spec = yaml.safe_load(path.read_text())
    schema = json.loads(KEPT.read_text())
    assert faults(schema, spec) == set()
    facts = [key for key, value in spec["machine"].items() if isinstance(value, list)]
    assert len(facts) > 8
    for key in facts:
        wrong = {**spec, "machine": {**spec["machine"], key: [*spec["machine"][key], "none"]}}
        assert faults(schema, wrong) == {f"machine/{key}/{len(spec['machine'][key])}"}
    assert faults(schema, {**spec, "options": {"none": 1}}) == {"options"}


def test_every_fact_that_is_served_is_offered_to_its_layer_alone() -> None:
    pipeline = Pipeline(ROOT)
    schema = json.loads(KEPT.read_text())
    assert schema["properties"]["layer"]["enum"] == list(layers(pipeline.places.templates))
    offered = {}
    for rule in schema["allOf"]:
        layer = rule["if"]["properties"]["layer"]["const"]
        lists = rule["then"]["properties"]["machine"]["properties"]
        offered[layer] = {f"{key}.{item}" for key, items in lists.items() for item in items["items"]["enum"]}
        components = (c for name in (COMMON, layer) for c in pipeline.layer(name).or_stop())
        assert offered[layer] == {fact for c in components for fact in c.serves}
    assert "clocks.kvmclock" in offered["kvm"] - offered["xen"]
    assert "buses.pci" in offered["kvm"] & offered["xen"]


def test_a_layer_of_somebody_else_s_is_in_it(project: Path, run: Run) -> None:
    folder = project / "templates/other/clock-x"
    folder.mkdir(parents=True)
    (folder / "component.yaml").write_text("summary: clock x\nserves: {clocks.x: {}}\noptions: {size: 4}\n")
    shutil.copy(project / "platforms/small.yaml", project / "platforms/other.yaml")
    assert run("docs").out == "update    docs/components.md\nupdate    platforms/spec.schema.json\n"
    schema = json.loads((project / "platforms/spec.schema.json").read_text())
    assert schema == json.loads(run("schema").out)
    spec = yaml.safe_load((project / "platforms/small.yaml").read_text())
    assert faults(schema, spec) == set()
    assert faults(schema, {**spec, "layer": "other"}) == set()
    good = {**spec, "layer": "other", "machine": {"clocks": ["x", "a"]}, "options": {"size": 8}}
    assert faults(schema, good) == set()
    assert faults(schema, {**good, "layer": "one"}) == {"machine/clocks/0", "options"}
    assert faults(schema, {**good, "options": {"size": "8"}}) == {"options/size"}
    assert faults(schema, {**good, "layer": "two"}) == {"layer"}
    assert run("docs", "-n").code == 0
    assert (project / "platforms/spec.schema.json").read_bytes() == run("schema").out.encode()


def test_the_hand_written_part_stays() -> None:
    kept = json.loads(KEPT.read_text())
    for key, rule in schema_data("spec")["properties"].items():
        assert rule.items() <= kept["properties"][key].items()
