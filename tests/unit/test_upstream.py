# SPDX-License-Identifier: BSD-3-Clause
"""`gen --upstream`: a tree for a pull request, which nobody has to edit, in commits that follow one another."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.pipeline import Pipeline
from generator.tree.upstream import BUILD_FILE, moved, renamed
from tests.unit.helpers import ROOT, Run, snapshot

PLATFORMS = tuple(sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml")))
INCLUDE = re.compile(r'^#\s*include [<"]([^>"]+)[>"]', re.M)
LOOP = re.compile(r"^ {4}(for message in .*?)\n\n", re.M | re.S)


@pytest.fixture(scope="module", params=PLATFORMS)
def tree(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """One of our platforms for Unikraft 0.21, by path."""
    pipeline = Pipeline(ROOT)
    plan = renamed(pipeline.plans([request.param], "0.21").or_stop()[0])
    _, files = moved(plan, pipeline.render(plan).or_stop())
    return {path: data.decode() for path, data in files.items()}


def commits(tree: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The message and the files of each, in order."""
    names = sorted(path.removesuffix(".msg") for path in tree if path.endswith(".msg"))
    return [(tree[f"{name}.msg"], tree[f"{name}.files"].splitlines()) for name in names]


def test_files_are_in_tree_and_do_not_say_that_they_are_generated(project: Path, run: Run) -> None:
    spec = project / "platforms/small.yaml"
    spec.write_text(re.sub("prompt: .*", "prompt: Small (out of tree)", spec.read_text()))
    assert run("gen", "small", "-o", "plain").code == 0
    result = run("gen", "small", "--upstream", "up")
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("add to plat/Makefile.uk: $(eval $(call import_lib,$(UK_PLAT_BASE)/small))\n")
    plain, up = snapshot(project / "plain"), snapshot(project / "up/plat/small")
    assert plain.keys() - up.keys() == {".platgen.json"}
    exported = up.pop("exportsyms.uk")
    assert isinstance(exported, bytes)
    assert b"timer_hz" in exported.split()  # which no header declares
    for path, text in up.items():
        if isinstance(text, bytes):
            before = plain[path]
            assert isinstance(before, bytes)
            assert b"DO NOT EDIT" in before.split(b"\n")[1]
            lines = [line for i, line in enumerate(before.split(b"\n")) if i != 1]
            assert text == b"\n".join(lines).replace(b" (out of tree)", b""), path
    assert "Small\n" in re.sub('"', "\n", (project / "up/plat/small/Config.uk").read_text())


def test_no_text_of_a_platform_names_what_made_it(tree: Mapping[str, str]) -> None:
    words = re.compile(r"\bplatgen\b|\btemplates?/|DO NOT EDIT|out of tree|\bspec(s|'s)?\b(?!/)", re.I)
    named = {path: found[0] for path, text in tree.items() if (found := words.search(text))}
    assert not named


def test_each_file_is_in_one_commit_and_the_build_comes_last(tree: Mapping[str, str]) -> None:
    series = commits(tree)
    assert len(series) > 5
    listed = [path for _, paths in series for path in paths]
    assert sorted(listed) == sorted([BUILD_FILE, *(path for path in tree if path.startswith("plat/"))])
    known = [i for i, (_, paths) in enumerate(series) if any(path.endswith(".uk") for path in paths)]
    assert known == [len(series) - 1]


def test_each_commit_has_the_headers_that_its_files_include(tree: Mapping[str, str]) -> None:
    there: set[str] = set()
    looked = 0
    for _, paths in commits(tree):
        there.update(paths)
        for path in set(paths) - {BUILD_FILE}:
            for name in INCLUDE.findall(tree[path]):
                ours = {other for other in tree if re.search(f"/include/(xen-compat/)?{re.escape(name)}$", other)}
                assert not ours or ours & there, f"{path}: {name}"
                looked += bool(ours)
    assert looked > 100


def test_messages_fit_a_log(tree: Mapping[str, str]) -> None:
    for message, _ in commits(tree):
        subject, blank, *body = message.rstrip("\n").split("\n")
        assert re.fullmatch(r"plat/[\w-]+: [A-Z].*[^.]", subject)
        assert not blank
        assert body
        assert all(len(line) <= 72 for line in (subject, *body))
    assert len({message for message, _ in commits(tree)}) == len(commits(tree))
    last, files = commits(tree)[-1]
    assert all(path.rsplit("/", 1)[1] in last for path in files if path.endswith(("exportsyms.uk", BUILD_FILE)))


def test_git_takes_the_series_by_the_documented_loop(project: Path, run: Run) -> None:
    need.tools(git="git")
    assert run("gen", "small", "--upstream", ".").code == 0
    (project / "plat").joinpath("Makefile.uk").write_text("# one line more\n")
    (found,) = LOOP.findall((ROOT / "docs/upstream.md").read_text())
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    loop = found.replace("git commit", f"git {' '.join(who)} commit")
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    subprocess.run(["sh", "-e", "-c", loop], cwd=project, check=True, capture_output=True)
    log = subprocess.check_output(["git", "log", "--reverse", "--format=%s%n%(trailers)"], cwd=project, text=True)
    subjects = [line for line in log.splitlines() if line.startswith("plat/")]
    assert subjects == [path.read_text().split("\n")[0] for path in sorted((project / "series").glob("*.msg"))]
    assert log.count("Signed-off-by: Somebody <somebody@example.org>") == len(subjects)
    held = subprocess.check_output(["git", "ls-files"], cwd=project, text=True).splitlines()
    there = [path.relative_to(project).as_posix() for path in (project / "plat").rglob("*") if path.is_file()]
    assert sorted(held) == sorted(there)


def test_hand_edits_and_other_files_stay(project: Path, run: Run) -> None:
    (project / "up/plat/kvm").mkdir(parents=True)
    (project / "up/plat/kvm/memory.c").write_text("theirs\n")
    assert run("gen", "small", "--upstream", "up").code == 0
    assert run("check", "small", "--upstream", "up").code == 0
    (project / "up/plat/small/core.c").write_text("mine\n")
    result = run("gen", "small", "--upstream", "up")
    assert result.code == 1
    assert "up/plat/small/core.c: edited by hand; its source is templates/common/core/core/core.c" in result.err
    assert "platgen gen small --upstream up --force" in result.err
    assert (project / "up/plat/small/core.c").read_text() == "mine\n"
    assert run("diff", "small", "--upstream", "up").out.startswith("--- up/plat/small/core.c\n")
    assert run("gen", "small", "--upstream", "up", "--force", "-q") == (0, "", "")
    assert (project / "up/plat/kvm/memory.c").read_text() == "theirs\n"


def test_nothing_is_written_where_nothing_is_to_be_written(project: Path, run: Run) -> None:
    before = snapshot(project)
    assert run("gen", "small", "--upstream", "up", "-n").code == 0
    assert run("check", "small", "--upstream", "up").code == 1
    assert run("gen", "small", "--upstream", "up", "-o", "other").code == 2
    (project / "other.yaml").write_text((project / "platforms/small.yaml").read_text().replace("small", "other"))
    result = run("gen", "small", "./other.yaml", "--upstream", "up")
    assert (result.code, "--upstream names one folder, but there are 2 platforms" in result.err) == (2, True)
    (project / "other.yaml").unlink()
    result = run("gen", "small", "--upstream", "platforms/small.yaml")
    assert (result.code, "choose another place with --upstream" in result.err) == (2, True)
    assert snapshot(project) == before
