# SPDX-License-Identifier: BSD-3-Clause
"""The steps as functions: document, resolve, render, compare, kconfig."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from generator.diagnostics import Diagnostics, Location, did_you_mean
from generator.escape import Refused
from generator.load import subset
from generator.load.file import load
from generator.pipeline import Pipeline
from generator.plan.resolve import Plan
from generator.tree import compare as tree
from generator.tree.context import cident, context_of, hex_, switch
from generator.tree.context import kconfig as kconfig_filter


def plan_of(project: Path, level: str = "0.21") -> Plan:
    (plan,) = Pipeline(project).plans(["small"], level).or_stop()
    return plan


def test_places_of_keys_values_and_missing_things(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("summary: s\nrequires:\n  - one\n  - two\n")
    loaded = load(path, "level").value
    assert loaded is not None
    assert loaded.at("requires", 1) == Location(path, 4, 5)
    assert loaded.at_key("requires") == Location(path, 2, 1)
    assert loaded.at("releases", 3) == Location(path, 1, 1)


def test_pure_python_loader_gives_the_same_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    texts = {"deep": "a: " + "[" * 5000, "twice": "a: 1\na: 2\n", "alias": "a: &a [*a]\n", "syntax": "a: [1\nb: 2\n"}
    seen = []
    for loader in (subset.Loader, yaml.SafeLoader):
        monkeypatch.setattr(subset, "Loader", loader)
        found = Diagnostics()
        for name, text in texts.items():
            (tmp_path / f"{name}.yaml").write_text(text)
            found.take(load(tmp_path / f"{name}.yaml", "level"))
        seen.append([(e.code, e.location.line if e.location else 0) for e in found])
    assert seen[0] == seen[1]


def test_did_you_mean_lists_all_when_nothing_is_near() -> None:
    assert did_you_mean("clokc", ["clock", "timer"]) == "did you mean 'clock'?"
    assert did_you_mean("zzz", ["timer", "clock"]) == "known: clock, timer"


def test_plan_has_providers_first_and_files_by_path(project: Path) -> None:
    plan = plan_of(project)
    assert [c.name for c in plan.components] == ["core", "clock-a", "power"]
    assert [f.path for f in plan.files] == sorted(f.path for f in plan.files)


def test_component_applies_by_level_and_facts(project: Path) -> None:
    spec = project / "platforms/small.yaml"
    spec.write_text(spec.read_text().replace("clocks: [a]", "clocks: [b]"))
    assert [c.name for c in plan_of(project, "bare").components] == ["clock-b", "core"]


def test_unambiguous_duties_are_settled_first(project: Path) -> None:
    """A choice of two is none when another duty brings one of them in."""
    for name, extra in (("power-2", "provides: [power, brake]"), ("car", "provides: [car]\nrequires: [power, brake]")):
        folder = project / "templates/common" / name
        folder.mkdir()
        (folder / "component.yaml").write_text(f"summary: s\n{extra}\n")
    level = project / "templates/common/core/0.21.yaml"
    level.write_text(level.read_text().replace("[core, power]", "[power, car, core]"))
    assert "power-2" in [c.name for c in plan_of(project).components]


def test_option_of_the_spec_wins_over_the_default(project: Path) -> None:
    with (project / "platforms/small.yaml").open("a") as file:
        file.write("options: {pages: 9}\n")
    assert plan_of(project).options == {"pages": 9}


def test_template_context(project: Path) -> None:
    context = context_of(plan_of(project))
    assert context["has"]("clocks.a")
    assert not context["has"]("clocks.b")
    assert [(c.name, c.fact, c.component, c.symbol) for c in context["served"]("clocks")] == [
        ("a", "clocks.a", "clock-a", "clock_a")
    ]
    assert context["served"]("timers") == ()
    assert [s.path for s in context["sources"]] == ["clock_a.c", "core.c", "machine.c", "power.c"]
    assert [vars(item) for item in context["slot"]("kconfig.select")] == [{"symbol": "OUTSIDE", "when": ""}]
    with pytest.raises(jinja2.UndefinedError):
        context["slot"]("none")


def test_filters() -> None:
    assert hex_(4096) == "0x1000"
    assert cident("virtio-mmio") == "virtio_mmio"
    assert [switch(symbol) for symbol in (None, "", "A", "!A")] == ["y", "y", "$(CONFIG_A)", "$(if $(CONFIG_A),,y)"]
    with pytest.raises(Refused):
        switch("A),y) $(shell x")
    assert [kconfig_filter(v) for v in (True, False, 7, "a 'b'")] == ["y", "n", "7", "\"a 'b'\""]


def test_rendered_text(project: Path) -> None:
    rendered = Pipeline(project).render(plan_of(project)).or_stop()
    assert rendered["core.c"].decode() == (
        "/* SPDX-License-Identifier: BSD-3-Clause */\n"
        "/* Code generated from templates/common/core/core/core.c. DO NOT EDIT. */\n"
        "\nint core(void)\n{\n\treturn 0;\n}\n"
    )
    assert rendered["machine.c"].decode() == (
        "/* SPDX-License-Identifier: BSD-3-Clause */\n"
        "/* Code generated from templates/common/core/core/machine.c.j2 and platforms/small.yaml. DO NOT EDIT. */\n"
        '\nconst char *name = "small";\nint pages = 4;\nlong timer_hz = 0x3e8;\nextern int clock_a;\n'
    )
    assert "\tselect OUTSIDE\n\nif PLAT_SMALL\n" in rendered["Config.uk"].decode()


def test_compare_gives_one_verb_per_file(tmp_path: Path) -> None:
    old = {"same": b"1", "stale": b"2", "changed": b"3", "edited": b"4"}
    for path, data in {**old, ".platgen.json": tree.manifest_of(old, "s", "l").to_bytes()}.items():
        (tmp_path / path).write_bytes(data)
    (tmp_path / "edited").write_bytes(b"mine")
    (tmp_path / "foreign").write_bytes(b"foreign")
    new = {"same": b"1", "changed": b"33", "edited": b"44", "new": b"5"}
    manifest = tree.manifest_of(new, "s", "l")
    verbs = {change.path: change.verb for change in tree.compare(new, tmp_path, manifest).or_stop().changes}
    assert verbs == {
        ".platgen.json": "update",
        "changed": "update",
        "edited": "edited",
        "new": "create",
        "same": "unchanged",
        "stale": "remove",
    }
    assert tree.compare(new, tmp_path, manifest, force=True).or_stop().edited == ()
