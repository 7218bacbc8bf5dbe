# SPDX-License-Identifier: BSD-3-Clause
"""What the real layers ask of a spec, and what they give to a layer of somebody else's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from generator.load.components import layers
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT, Run

OWN = {"clocks.kvmclock", "hypervisors.kvm"}
"""What KVM alone shows a guest."""


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A checkout with one more layer, which brings a hypervisor and nothing else."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "templates/third/third-hypervisor"
    folder.mkdir(parents=True)
    (folder / "component.yaml").write_text(
        "summary: none\nserves:\n  hypervisors.third: {symbol: kvm_hypervisor}\nfiles: [kvm_hypervisor.c]\n"
    )
    shutil.copy(ROOT / "templates/kvm/kvm-hypervisor/kvm_hypervisor.c", folder)
    text = (ROOT / "platforms/kvm.yaml").read_text()
    text = re.sub(r"^(name: |layers: \[)kvm\b", r"\1third", text, flags=re.MULTILINE)
    for fact in OWN:
        text = re.sub(rf"\b{fact.partition('.')[2]}, ", "", text)
    text = text.replace("hypervisors: [kvm]", "hypervisors: [third]")
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms/third.yaml").write_text(text.replace("kvmx", "thirdx").replace("KVMX", "THIRDX"))
    return tmp_path


def test_a_third_layer_has_every_fact_that_is_not_kvm_s_alone(third: Path) -> None:
    pipeline = Pipeline(third)
    (spec,) = pipeline.specs(["third"]).or_stop()
    machine = yaml.safe_load((ROOT / "platforms/kvm.yaml").read_text())["machine"]
    facts = {f"{key}.{item}" for key, items in machine.items() if isinstance(items, list) for item in items}
    assert facts - OWN <= set(spec.facts)
    for level in pipeline.levels().or_stop().values():
        plan = pipeline.plan(spec, level).or_stop()
        assert {c.layer for c in plan.components} == {"common", "third"}
        assert pipeline.render(plan).or_stop()


def test_every_folder_with_a_layer_s_name_is_one(project: Path) -> None:
    for name in ("macros", ".git", "Two"):
        (project / "templates" / name).mkdir()
    assert layers(project / "templates") == ("macros", "one")


def kvm_without(project: Path, pattern: str, new: str, run: Run) -> str:
    """What gen says of kvm's spec with one thing changed, at each level alike."""
    text, count = re.subn(pattern, new, (ROOT / "platforms/kvm.yaml").read_text(), flags=re.MULTILINE)
    assert count == 1
    (project / "kvm.yaml").write_text(text)
    said = set()
    for level in ("bare", "0.17", "0.21"):
        result = run("gen", "./kvm.yaml", "-n", "--core", level, "--root", str(ROOT))
        assert (result.code, result.out) == (2, "")
        said.add(result.err.replace(f"at core level {level}", "at core level N"))
    assert len(said) == 1
    return said.pop()


def line_of(start: str) -> int:
    """Where a line of kvm's spec stands."""
    lines = (ROOT / "platforms/kvm.yaml").read_text().split("\n")
    return next(i for i, line in enumerate(lines, 1) if line.startswith(start))


NEEDED = {
    "boot": ("boot", "boot protocols the image offers; the first is the default"),
    "consoles": ("console", "where early text goes"),
    "clocks": ("clock", "clocks to read the time from; the first that is found at run time is used"),
    "timers": ("timer", "one-shot timers that can wake a sleeping CPU"),
}


@pytest.mark.parametrize("key", NEEDED)
def test_a_machine_names_what_every_core_needs(key: str, project: Path, run: Run) -> None:
    component, about = NEEDED[key]
    also = r"(?:.*\n)*?  tsc-frequency: .*\n" if key == "clocks" else ""  # which only a clock needs
    line = line_of("machine:")
    assert kvm_without(project, rf"^  {key}: .*\n{also}", "", run) == (
        f"kvm.yaml:{line}:1: error: the machine section lacks '{key}', which common/{component} needs"
        f" [value-missing]\n{line:>5} | machine:\n      | ^\nhint: {about}\n1 error\n"
    )


@pytest.mark.parametrize("symbol", ["Y", "N", "M", "MODULES", "HAVE_SMP", "X86_64", "LIBUKBOOT", "PLAT_"])
def test_symbols_that_are_no_platform_s(symbol: str, project: Path, run: Run) -> None:
    line = line_of("  symbol:")
    assert kvm_without(project, "^  symbol: .*", f'  symbol: "{symbol}"', run) == (
        f"kvm.yaml:{line}:11: error: '{symbol}' is not a platform's Kconfig symbol"
        " (PLAT_, then capital letters, digits, _) [bad-name]\n"
        f'{line:>5} |   symbol: "{symbol}"\n      |           ^\nhint: for example: PLAT_KVMX\n1 error\n'
    )


@pytest.mark.parametrize(
    ("key", "name"),
    [("platform", "kvm"), ("platform", "xen"), ("platform", "uk"), ("symbol", "PLAT_KVM"), ("library", "libxenplat")],
)
def test_names_of_the_core_s_own_platforms_are_taken(key: str, name: str, project: Path, run: Run) -> None:
    (project / "kvm.yaml").write_text(
        re.sub(rf"^  {key}: .*", f"  {key}: {name}", (ROOT / "platforms/kvm.yaml").read_text(), flags=re.MULTILINE)
    )
    line = line_of(f"  {key}:")
    at = 5 + len(key)
    for level in ("0.17", "0.18", "0.20", "0.21"):
        result = run("gen", "./kvm.yaml", "-n", "--core", level, "--root", str(ROOT))
        assert (result.code, result.err) == (
            2,
            f"kvm.yaml:{line}:{at}: error: '{name}' is a name that Unikraft uses at core level {level} [name-taken]\n"
            f"{line:>5} |   {key}: {name}\n      | {' ' * (at - 1)}^\nhint: choose another name\n1 error\n",
        )
    assert run("gen", "./kvm.yaml", "-n", "--core", "bare", "--root", str(ROOT)).code == 0
