# SPDX-License-Identifier: BSD-3-Clause
"""Company while a tree is written: other runs, and people who change the folder."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from generator import cli, write
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
