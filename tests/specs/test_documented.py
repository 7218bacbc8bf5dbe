# SPDX-License-Identifier: BSD-3-Clause
"""What the documentation shows is taken out of it as it stands there: specs and components are built by both
compilers, and boot. (The check that docs/conformance.md shows: tests/boot/test_declare.py.)
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.lab.conformance import need
from generator.lab.testbed import Outcome
from generator.lab.testbed.target import read_target

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "writing-a-platform.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SPECS = [text for kind, text in BLOCKS if kind == "yaml" and text.startswith("name: ")]
MANIFEST = re.compile(r"# (templates/common/[\w/-]+)/component\.yaml\n")
COMPONENTS = [
    (found[1], text, code)
    for (kind, text), (_, code) in pairwise(BLOCKS)
    if kind == "yaml" and (found := MANIFEST.match(text))
]
COMPILERS = pytest.mark.parametrize("compiler", ["gcc", "clang"])


def build(spec: Path, compiler: str, folder: Path, root: Path = ROOT) -> Path:
    """The bare image."""
    need.tools(**{compiler: compiler, "ld": "binutils", "make": "make"})
    tree = folder / "tree"
    generate = [sys.executable, "-m", "generator", "gen", str(spec), "--core", "bare", "--root", str(root)]
    made = subprocess.run([*generate, "-o", str(tree)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (made.returncode, made.stderr) == (0, ""), made.stderr
    done = subprocess.run(
        ["make", "-s", "-C", str(tree), f"CC={compiler}"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return tree / "build" / f"{spec.stem}-bare.elf"


def boot(image: Path, machine: str, cmdline: str = "") -> Outcome:
    outcome = need.ready(machine).run(image, cmdline)
    assert "bare: 0 checks passed, 0 failed" in outcome.console, outcome.console
    return outcome


def test_every_block_of_the_page_is_tried() -> None:
    """A spec, or a component's manifest with its one source behind it."""
    assert SPECS
    assert COMPONENTS
    assert len(BLOCKS) == len(SPECS) + 2 * len(COMPONENTS)


@pytest.mark.parametrize("text", SPECS, ids=[yaml.safe_load(text)["name"] for text in SPECS])
@COMPILERS
def test_a_documented_spec_is_built_and_boots(text: str, compiler: str, tmp_path: Path) -> None:
    spec = tmp_path / f"{yaml.safe_load(text)['name']}.yaml"
    spec.write_text(text)
    read, _, ends = read_target(str(spec), ROOT)
    assert read.machines
    image = build(spec, compiler, tmp_path)
    for machine in read.machines:
        outcome = boot(image, machine)
        assert not ends.complaint("poweroff", outcome), outcome.detail


@pytest.mark.parametrize(("folder", "manifest", "code"), COMPONENTS, ids=[folder for folder, _, _ in COMPONENTS])
@COMPILERS
def test_a_documented_component_is_built_and_does_its_duty(
    folder: str, manifest: str, code: str, compiler: str, tmp_path: Path
) -> None:
    """The spec of the page with this fact in the place of its kind."""
    root = tmp_path / "root"
    for name in ("templates", "platforms"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("kvm", "xen-pvh"))
    shutil.copytree(ROOT / "templates" / "kvm", root / "templates" / "kvm")
    data: dict[str, Any] = yaml.safe_load(manifest)
    (source,) = (file["source"] for file in data["files"])
    (root / folder).mkdir()
    (root / folder / "component.yaml").write_text(manifest)
    (root / folder / source).write_text(code)
    text = yaml.safe_load(SPECS[0])
    ((fact, attributes),) = data["serves"].items()
    key, _, item = fact.partition(".")
    text["machine"][key] = [item]
    spec = tmp_path / f"{text['name']}.yaml"
    spec.write_text(yaml.safe_dump(text, sort_keys=False))
    image = build(spec, compiler, tmp_path, root)
    told = attributes["tells"]
    assert key == "power", "another kind of component needs another proof here"
    for machine in text["machines"]:
        assert boot(image, machine, f"end={told}").end == told


def test_the_readme_shows_what_the_spec_says() -> None:
    shown = re.search(r"^    machine:\n(?:      .*\n)+", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert shown
    machine = yaml.safe_load(textwrap.dedent(shown[0]))["machine"]
    real = yaml.safe_load((ROOT / "platforms" / "xen-pvh.yaml").read_text())["machine"]
    assert machine == {key: real[key] for key in machine}
