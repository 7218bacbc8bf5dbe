# SPDX-License-Identifier: BSD-3-Clause
"""The conformance run as a command: its lines, JUnit XML, page and exit status; Ctrl-C leaves nothing behind."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need, page
from generator.lab.conformance.matrix import Entry, entries
from generator.lab.conformance.record import Record, record_of
from generator.lab.testbed import is_kvm
from generator.lab.testbed.target import read_target
from tests.boot.test_own_spec import own_spec

COMMAND = [sys.executable, "-m", "generator.lab.conformance", "--machine", "qemu-microvm"]


def conformance(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--report", str(folder), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def records() -> list[Record]:
    made = []
    for title, number, status, reason, console, log in (
        ("fine", 1, "pass", "", "hello\n", "not of a check that passed"),
        ("broken", 8, "fail", "ended by <timeout> & more", "half a line \x1b\x00 </script>", "the log"),
        ("absent", 1, "skip", "no such device", "", ""),
    ):
        seconds = 0.0 if status == "skip" else 0.25
        for machine in ("qemu-pc", "qemu-microvm"):
            what = f"what {title} <proves>"
            made.append(Record("kvm", machine, title, number, what, status, reason, seconds, console, log))
    return made


def test_page_has_a_row_for_each_check_and_names_failures(records: list[Record]) -> None:
    text = page.render(records, 12.3)
    assert re.findall(r"<code>(\w+)</code>", text) == ["fine", "absent", "broken"]
    assert re.findall(r'class="area"><th colspan="4">(\w+)<', text) == ["Boot", "Faults"]
    assert re.findall(r"<tr class=\"(pass|fail|skip)\">", text) == ["pass", "skip", "fail"]
    assert re.findall(r"<b>(\d)</b> (\w+)</button>", text) == [
        ("6", "cells"), ("2", "passed"), ("2", "failed"), ("2", "skipped")
    ]  # fmt: skip
    assert text.count("<summary><b>2</b> ended by &lt;timeout&gt; &amp; more</summary>") == 1
    assert text.index("<summary>") < text.index("<table>")
    assert re.findall(r"<b>(broken on [\w-]+)</b> \(kvm\)", text) == ["broken on qemu-pc", "broken on qemu-microvm"]


def test_failures_of_one_cause_are_one_line(records: list[Record]) -> None:
    """Numbers, addresses and the machine's own name make no cause of their own; other words do."""
    broken = records[2]
    reasons = (
        ("qemu-pc", "ended by timeout"),
        ("qemu-pc", "qemu-pc: page fault at 0x1f00 after 3 s\nand a second line"),
        ("qemu-microvm", "qemu-microvm: page fault at 0xbeef after 12.5 s"),
        ("qemu-microvm", "ended by reset"),
    )
    failed = [broken._replace(machine=machine, reason=reason) for machine, reason in reasons]
    found = page.causes([records[0], *failed])
    assert [[i for i, _ in cause.cells] for cause in found] == [[2, 3], [1], [4]]
    assert found[0].reason == reasons[1][1]
    assert page.render([records[0], *failed], 1.0).count("<summary>") == 3
    assert "<summary>" not in page.render(records[:2], 1.0)


def test_page_holds_every_console_and_no_markup_of_a_guest(records: list[Record]) -> None:
    text = page.render(records, 12.3)
    assert "{{" not in text
    assert "<proves>" not in text
    data = re.search(r'id="runs">(.*?)</script>', text, re.S)
    assert data
    runs = json.loads(data[1])
    assert len(runs) == 6
    assert runs[1]["console"] == "hello\n"
    assert runs[2]["console"] == "half a line \x1b\x00 </script>"
    assert {run["log"] for run in runs} == {"", "the log"}


def test_setup_and_other_tests_are_no_cells() -> None:
    def report(when: Literal["setup", "call"], **facts: object) -> pytest.TestReport:
        return pytest.TestReport("id", ("f", 1, "t"), {}, "passed", None, when, user_properties=facts.items())

    facts = {"platform": "kvm", "machine": "qemu-pc", "title": "banner", "number": 1, "what": "boots"}
    assert record_of(report("call")) is None
    assert record_of(report("setup", **facts)) is None
    record = record_of(report("call", **facts, seconds=0.5))
    assert record
    assert (record.title, record.status, record.seconds) == ("banner", "pass", 0.5)


def test_short_matrix_leaves_out_what_another_cell_stands_for() -> None:
    targets = [(name, read_target(name, ROOT)) for name in ("kvm", "xen-pvh")]
    whole, short = ({entry.id: entry for entry in entries(targets, is_whole)} for is_whole in (True, False))
    assert short.keys() < whole.keys()
    assert all(runs_on(entry) for entry in short.values())
    gone = {entry.machine for entry in whole.values() if runs_on(entry) and entry.id not in short}
    assert {name for name in gone if not is_kvm(name)} == {"xl"}
    tried = {entry.case.title for entry in short.values()}
    left = {entry.case.title for entry in whole.values() if runs_on(entry) and not is_kvm(entry.machine)} - tried
    assert left == {"smp:33/20,vcpus=33,memory=128"}  # event_cpus has as many


def runs_on(entry: Entry) -> bool:
    return entry.case.runs_on(entry.machine)


def test_command_reports(tmp_path: Path) -> None:
    need.ready("qemu-microvm")
    done = conformance(tmp_path, "--plat", "kvm", "--check", "sleep:1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\[1/1\] ok   kvm      qemu-microvm      sleep:1 +\d+\.\d\d s$", done.stdout, re.M)
    assert "\n1 passed in " in done.stdout
    assert "check sleep: pass" in (tmp_path / "index.html").read_text()
    case = ElementTree.parse(tmp_path / "junit.xml").getroot().find(".//testcase")
    assert case is not None
    assert case.attrib["name"] == "test_check[kvm/qemu-microvm/sleep:1]"
    assert "check sleep: pass" in (case.findtext("system-out") or "")


def test_failure_of_an_own_spec_is_told_with_reason_and_console(tmp_path: Path) -> None:
    """A microvm has no keyboard controller, so a guest that knows no other way cannot reset it."""
    need.ready("qemu-microvm")
    rate = ["cpuid", "pit", "lapic-timer"]
    spec = own_spec(tmp_path, ["qemu-microvm"], power=["i8042"], tables=None, cpus=None, tsc_frequency=rate)
    done = conformance(tmp_path / "report", "--plat", str(spec), "-k", "banner")
    assert done.returncode == 1, done.stdout + done.stderr
    reason = "ended by triple-fault instead of reboot"
    assert re.search(rf"^\[\d/\d\] FAIL mine     qemu-microvm      banner .* s  {reason}", done.stdout, re.M)
    assert "FAILED generator/lab/conformance/test_matrix.py::test_check[mine/qemu-microvm/banner]" in done.stdout
    assert "bare: main()" in done.stdout
    assert reason in (tmp_path / "report" / "index.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plat", "nowhere"), "there is no platform 'nowhere' [unknown-platform]"),
        (("--plat", "kvm", "--check", "nothing"), "nothing was run: no machine is ready, or no check has that name"),
    ],
)
def test_exit_status_where_nothing_can_be_run(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = conformance(tmp_path, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stdout + done.stderr


def test_ctrl_c_leaves_no_emulator(tmp_path: Path) -> None:
    need.ready("qemu-microvm")
    command = [*COMMAND, "--plat", "kvm", "--check", "clock_rate", "--report", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert wait_for(lambda: len(emulators(tmp_path)) == 1, 60), "the emulator did not start"
        run.send_signal(signal.SIGINT)
        said, _ = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "KeyboardInterrupt" in said
    assert wait_for(lambda: not emulators(tmp_path), 5), "an emulator is left"


def emulators(folder: Path) -> list[str]:
    """Those that boot an image of this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"qemu" in words[0] and any(word.startswith(str(folder).encode()) for word in words):
            found.append(process.name)
    return found


def wait_for(condition: object, limit: float) -> bool:
    assert callable(condition)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
