# SPDX-License-Identifier: BSD-3-Clause
"""Nothing is lost: hand edits, foreign files, and a kill at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from generator import cli, write
from tests.unit.helpers import Run, snapshot

HEAD = "/* SPDX-License-Identifier: BSD-3-Clause */\n"


def set_core(project: Path, text: str) -> None:
    (project / "templates/common/core/core.c").write_text(HEAD + text)


def test_edited_file_is_kept_and_nothing_else_written(project: Path, run: Run) -> None:
    run("gen", "small")
    edited = project / "platforms/small/core.c"
    edited.write_text("mine\n")
    set_core(project, "int v2;\n")
    (project / "templates/one/power/power.c").write_text(HEAD + "int v2;\n")
    before = snapshot(project)
    result = run("gen", "small")
    assert result.code == 1
    assert "edited    platforms/small/core.c\n" in result.out
    assert "its source is templates/common/core/core.c" in result.err
    assert "platgen gen small --force" in result.err
    assert snapshot(project) == before
    assert run("gen", "small", "--force").code == 0
    assert "int v2;" in edited.read_text()


def test_edit_that_equals_the_new_text_is_no_edit(project: Path, run: Run) -> None:
    run("gen", "small")
    set_core(project, "int v2;\n")
    line = "/* Code generated from templates/common/core/core.c. DO NOT EDIT. */\n"
    (project / "platforms/small/core.c").write_text(HEAD + line + "int v2;\n")
    assert run("gen", "small").code == 0
    assert run("check", "small").code == 0


def test_file_that_was_there_before_the_first_gen_counts_as_edited(project: Path, run: Run) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/core.c").write_text("mine\n")
    assert run("gen", "small").code == 1
    assert snapshot(project / "platforms/small") == {"core.c": b"mine\n"}


def test_foreign_files_stay_with_inode_mode_and_links(project: Path, run: Run) -> None:
    run("gen", "small")
    tree = project / "platforms/small"
    (tree / "include/mine").mkdir(mode=0o750)
    (tree / "include/mine/x.h").write_text("x")
    (tree / "empty").mkdir()
    (tree / "link").symlink_to("nowhere")
    inode = (tree / "include/mine/x.h").stat().st_ino
    unchanged = (tree / "clock_a.c").stat()
    set_core(project, "int v2;\n")
    assert run("gen", "small").code == 0
    assert (tree / "include/mine/x.h").stat().st_ino == inode
    assert (tree / "include/mine").stat().st_mode & 0o777 == 0o750
    assert (tree / "empty").is_dir()
    assert os.readlink(tree / "link") == "nowhere"
    assert (tree / "clock_a.c").stat().st_mtime_ns == unchanged.st_mtime_ns
    assert not (project / "platforms/.small.platgen").exists()


def test_stale_file_goes_and_its_empty_folder_too(project: Path, run: Run) -> None:
    component = project / "templates/common/clock-a/component.yaml"
    text = component.read_text()
    (component.parent / "sub").mkdir()
    (component.parent / "sub/old.c").write_text(HEAD)
    component.write_text(text.replace("[clock_a.c]", "[clock_a.c, sub/old.c]"))
    run("gen", "small")
    component.write_text(text)
    result = run("gen", "small")
    assert "remove    platforms/small/sub/old.c\n" in result.out
    assert not (project / "platforms/small/sub").exists()


def test_edited_stale_file_is_kept(project: Path, run: Run) -> None:
    run("gen", "small")
    component = project / "templates/common/clock-a/component.yaml"
    component.write_text(component.read_text().replace("files: [clock_a.c]\n", ""))
    (project / "platforms/small/clock_a.c").write_text("mine\n")
    result = run("gen", "small")
    assert result.code == 1
    assert "generated no more" in result.err
    assert (project / "platforms/small/clock_a.c").read_text() == "mine\n"


def test_nothing_is_written_when_nothing_changes(project: Path, run: Run) -> None:
    run("gen", "small")
    places = [project / "platforms", *(project / "platforms").rglob("*")]
    before = [(p, p.stat().st_mtime_ns, p.stat().st_ino) for p in places]
    assert "unchanged" in run("gen", "small").out
    assert [(p, p.stat().st_mtime_ns, p.stat().st_ino) for p in places] == before


def test_pretend_says_the_same_and_writes_nothing(project: Path, run: Run) -> None:
    before = snapshot(project)
    pretended = run("gen", "small", "-n")
    assert snapshot(project) == before
    said = [line for line in pretended.out.splitlines() if line.startswith("create")]
    assert said == [line for line in run("gen", "small").out.splitlines() if line.startswith("create")]


def test_output_folder_that_is_a_link_stays_a_link(project: Path, run: Run) -> None:
    (project / "real").mkdir()
    (project / "out").symlink_to("real")
    assert run("gen", "small", "-o", "out").code == 0
    assert (project / "out").is_symlink()
    assert (project / "real/core.c").is_file()


def test_link_in_place_of_a_file_is_not_written_through(project: Path, run: Run) -> None:
    run("gen", "small")
    (project / "precious").write_text("precious\n")
    link = project / "platforms/small/core.c"
    link.unlink()
    link.symlink_to(project / "precious")
    assert run("gen", "small").code == 1
    assert run("gen", "small", "--force").code == 0
    assert not link.is_symlink()
    assert (project / "precious").read_text() == "precious\n"


def test_failed_second_rename_brings_the_old_tree_back(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("gen", "small")
    before = snapshot(project / "platforms")
    set_core(project, "int v2;\n")
    monkeypatch.setattr(write, "_exchange", lambda one, other: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(5, "Input/output error", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert run("gen", "small").code == 2
    assert snapshot(project / "platforms") == before


VERSIONS = ("int v1;\n", "int v2;\n")
FILES = 30


def fill(project: Path) -> None:
    """A tree of some size, so that a write takes a while."""
    folder = project / "templates/common/clock-a"
    names = [f"file{i}.c" for i in range(FILES)]
    component = folder / "component.yaml"
    component.write_text(component.read_text().replace("[clock_a.c]", f"[clock_a.c, {', '.join(names)}]"))


def set_version(project: Path, version: str) -> None:
    for i in range(FILES):
        (project / f"templates/common/clock-a/file{i}.c").write_text(HEAD + version)


def gen_in_child(project: Path) -> int:
    """Fork a process that runs gen; its imports are done already, so a kill mostly meets real work."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(cli.main(["gen", "small", "--root", str(project)]))
    return child


def generated(tree: Path) -> str:
    """Which version the tree is; fails when it is a mixture or torn."""
    texts = {(tree / f"file{i}.c").read_text().partition("EDIT. */\n")[2] for i in range(FILES)}
    assert len(texts) == 1
    return texts.pop()


@pytest.mark.parametrize(("tries", "exchange"), [(200, True), (60, False)])
def test_kill_leaves_the_old_tree_or_the_new(
    tries: int, exchange: bool, project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `exchange` off, as on file systems without it, the next run may have to bring the tree back."""
    if not exchange:
        monkeypatch.setattr(write, "_exchange", lambda one, other: False)
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    fill(project)
    set_version(project, VERSIONS[0])
    tree = project / "platforms/small"
    assert run("gen", "small").code == 0
    (tree / "include/mine").mkdir()
    (tree / "include/mine/x.h").write_text("x")
    (tree / "link").symlink_to("nowhere")
    lengths = []
    for version in (*VERSIONS[::-1], *VERSIONS[::-1]):
        set_version(project, version)
        begin = time.monotonic()
        os.waitpid(gen_in_child(project), 0)
        lengths.append(time.monotonic() - begin)
    length = max(lengths)
    seen: Counter[str] = Counter()
    for _ in range(tries):
        old = generated(tree)
        new = VERSIONS[old == VERSIONS[0]]
        set_version(project, new)
        child = gen_in_child(project)
        time.sleep(chance.uniform(0, length))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen["leftover"] += (project / "platforms/.small.platgen").exists()
        if not exchange and not tree.exists():
            seen["brought back"] += 1
            write.recover(tree)
        now = generated(tree)
        assert now in (old, new)
        seen["new" if now == new else "old"] += 1
        assert (tree / "include/mine/x.h").read_text() == "x"
        assert (tree / "link").is_symlink()
    assert seen["old"]
    assert seen["new"]
    assert seen["leftover"], "no kill met a write: the test proves nothing"
    assert run("gen", "small").code == 0
    assert not (project / "platforms/.small.platgen").exists()
    assert run("check", "small").code == 0


def test_leftover_of_a_killed_run_is_cleared_even_when_nothing_changes(project: Path, run: Run) -> None:
    run("gen", "small")
    work = project / "platforms/.small.platgen"
    work.mkdir()
    (work / write.MARKER).touch()
    shutil.copytree(project / "platforms/small", work / "new")
    assert run("gen", "small").code == 0
    assert not work.exists()
