# SPDX-License-Identifier: BSD-3-Clause
"""The Kraftfiles of docs/kraft: one for each platform, for what kraft can start, with the names that make gives."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from generator.load.spec import Spec
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

SPECS = Pipeline(ROOT).specs(sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))).or_stop()
KRAFT = ROOT / "docs/kraft"
SERVERS = {"kvm": {"qemu", "fc"}, "xen": {"xen"}}


def test_every_platform_has_a_kraftfile_that_the_page_names() -> None:
    names = {spec.name for spec in SPECS}
    assert {path.parent.name for path in KRAFT.glob("*/Kraftfile")} == names
    page = (ROOT / "docs/kraft.md").read_text()
    assert set(re.findall(r"\]\(kraft/([\w-]+)/Kraftfile\)", page)) == names


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_a_kraftfile_finds_what_make_has_built(spec: Spec, tmp_path: Path) -> None:
    """The commands of its comment are run, but for make and kraft; each target's image is then where kraft looks."""
    text = (KRAFT / spec.name / "Kraftfile").read_text()
    data = yaml.safe_load(text)
    (tmp_path / "build").mkdir()
    image = f"{data['name']}_{spec.unikraft.platform}-x86_64"
    for suffix in ("", ".multiboot") if "boot.multiboot" in spec.facts else ("",):
        (tmp_path / f"build/{image}{suffix}").write_text(suffix or "pvh")
    commands = re.findall(r"^#\t(.*)", text, re.M)
    assert commands[0] == f"make P=/path/to/platgen/platforms/{spec.name}"
    assert commands[-1].startswith("kraft ")
    subprocess.run(["sh", "-ec", "\n".join(commands[1:-1])], cwd=tmp_path, check=True)
    found = {
        target: (tmp_path / ".unikraft/build" / f"{data['name']}_{target.replace('/', '-')}").read_text()
        for target in data["targets"]
    }
    drivers = {target.partition("/")[0] for target in found}
    servers = [SERVERS[fact.partition(".")[2]] for fact in spec.facts if fact.startswith("hypervisors.")]
    assert drivers <= set().union(*servers)
    assert found.get("qemu/x86_64", ".multiboot") == ".multiboot"  # kraft leaves argv[0] to QEMU
    assert found.get("fc/x86_64", "pvh") == "pvh"
