# SPDX-License-Identifier: BSD-3-Clause
"""A terminal, a locale, a lock or a right that is not as it should be: told in a line, and nothing is lost."""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.tree.lock import lock, unlock
from tests.unit.bad import expect
from tests.unit.helpers import ROOT, Run, as_nobody, platgen, snapshot


def test_no_folder(project: Path) -> None:
    program = f"mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -m generator list --root '{project}'"
    done = subprocess.run(
        ["/bin/sh", "-c", program],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    expect("trouble-no-folder", done.stderr.partition("\n")[2] if "getcwd" in done.stderr else done.stderr)
    assert done.returncode == 2


@pytest.mark.parametrize("command", ["gen small", "check", "diff", "list", "explain small", "schema", "--help"])
def test_full_output(command: str, project: Path) -> None:
    """Also: where nothing can be told, nothing is written."""
    before = snapshot(project)
    with open("/dev/full", "wb") as full:
        done = platgen(command, project, full.fileno())
    expect("trouble-full-output", done.stderr)
    assert done.returncode == 2
    assert snapshot(project) == before


def test_closed_output(project: Path) -> None:
    before = snapshot(project)
    program = f"exec {sys.executable} -m generator gen small >&-"
    done = subprocess.run(
        ["/bin/sh", "-c", program],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    expect("trouble-closed-output", done.stderr)
    assert done.returncode == 2
    assert snapshot(project) == before


def test_ascii_locale(project: Path) -> None:
    spec = project / "platforms/small.yaml"
    lines = [
        f"  prompt: Café{line[9:]}" if line.startswith("  prompt:") else line for line in spec.read_text().split("\n")
    ]
    spec.write_text("\n".join(lines))
    folder = project / "Café"
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = platgen(f"gen small -o {folder}", project, environment=ascii_only)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Café" in (folder / "Config.uk").read_text()
    assert platgen("gen small -o other", project).returncode == 0
    assert snapshot(project / "other") == snapshot(folder)
    for command in (f"check small -o {folder}", "list", "explain small", f"diff small -o {folder}", "docs"):
        done = platgen(command, project, environment=ascii_only)
        assert (done.returncode, done.stderr) == (0, ""), command
    spec.write_text("sumary: Café\n" + spec.read_text())
    done = platgen("check", project, environment=ascii_only)
    expect("trouble-ascii", done.stderr)
    assert done.returncode == 2


def test_unreadable_subfolder(open_project: Path, run: Run) -> None:
    assert run("gen", "small").code == 0
    (open_project / "platforms/small/include").chmod(0)
    if os.getuid() == 0:
        shutil.chown(open_project / "platforms/small", 65534)
    with as_nobody():
        result = run("gen", "small")
    (open_project / "platforms/small/include").chmod(0o755)
    expect("trouble-unreadable", result.err)
    assert (result.code, result.out) == (2, "")


def test_waiting_is_told(project: Path) -> None:
    (project / "out").mkdir()
    lock([project / "out"])
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "generator", "gen", "small", "-o", "out"],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stderr is not None
        is_told = select.select([child.stderr], [], [], 30)[0]
        line = child.stderr.readline() if is_told else ""
        assert child.poll() is None
    finally:
        unlock()
    expect("trouble-waiting", line)
    assert child.wait(60) == 0
    assert child.stderr.read() == ""
    child.stderr.close()


def test_short_wait_is_silent(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handle = os.open(project, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    child = os.fork()
    if child == 0:
        time.sleep(0.2)
        os._exit(0)
    os.close(handle)  # the child has the lock until it ends
    lock([project])
    unlock()
    os.waitpid(child, 0)
    assert capsys.readouterr().err == ""


def test_updated_file_keeps_its_mode(project: Path, run: Run) -> None:
    assert run("gen", "small").code == 0
    (project / "platforms/small/core.c").chmod(0o444)
    (project / "templates/common/core/core/core.c").write_text("/* SPDX-License-Identifier: X */\nint v2;\n")
    assert run("gen", "small").code == 0
    assert "v2" in (project / "platforms/small/core.c").read_text()
    assert (project / "platforms/small/core.c").stat().st_mode & 0o777 == 0o444
