# SPDX-License-Identifier: BSD-3-Clause
"""The conformance run as a command: its table, JUnit XML and page; and that Ctrl-C leaves nothing behind."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.lab import ROOT
from generator.lab.conformance import junit, page, table
from generator.lab.conformance.cells import Cell, Result
from generator.lab.conformance.declare import Variant
from generator.lab.conformance.images import Image
from generator.lab.conformance.rows import Row
from generator.lab.testbed import need

COMMAND = [sys.executable, "-m", "generator.lab.conformance", "kvm", "--machine", "qemu-microvm"]


@pytest.fixture
def results() -> dict[Row, Result]:
    image = Image("kvm", ("qemu-pc", "qemu-microvm"), Path(), Path("kvm.elf"), None)
    made: dict[Row, Result] = {}
    for check, number, result in (
        ("fine", 1, Result("pass", "", 0.25, "hello\n")),
        ("broken", 8, Result("fail", "ended by <timeout> & more", 9.5, "half a line \x1b\x00 </script>", "the log")),
        ("absent", 1, Result("skip", "no such device")),
    ):
        variant = Variant(check, f"what {check} proves", numbers=(number,))
        for machine in ("qemu-pc", "qemu-microvm"):
            made[Cell(image, machine, variant, Path())] = result
    return made


def test_table_has_a_row_for_each_check_and_names_failures(results: dict[Row, Result]) -> None:
    lines = table.text(results, 12.3).splitlines()
    assert lines[0].split() == ["qemu-pc", "qemu-microvm"]
    assert lines[1:4] == ["Boot", "  1 fine     0.25 s        0.25 s", "  1 absent        -             -"]
    assert [line.split() for line in lines[4:6]] == [["Faults"], ["8", "broken", "FAIL", "FAIL"]]
    assert lines[6] == "FAIL kvm qemu-pc broken: ended by <timeout> & more"
    assert lines[-1] == "2 passed, 2 failed, 2 skipped, in 12 s"


def test_junit_is_wellformed_whatever_a_guest_prints(results: dict[Row, Result], tmp_path: Path) -> None:
    junit.write(results, tmp_path / "junit.xml")
    root = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert [suite.attrib["name"] for suite in root] == ["kvm.qemu-pc", "kvm.qemu-microvm"]
    assert [suite.attrib["failures"] for suite in root] == ["1", "1"]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "ended by <timeout> & more"


def test_page_holds_every_console_and_no_markup_of_a_guest(results: dict[Row, Result]) -> None:
    text = page.render(results, 12.3)
    assert "@" not in re.sub(r"@media|@[a-z]+ ", "", text.split("<script")[0])
    data = re.search(r'id="runs">(.*?)</script>', text, re.S)
    assert data
    runs = json.loads(data[1])
    assert len(runs) == 6
    assert runs[1]["console"] == "hello\n"
    assert {run["log"] for run in runs} == {"", "the log"}
    assert text.count("<b>broken on qemu-pc</b>") == 1


def test_command_reports(tmp_path: Path) -> None:
    need.ready("qemu-microvm")
    done = subprocess.run(
        [*COMMAND, "--check", "banner", "-o", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "] ok   qemu-microvm      banner" in done.stdout
    assert "1 passed, 0 failed, 0 skipped" in done.stdout
    assert (tmp_path / "index.html").exists()
    assert (tmp_path / "junit.xml").exists()


def test_ctrl_c_leaves_no_emulator(tmp_path: Path) -> None:
    need.ready("qemu-microvm")
    command = [*COMMAND, "--check", "clock_rate", "-o", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        assert wait_for(lambda: len(emulators(tmp_path)) == 1, 60), "the emulator did not start"
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=10)
    assert run.returncode == 130
    assert re.search(r"broken off after \d of \d", errors)
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
