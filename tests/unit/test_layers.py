# SPDX-License-Identifier: BSD-3-Clause
"""A layer of somebody else's: what is not one hypervisor's alone stands where it reaches it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from generator.project import Project
from tests.unit.helpers import ROOT

OWN = {"clocks.kvmclock"}
"""What KVM alone shows a guest."""


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A checkout with one more layer, which brings a hypervisor's duty and nothing else."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "templates/third/third-hypervisor"
    folder.mkdir(parents=True)
    (folder / "component.yaml").write_text("summary: none\nprovides: [hypervisor]\nfiles: [hypervisor.c]\n")
    shutil.copy(ROOT / "templates/kvm/kvm-hypervisor/hypervisor.c", folder)
    text = re.sub(r"^(name|layer): kvm\b", r"\1: third", (ROOT / "platforms/kvm.yaml").read_text(), flags=re.MULTILINE)
    for fact in OWN:
        text = re.sub(rf"\b{fact.partition('.')[2]}, ", "", text)
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms/third.yaml").write_text(text.replace("kvmx", "thirdx").replace("KVMX", "THIRDX"))
    return tmp_path


def test_a_third_layer_has_every_fact_that_is_not_kvm_s_alone(third: Path) -> None:
    project = Project(third)
    (spec,) = project.specs(["third"])
    machine = yaml.safe_load((ROOT / "platforms/kvm.yaml").read_text())["machine"]
    facts = {f"{key}.{item}" for key, items in machine.items() if isinstance(items, list) for item in items}
    assert facts - OWN <= set(spec.facts)
    for level in project.levels.values():
        plan = project.plan(spec, level)
        assert plan is not None, str(project.found)
        assert {c.layer for c in plan.components} == {"common", "third"}
        project.render(plan)
    assert not project.found, str(project.found)
