# SPDX-License-Identifier: BSD-3-Clause
"""A short run of the generator's mutation fuzzer, and proof that it sees each kind of fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from tests.fuzz import forked, judge
from tests.fuzz import generator as fuzz

CASES, COMPARED = 60, 12
ROOT = Path(__file__).parent.parent.parent
HEAPS: list[bytearray] = []


@pytest.fixture(name="project", scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> fuzz.Project:
    return fuzz.Project.small(tmp_path_factory.mktemp("small"))


def test_short_run(capsys: pytest.CaptureFixture[str]) -> None:
    # A process for itself: what is imported and frozen there is no other test's business.
    command = [sys.executable, "-m", "tests.fuzz.generator", str(CASES), "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{CASES} cases from 1, 0 faults")
    assert not done.stderr


def test_a_forked_case_ends_as_one_of_a_new_process(project: fuzz.Project, tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    for number in range(1, COMPARED + 1):
        ends = []
        for is_new in (False, True):
            work = tmp_path / str(number)
            command, _ = fuzz.prepare(number, project, work)
            with tempfile.TemporaryFile() as said:
                if is_new:
                    line = [sys.executable, "-m", "generator", *command]
                    path = {**os.environ, "PYTHONPATH": str(ROOT)}
                    out = said if forked.is_document(command) else subprocess.DEVNULL
                    code = subprocess.run(line, cwd=work, env=path, stdout=out, stderr=said).returncode
                else:
                    code = forked.run(command, work, said.fileno()).code
                said.seek(0)
                ends.append((code, said.read()))
            subprocess.run(["rm", "-r", work], check=True)
        assert ends[0] == ends[1], f"case {number}"
        codes[ends[0][0]] += 1
    assert min(codes[0], codes[2]) > COMPARED / 6  # neither harmless nor hopeless


def test_a_case_is_its_number(project: fuzz.Project, tmp_path: Path) -> None:
    seen = []
    for name in "ab":
        fuzz.prepare(9, project, tmp_path / name)
        places = sorted((tmp_path / name).rglob("*"))
        seen.append([(str(p.relative_to(tmp_path / name)), p.is_file() and p.read_bytes()) for p in places])
    assert seen[0] == seen[1]
    assert {name for name, data in seen[0] if data is not False} <= set(project.files)


def ends_with_3(_: list[str]) -> int:
    return 3


def dies(_: list[str]) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def raises(_: list[str]) -> int:
    raise KeyError("x")


def spins(_: list[str]) -> int:
    while True:
        time.process_time()


def waits(_: list[str]) -> int:
    time.sleep(60)
    return 0


def eats(_: list[str]) -> int:
    try:
        HEAPS.append(bytearray(forked.MEMORY + (1 << 20)))
    except MemoryError as error:
        return cli._failed(error)
    return 0


def writes(_: list[str]) -> int:
    Path("foreign").touch()
    return 0


def changes_the_spec(_: list[str]) -> int:
    Path("platforms/small.yaml").write_text("name: other\n")
    return 0


def writes_above(_: list[str]) -> int:
    Path("../foreign").touch()
    return 0


def writes_what_it_only_reads(_: list[str]) -> int:
    Path("platforms/small/core.c").write_text("int x;\n")
    return 0


def prints_escape(_: list[str]) -> int:
    os.write(2, b"\x1b[31m")
    return 1


def says_nothing(_: list[str]) -> int:
    return 2


def says(*lines: bytes) -> Callable[[list[str]], int]:
    def end(_: list[str]) -> int:
        os.write(2, b"".join(line + b"\n" for line in lines))
        return 2

    return end


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (ends_with_3, "exit 3"),
        (dies, "exit -9"),
        (raises, "traceback: exit 1"),
        (spins, "too much time: exit -24"),
        (waits, "too much time: exit -14"),
        (eats, "too much memory: exit 2"),
        (writes, "wrote outside of the output: 'case/foreign'"),
        (changes_the_spec, "wrote outside of the output: 'case/platforms/small.yaml'"),
        (writes_above, "wrote outside of the output: 'foreign'"),
        (writes_what_it_only_reads, "wrote outside of the output: 'case/platforms/small/core.c'"),
        (prints_escape, "prints U+001B"),
        (says_nothing, "without a count"),
        (says(b"something is wrong", b"1 error"), "in another form"),
        (says(b"a.yaml:1:1: error: x [code]", b"2 errors"), "in another form"),
        (says(b"a.yaml: error: x [unknown-key]", b"1 error"), "without a place: unknown-key"),
        (says(b"platgen: error: x [bad-folder]", b"1 error"), "without a place: bad-folder"),
        (says(b'{"errors": [{"code": "unknown-key", "path": "a.yaml"}]}'), "without a place: unknown-key"),
        (says(b'{"errors": [{"code": "bad-folder"}]}'), "without a place: bad-folder"),
        (says(b'{"errors": []}'), "without an error"),
        (says(b'{"errors": ['), "a document without errors"),
    ],
)
def test_fault_is_seen(
    fault: Callable[[list[str]], int],
    told: str,
    project: fuzz.Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli, "main", fault)
    monkeypatch.setattr(forked, "WAITED", 3 if fault is waits else forked.WAITED)
    monkeypatch.setattr(fuzz, "COMMANDS", ((["check"], ()),))
    found = fuzz.case(1, project, tmp_path)
    assert found is not None
    assert told in found.what


def test_right_end_is_no_fault(tmp_path: Path, project: fuzz.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "main", says(b"a.yaml:1:1: error: x [code]", b"b: error: y [too-big]", b"2 errors"))
    assert fuzz.case(1, project, tmp_path) is None
    document = b'{"errors": [{"code": "x", "path": "a.yaml", "line": 1}, {"code": "too-big", "path": "b"}]}'
    monkeypatch.setattr(cli, "main", says(document))
    assert fuzz.case(1, project, tmp_path) is None
    assert judge.fault(forked.Ended(1, 0.1, 1 << 20), "note: x\n") == ""
