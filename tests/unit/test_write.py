# SPDX-License-Identifier: BSD-3-Clause
"""Nothing is lost: hand edits, foreign files, and a kill at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from generator.tree import files
from tests.unit.helpers import (
    HEAD,
    ROOT,
    VERSIONS,
    Run,
    fill,
    gen_in_child,
    set_core,
    set_version,
    snapshot,
    texts,
)


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
    assert "its source is templates/common/core/core/core.c" in result.err
    assert "platgen gen small --force" in result.err
    assert snapshot(project) == before
    assert run("gen", "small", "--force").code == 0
    assert "int v2;" in edited.read_text()


def test_edit_that_equals_the_new_text_is_no_edit(project: Path, run: Run) -> None:
    run("gen", "small")
    set_core(project, "int v2;\n")
    line = "/* Code generated from templates/common/core/core/core.c. DO NOT EDIT. */\n"
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
    assert not list(tree.rglob(".platgen-*"))


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
    assert "no longer generated" in result.err
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
    assert said == [line for line in run("gen", "small", "-v").out.splitlines() if line.startswith("create")]


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


def wait_for_write(child: int, tree: Path) -> None:
    """Until the first trace of a write, or the end of a run that was too quick to show one."""
    ended = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while not any(tree.rglob(".platgen-*")) and not os.waitid(os.P_PID, child, ended):
        pass


@pytest.mark.parametrize("first", [True, False])
def test_after_a_kill_the_next_run_makes_the_tree_whole(first: bool, project: Path, run: Run) -> None:
    """Whichever text that run has: what the killed one wrote is known by its journal. PLATGEN_KILLS: how often."""
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    fill(project)
    set_version(project, VERSIONS[0])
    tree = project / "platforms/small"
    begin = time.monotonic()
    os.waitpid(gen_in_child(project), 0)
    length = time.monotonic() - begin
    (tree / "include/mine").mkdir()
    (tree / "include/mine/x.h").write_text("x")
    (tree / "link").symlink_to("nowhere")
    seen: Counter[str] = Counter()
    for turn in range(int(os.environ.get("PLATGEN_KILLS", "100"))):
        if first:
            shutil.rmtree(tree)
        set_version(project, f"int v{turn};\n")
        child = gen_in_child(project)
        if turn % 2:
            time.sleep(chance.uniform(0, length))
        else:
            wait_for_write(child, tree)
            time.sleep(chance.uniform(0, length / 50))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen["met"] += len(texts(tree)) > 1 or any(tree.rglob(".platgen-*"))
        set_version(project, VERSIONS[turn % 2])  # neither the old text nor the killed run's
        result = run("gen", "small")
        assert result.code == 0, result.err
        assert texts(tree) == {VERSIONS[turn % 2]}
        assert not list(tree.rglob(".platgen-*"))
        if not first:
            assert (tree / "include/mine/x.h").read_text() == "x"
            assert (tree / "link").is_symlink()
    assert seen["met"], "no kill met a write: the test proves nothing"
    assert run("check", "small").code == 0


def test_from_inside_the_output_the_folder_stays_the_same(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "out").mkdir()
    monkeypatch.chdir(project / "out")
    inode = os.stat(".").st_ino
    assert run("gen", "small", "-o", ".").code == 0
    set_core(project, "int v2;\n")
    assert run("gen", "small", "-o", ".").code == 0
    assert os.stat(".").st_ino == os.stat(project / "out").st_ino == inode
    assert "int v2;" in Path("core.c").read_text()


def test_no_umask_blocks_a_later_run(project: Path, run: Run) -> None:
    old = os.umask(0o777)
    try:
        assert run("gen", "small").code == 0
    finally:
        os.umask(old)
    tree = project / "platforms/small"
    assert all(path.stat().st_mode & 0o600 == 0o600 for path in (tree, *tree.rglob("*")))


def test_another_spec_takes_the_folder_only_by_force(project: Path, run: Run) -> None:
    run("gen", "small", "-o", "out")
    manifest = project / "out/.platgen.json"
    manifest.write_text(manifest.read_text().replace('"small"', '"large"'))
    assert run("gen", "small", "-o", "out").code == 2
    assert run("gen", "small", "-o", "out", "--force").code == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_what_is_mounted_in_the_output_stays(project: Path) -> None:
    (project / "precious").mkdir()
    (project / "precious/file").write_text("precious\n")
    script = (
        f"set -e; export PYTHONPATH={ROOT}; platgen() {{ {sys.executable} -m generator gen small -o out; }}; platgen;"
        " mkdir out/vol; mount --bind precious out/vol;"
        f" printf '%s\nint v2;\n' '{HEAD.strip()}' >templates/common/core/core/core.c; platgen;"
        " grep -q v2 out/core.c; grep -q precious out/vol/file; umount out/vol; mount --bind out out; platgen"
    )
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
    if done.stderr.startswith("unshare:"):
        pytest.skip(f"no mount namespace here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert (project / "precious/file").read_text() == "precious\n"


def test_failed_first_write_leaves_an_empty_folder_of_the_users(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(beside: Path, data: bytes, target: Path) -> None:
        raise OSError(28, "No space left on device", str(beside))

    (project / "out").mkdir()
    monkeypatch.setattr(files, "put", full)
    before = snapshot(project)
    assert run("gen", "small", "-o", "out").code == 2
    assert run("gen", "small", "-o", "new/out").code == 2
    assert snapshot(project) == before


@pytest.mark.parametrize(
    ("output", "reason"),
    [("loop/x", "Too many levels of symbolic links"), ("n" * 300, "File name too long")],
)
def test_output_that_cannot_be_looked_at(output: str, reason: str, project: Path, run: Run) -> None:
    (project / "loop").symlink_to("loop")
    result = run("gen", "small", "-o", output)
    assert result.code == 2
    assert result.err.startswith(output)
    assert result.err.partition("\n")[0].endswith(f": error: a tree cannot go here: {reason} [in-the-way]")
