# SPDX-License-Identifier: BSD-3-Clause
"""Company while a tree is written: other runs, and people who change the folder."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from generator import cli
from generator.tree import files, write
from tests.unit.helpers import HEAD, VERSIONS, Run, fill, gen_in_child, set_core, set_version, texts


@pytest.mark.parametrize("count", [2, 4, 8])
def test_runs_at_once_wait_for_each_other(count: int, project: Path) -> None:
    fill(project)
    for version in VERSIONS * 2:
        set_version(project, version)
        children = [gen_in_child(project) for _ in range(count)]
        assert {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children} == {0}
        assert texts(project / "platforms/small") == {version}


def test_foreign_files_that_come_and_change_meanwhile_stay(project: Path, run: Run) -> None:
    """A neighbour makes and edits files in the output while it is written. PLATGEN_GENS: how often."""
    fill(project)
    set_version(project, VERSIONS[0])
    assert run("gen", "small").code == 0
    tree = project / "platforms/small"
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell)
        os.set_blocking(told, False)
        count = 0
        while True:
            (tree / "include" / f"mine{count}.h").write_text(f"{count}")
            (tree / "notes").write_text(f"{count}")
            try:
                os.read(told, 1)
                os._exit(0)
            except BlockingIOError:
                count += 1
                time.sleep(0.0005)
    os.close(told)
    for turn in range(int(os.environ.get("PLATGEN_GENS", "30"))):
        set_version(project, VERSIONS[turn % 2 == 0])
        assert run("gen", "small").code == 0
    os.close(tell)
    os.waitpid(child, 0)
    last = int((tree / "notes").read_text())
    assert last > 10
    assert all((tree / "include" / f"mine{i}.h").read_text() == str(i) for i in range(last + 1))


def test_runs_in_opposite_order_do_not_wait_in_a_circle(project: Path) -> None:
    """Two runs make the same two trees, in folders that neither has yet."""
    text = (project / "platforms/small.yaml").read_text()
    (project / "platforms/other.yaml").write_text(text.replace("name: small", "name: other"))
    names = ["small", "other"]
    for _ in range(20):
        children = []
        for order in (names, names[::-1]):
            child = os.fork()
            if child == 0:
                signal.alarm(10)
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os._exit(cli.main(["gen", *order, "--root", str(project)]))
            children.append(child)
        assert {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children} == {0}
        for name in names:
            shutil.rmtree(project / "platforms" / name)


@pytest.mark.parametrize("place", ["core.c", "clock_a.c", "sub"])
def test_link_that_appears_meanwhile_is_neither_lost_nor_followed(
    place: str, project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In place of a file that is updated, of a stale one, and of the folder of a new one."""
    run("gen", "small")
    set_core(project, "int v2;\n")
    component = project / "templates/common/clock-a/component.yaml"
    (component.parent / "sub").mkdir()
    (component.parent / "sub/new.c").write_text(HEAD)
    component.write_text(component.read_text().replace("[clock_a.c]", "[sub/new.c]"))
    (project / "else").mkdir()
    link = project / "platforms/small" / place
    commit = write._Writer.commit

    def link_first(writer: write._Writer) -> None:
        link.unlink(missing_ok=True)
        link.symlink_to(project / "else")
        commit(writer)

    monkeypatch.setattr(write._Writer, "commit", link_first)
    assert run("gen", "small").code == 2
    assert link.is_symlink()
    assert not list((project / "else").iterdir())


@pytest.mark.parametrize("place", ["core.c", "clock_a.c"])
@pytest.mark.parametrize("saves", [1, 2])
def test_what_is_saved_in_the_last_moment_is_put_back(
    place: str, saves: int, project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In place of a file that is updated, and of a stale one; by an editor that saves once, or again at once."""
    run("gen", "small")
    set_core(project, "int v2;\n")
    component = project / "templates/common/clock-a/component.yaml"
    component.write_text(component.read_text().replace("files: [clock_a.c]\n", ""))
    left = saves

    def save() -> None:
        nonlocal left
        if left:
            (project / "saved").write_text(f"mine {left}\n")
            (project / "saved").rename(project / "platforms/small" / place)
            left -= 1

    rename, take_out = files.rename, os.rename

    def slow_rename(one: Path, other: Path, flag: int) -> bool:
        if other.name == place:
            save()
        return rename(one, other, flag)

    def slow_take_out(one: Path, other: Path) -> None:
        if one.name == place:
            save()
        take_out(one, other)

    monkeypatch.setattr(files, "rename", slow_rename)
    monkeypatch.setattr(os, "rename", slow_take_out)
    result = run("gen", "small")
    assert result.code == 2, result.out
    assert "error: files in the folder changed during this run [changed-meanwhile]" in result.err
    assert (project / "platforms/small" / place).read_text() == "mine 1\n"
    assert not list((project / "platforms/small").rglob(".platgen-*"))
    assert run("gen", "small").code == 1  # it is an edited file now


def test_without_an_exchange_files_are_replaced(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "rename", lambda *_: False)
    component = project / "templates/common/clock-a/component.yaml"
    run("gen", "small")
    set_core(project, "int v2;\n")
    component.write_text(component.read_text().replace("files: [clock_a.c]\n", ""))
    assert run("gen", "small").code == 0
    assert run("check", "small").code == 0
    assert not list((project / "platforms/small").rglob(".platgen-*"))


@pytest.mark.parametrize("kill", [False, True])
def test_no_save_of_an_editor_is_lost(kill: bool, project: Path, run: Run) -> None:
    """Somebody saves generated files while they are written, by a run that may be killed: each save is there
    afterwards. PLATGEN_GENS: how often."""
    fill(project)
    set_version(project, VERSIONS[0])
    assert run("gen", "small").code == 0
    tree = project / "platforms/small"
    paths = sorted(path for path in tree.rglob("*.c"))
    chance = random.Random(random.randrange(1 << 32))
    begin = time.monotonic()
    os.waitpid(gen_in_child(project), 0)
    length = time.monotonic() - begin
    seen: Counter[int] = Counter()
    for turn in range(int(os.environ.get("PLATGEN_GENS", "30"))):
        set_version(project, f"int v{turn};\n")
        path = chance.choice(paths)
        (project / "saved").write_text(f"mine {turn}\n")
        child = gen_in_child(project)
        time.sleep(chance.uniform(length / 2, length))
        (project / "saved").rename(path)
        if kill:
            time.sleep(chance.uniform(0, length / 20))
            os.kill(child, signal.SIGKILL)
        seen[os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])] += 1
        assert path.read_text() == f"mine {turn}\n"
        assert run("gen", "small").code == 1
        assert path.read_text() == f"mine {turn}\n"
        assert run("gen", "small", "--force").code == 0
    print("exit status of the runs:", dict(seen))
    assert set(seen) <= {0, 1, 2, -signal.SIGKILL}
