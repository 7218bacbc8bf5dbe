# SPDX-License-Identifier: BSD-3-Clause
"""The schema that editors get: each layer's facts and options, from the manifests."""

from __future__ import annotations

import copy
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


def test_every_fact_that_is_served_is_offered_where_a_layer_has_it() -> None:
    pipeline = Pipeline(ROOT)
    schema = json.loads(KEPT.read_text())
    names = layers(pipeline.places.templates)
    assert schema["properties"]["layers"]["items"]["enum"] == list(names)
    own = {name: {f for c in pipeline.layer(name).or_stop() for f in c.serves} for name in (COMMON, *names)}
    spec = yaml.safe_load((ROOT / "platforms/kvm.yaml").read_text())
    for chosen in [*((name,) for name in names), names]:
        served = own[COMMON].union(*(own[name] for name in chosen))
        for fact in set().union(*own.values()):
            key, item = fact.split(".")
            wrong = faults(schema, {**spec, "layers": list(chosen), "machine": {key: [item]}})
            assert wrong == (set() if fact in served else {f"machine/{key}/0"}), (chosen, fact)
    assert "clocks.kvmclock" in own["kvm"] - own["xen"]
    assert "buses.pci" in own[COMMON]


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
    assert faults(schema, {**spec, "layers": ["other"]}) == set()
    good = {**spec, "layers": ["other"], "machine": {"clocks": ["x", "a"]}, "options": {"size": 8}}
    assert faults(schema, good) == set()
    assert faults(schema, {**good, "layers": ["one"]}) == {"machine/clocks/0", "options/size"}
    assert faults(schema, {**good, "options": {"size": "8"}}) == {"options/size"}
    assert faults(schema, {**good, "layers": ["two"]}) == {"layers/0", "machine/clocks/0", "options/size"}
    assert run("docs", "-n").code == 0
    assert (project / "platforms/spec.schema.json").read_bytes() == run("schema").out.encode()


def test_the_hand_written_part_stays() -> None:
    def stays(written: object, kept: object) -> bool:
        if isinstance(written, dict) and isinstance(kept, dict):
            return all(key in kept and stays(value, kept[key]) for key, value in written.items())
        return written == kept

    written = copy.deepcopy(schema_data("spec")["properties"])
    del written["options"]["additionalProperties"]  # any option; the manifests say which
    assert stays(written, json.loads(KEPT.read_text())["properties"])
