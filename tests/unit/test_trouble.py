# SPDX-License-Identifier: BSD-3-Clause
"""What is the user's or the machine's fault ends with exit 2 and a message: never with exit 3, never in silence.

Whole processes: a terminal, a locale or a limit is theirs. `tests/bad/trouble-CASE.stderr` has the whole text.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import select
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.tree.lock import lock, unlock
from tests.unit.helpers import ROOT, Run, snapshot
from tests.unit.test_bad import BAD, as_nobody, expect, open_project

__all__ = ["open_project"]

LONG = "n" * 300
ESC = "\x1b[31m"
MEMORY = 300 << 20
SECONDS = 2.0


def nothing(project: Path) -> None:
    pass


def no_specs(project: Path) -> None:
    (project / "platforms/small.yaml").unlink()


def no_platforms(project: Path) -> None:
    shutil.rmtree(project / "platforms")


def no_common(project: Path) -> None:
    shutil.rmtree(project / "templates/common")


def a_file(project: Path) -> None:
    (project / "afile").touch()


def link_to_nowhere(project: Path) -> None:
    (project / "link").symlink_to("nowhere")


def link_loop(project: Path) -> None:
    (project / "loop").symlink_to("loop")


def manifest(project: Path, text: str) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").write_text(text)


def long_path(project: Path) -> None:
    manifest(project, json.dumps({"format": 1, "spec": "small", "files": {"/".join(["d" * 99] * 60): "0" * 64}}))


def escapes_in_manifest(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small" / f"old{ESC}").write_text("x")
    files = {f"old{ESC}": "0" * 64}
    (project / "platforms/small/.platgen.json").write_text(json.dumps({"format": 1, "spec": "small", "files": files}))


def fifo_hashes(project: Path) -> None:
    os.mkfifo(project / "platforms/small.hashes")


def fifo_template(project: Path) -> None:
    place = project / "templates/common/core/core/core.c"
    place.unlink()
    os.mkfifo(place)


def fifo_page(project: Path) -> None:
    (project / "docs").mkdir()
    os.mkfifo(project / "docs/components.md")


def fifo_included(project: Path) -> None:
    os.mkfifo(project / "templates/common/core/core/part.j2")
    with (project / "templates/common/core/core/machine.c.j2").open("a") as file:
        file.write("{% include 'common/core/core/part.j2' %}\n")


def endless_config(project: Path) -> None:
    (project / ".config").symlink_to("/dev/zero")


def sparse(place: Path, size: int = 2 << 30) -> None:
    with place.open("r+b") as file:
        file.truncate(size)


def sparse_spec(project: Path) -> None:
    sparse(project / "platforms/small.yaml")


def sparse_manifest(project: Path) -> None:
    sparse(project / "templates/common/core/core/component.yaml")


def sparse_level(project: Path) -> None:
    sparse(project / "templates/common/core/bare.yaml")


def sparse_template(project: Path) -> None:
    sparse(project / "templates/common/core/core/machine.c.j2")


def add(place: Path, *parts: str) -> None:
    with place.open("a") as file:
        file.writelines(parts)


def many_keys(project: Path) -> None:
    add(project / "platforms/small.yaml", *(f"key{i}: 1\n" for i in range(80000)))


def many_options(project: Path) -> None:
    add(project / "platforms/small.yaml", "options:\n", *(f"  o{i}: 1\n" for i in range(70000)))


def many_facts(project: Path) -> None:
    spec = project / "platforms/small.yaml"
    facts = ", ".join(f"f{i}" for i in range(100000))
    spec.write_text(spec.read_text().replace("clocks: [a]", f"clocks: [{facts}]"))


def many_duties(project: Path) -> None:
    place = project / "templates/common/clock-a/component.yaml"
    place.write_text("summary: many\nserves: {clocks.a: {symbol: clock_a}}\n")
    add(place, "requires:\n", *(f"- r{i}\n" for i in range(50000)))
    add(place, "provides:\n", *(f"- p{i}\n" for i in range(40000)))


def many_files(project: Path) -> None:
    place = project / "templates/common/clock-a/component.yaml"
    names = ", ".join(f"f{i}.c" for i in range(60000))
    place.write_text(place.read_text().replace("[clock_a.c]", f"[{names}]"))


def large_manifest(project: Path) -> None:
    manifest(project, json.dumps({"format": 1, "spec": "small", "files": {f"f{i}": "0" * 64 for i in range(150000)}}))


def large_word(project: Path) -> None:
    place = project / "templates/common/core/core/config.uk.j2"
    place.write_text(place.read_text().replace("config SMALL_DEBUG", f"config SMALL_DEBUG{40000 * 'x:'}"))


def many_digests(project: Path) -> None:
    (project / "platforms/small.hashes").touch()
    add(project / "platforms/small.hashes", *(f"k{i} {i:064x}\n" for i in range(10000)))


def deep_template(project: Path) -> None:
    add(project / "templates/common/core/core/machine.c.j2", "int i = {{ ", "- " * 20000, "1 }};\n")


CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "no-root": (nothing, "list --root /nosuch"),
    "no-specs-list": (no_specs, "list"),
    "no-specs-check": (no_specs, "check"),
    "no-platforms": (no_platforms, "check --root ."),
    "docs-of-nothing": (nothing, "docs --root platforms"),
    "docs-without-common": (no_common, "docs --root ."),
    "long-name": (nothing, f"gen {LONG}"),
    "output-long": (nothing, f"gen small -o {LONG}"),
    "output-in-file": (a_file, "gen small -o afile/x"),
    "output-is-file": (a_file, "gen small -o afile"),
    "output-link": (link_to_nowhere, "gen small -o link"),
    "output-below-link": (link_to_nowhere, "gen small -o link/x"),
    "output-loop": (link_loop, "gen small -o loop"),
    "output-below-loop": (link_loop, "gen small -o loop/x"),
    "long-path": (long_path, "gen small"),
    "escape-name": (nothing, f"gen 'x{ESC}'"),
    "escape-level": (nothing, f"gen small --core 'x{ESC}'"),
    "escape-path": (nothing, f"gen './x{ESC}.yaml'"),
    "escape-option": (nothing, f"gen small '--x{ESC}'"),
    "escape-root": (nothing, f"check --root 'x{ESC}'"),
    "escape-checkout": (nothing, f"doctor small --unikraft 'x{ESC}'"),
    "escape-file": (nothing, f"explain small 'x{ESC}'"),
    "fifo-hashes": (fifo_hashes, "check"),
    "fifo-template": (fifo_template, "check"),
    "fifo-included": (fifo_included, "check"),
    "fifo-page": (fifo_page, "docs -n"),
    "endless-config": (endless_config, "doctor small --unikraft unikraft --config .config"),
    "sparse-spec": (sparse_spec, "check"),
    "sparse-manifest": (sparse_manifest, "check"),
    "sparse-level": (sparse_level, "check"),
    "sparse-template": (sparse_template, "check"),
    "large-manifest": (large_manifest, "check"),
    "large-word": (large_word, "check"),
    "many-keys": (many_keys, "check"),
    "many-options": (many_options, "check"),
    "many-facts": (many_facts, "check"),
    "many-duties": (many_duties, "check"),
    "many-files": (many_files, "check"),
    "many-digests": (many_digests, "gen small"),
    "deep-template": (deep_template, "gen small"),
}


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def platgen(
    command: str, cwd: Path, stdout: int = subprocess.PIPE, environment: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "PLATGEN"))}
    return subprocess.run(
        [sys.executable, "-m", "generator", *shlex.split(command)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        errors="surrogateescape",
        timeout=60,
        check=False,
        preexec_fn=limits,
    )


@pytest.mark.parametrize("case", CASES)
def test_trouble(case: str, project: Path) -> None:
    make, command = CASES[case]
    make(project)
    before = sorted(project.rglob("*"))
    done = platgen(command, project)
    expect(f"trouble-{case}", done.stderr.replace(str(project), "PROJECT"))
    assert (done.returncode, done.stdout) == (2, "")
    assert sorted(project.rglob("*")) == before


def test_every_expected_text_has_a_case() -> None:
    assert {path.stem.removeprefix("trouble-") for path in BAD.glob("trouble-*.stderr")} == {*CASES, *OTHERS}


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith(("many", "sparse", "large"))])
def test_large_input_takes_little(case: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By processor time and memory of its own, which other processes do not change."""
    make, command = CASES[case]
    make(project)
    program = (
        "import sys, time\nfrom generator.cli import main\nmain(sys.argv[1:])\n"
        "(peak,) = (line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(time.process_time(), peak)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *shlex.split(command)],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kilobytes = map(float, done.stdout.splitlines()[-1].split())
    assert seconds <= 2 * SECONDS  # of a machine that is shared
    assert kilobytes <= MEMORY / 1024


def test_large_file_in_place_of_ours_is_edited_by_hand(project: Path, run: Run) -> None:
    assert run("gen", "small").code == 0
    sparse(project / "platforms/small/core.c", 6 << 30)
    done = platgen("gen small", project)
    expect("trouble-large-file", done.stderr)
    assert done.returncode == 1
    assert (project / "platforms/small/core.c").stat().st_size == 6 << 30
    assert platgen("gen small --force", project).returncode == 0
    assert (project / "platforms/small/core.c").stat().st_size < 1000


def test_control_characters_of_a_name_never_reach_the_terminal(project: Path) -> None:
    escapes_in_manifest(project)
    done = platgen("gen small", project)
    expect("trouble-escape-manifest", done.stderr)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    output = platgen(f"gen small -o 'out{ESC}'", project)
    assert output.returncode == 0
    assert "\x1b" not in output.stdout + output.stderr
    assert (project / f"out{ESC}/core.c").is_file()


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


OTHERS = (
    *("large-file", "escape-manifest", "no-folder", "full-output", "closed-output", "ascii", "waiting"),
    *("unreadable",),
)
