# SPDX-License-Identifier: BSD-3-Clause
"""The pipeline: which errors come together, which follow from another one, and where trees live."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import BadInput
from generator.pipeline import Pipeline
from generator.tree.digests import Digests, read
from tests.unit.helpers import Run

WRONG_FACT = ("[a]", "[a, d]")


def other_platform(project: Path, *changes: tuple[str, str]) -> Path:
    """A second spec, `other`, of a second layer."""
    text = (project / "platforms/small.yaml").read_text().replace("small", "other").replace("SMALL", "OTHER")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (project / "platforms/other.yaml").write_text(text)
    folder = project / "templates/two/power"
    folder.mkdir(parents=True)
    (folder / "component.yaml").write_text("summary: none\nprovides: [power]\n")
    return folder / "component.yaml"


def codes(project: Path, *platforms: str) -> list[tuple[str, str]]:
    """File and code of each error of one run."""
    found = Pipeline(project).plans(platforms, "0.21").errors
    return sorted((error.location.path.name if error.location else "", error.code) for error in found)


def test_an_error_of_one_layer_hides_none_of_a_platform_of_another(project: Path) -> None:
    manifest = other_platform(project, ("layers: [one]", "layers: [two]"))
    manifest.write_text("summary: none\nprovide: [power]\n")
    spec = project / "platforms/small.yaml"
    spec.write_text(spec.read_text().replace(*WRONG_FACT))
    assert codes(project, "small", "other") == [("component.yaml", "unknown-key"), ("small.yaml", "unknown-fact")]


def test_what_follows_from_an_unread_manifest_is_not_told(project: Path) -> None:
    (project / "templates/one/power/component.yaml").write_text("summary: none\nprovide: [power]\n")
    assert codes(project, "small") == [("component.yaml", "unknown-key")]


def test_an_unread_level_hides_no_error_of_a_manifest(project: Path) -> None:
    (project / "templates/common/core/0.21.yaml").write_text("summary: none\n")
    (project / "templates/one/power/component.yaml").write_text("summary: none\nprovide: [power]\n")
    assert codes(project, "small") == [("0.21.yaml", "missing-key"), ("component.yaml", "unknown-key")]


def test_sharing_tells_the_errors_of_both_platforms(project: Path, run: Run) -> None:
    other_platform(project, ("layers: [one]", "layers: [two]"), WRONG_FACT)
    spec = project / "platforms/small.yaml"
    spec.write_text(spec.read_text().replace("[a]", "[e]"))
    result = run("sharing", "small", "other")
    assert (result.code, result.out) == (2, "")
    assert [line.split(":")[0] for line in result.err.splitlines() if "[unknown-fact]" in line] == [
        "platforms/other.yaml",
        "platforms/small.yaml",
    ]


def test_an_error_of_one_tree_hides_none_of_another(project: Path, run: Run) -> None:
    other_platform(project)
    (project / "platforms/other/core.c").mkdir(parents=True)
    (project / "templates/common/clock-a/clock_a.c").write_text("int no_head;\n")
    result = run("gen", "small", "other")
    assert "[no-spdx]" in result.err
    assert "[in-the-way]" in result.err
    assert result.err.endswith("\n2 errors\n")


def test_a_folder_without_core_levels_is_no_checkout(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as end:
        Pipeline(tmp_path)
    assert [error.code for error in end.value.found] == ["no-project"]


@pytest.mark.parametrize(
    ("level", "output", "tree", "command"),
    [
        ("0.21", None, "platforms/small", "platgen gen small"),
        ("bare", None, "build/small-bare", "platgen gen small --core bare"),
        ("bare", "there", "there", "platgen gen small --core bare -o there"),
        ("bare", "my tree", "my tree", "platgen gen small --core bare -o 'my tree'"),
    ],
)
def test_place_and_command_of_a_tree(project: Path, level: str, output: str | None, tree: str, command: str) -> None:
    pipeline = Pipeline(project)
    (spec,) = pipeline.specs(["small"]).or_stop()
    given = Path(output) if output else None
    assert project / pipeline.places.tree(spec, level, given) == project / tree
    assert pipeline.places.gen_command(spec, level, given) == command


def test_the_command_names_a_checkout_that_is_not_found_from_here(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = Pipeline(project)
    (spec,) = pipeline.specs(["small"]).or_stop()
    monkeypatch.chdir(tmp_path)
    assert pipeline.places.gen_command(spec, "0.21") == "platgen gen small --root project"


def test_the_tree_of_a_spec_from_elsewhere_goes_below_build(project: Path) -> None:
    (project / "platforms/small.yaml").rename(project / "small.yaml")
    pipeline = Pipeline(project)
    (spec,) = pipeline.specs(["./small.yaml"]).or_stop()
    assert pipeline.places.tree(spec, "0.21") == project / "build/small-0.21"
    assert pipeline.places.gen_command(spec, "0.21") == "platgen gen small.yaml"


def test_digests_stand_by_level_and_have_one_verb(tmp_path: Path) -> None:
    path = tmp_path / "small.hashes"
    made = Digests(path).becomes({"b": "2", "a": "1"})
    assert made is not None
    assert (made.path, made.verb, made.new) == ("small.hashes", "create", b"a 1\nb 2\n")
    path.write_bytes(made.new or b"")
    stands = read(path).or_stop()
    verbs = [change.verb for digests in ({"a": "1", "b": "2"}, {"a": "1"}, {}) if (change := stands.becomes(digests))]
    assert verbs == ["unchanged", "update", "remove"]
    assert Digests(path).becomes({}) is None
    assert stands.lines == {"a": 1, "b": 2}
