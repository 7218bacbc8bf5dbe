# SPDX-License-Identifier: BSD-3-Clause
"""The QEMU testbeds tell apart every way a guest can end, and leave nothing behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.testbed.keyboard import Keyboard
from generator.lab.testbed.outcome import TestbedError
from generator.lab.testbed.process import run_qemu
from generator.lab.testbed.qemu import MACHINES, MICROVM, Qemu

from .conftest import Stub

BUSY = 5.0
"""Seconds: longer than a guest needs to say what it has to say."""
NAMES = [machine.name for machine in MACHINES]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("wish", "end", "status"),
    [
        ("poweroff", "poweroff", None),
        ("reboot", "reboot", None),
        ("crash", "crash", None),
        ("triple", "triple-fault", None),
        ("exit", "exit", 42),
    ],
)
def test_end_is_seen_from_outside(name: str, wish: str, end: str, status: int | None, guest: Stub) -> None:
    outcome = need.ready(name).run(guest.fitting(name), f"end={wish}")
    assert (outcome.end, outcome.status) == (end, status)
    assert outcome.console.endswith("stub: end\n")
    assert outcome.debug == outcome.console


@pytest.mark.parametrize("name", NAMES)
def test_guest_gets_its_words_and_its_module(name: str, guest: Stub, tmp_path: Path) -> None:
    module = tmp_path / "a,b"
    module.write_bytes(b"\x00\x01\xff" * 1001)
    outcome = need.ready(name).run(guest.fitting(name), 'end=poweroff "a  b" c=\\', [module], memory_mib=16)
    assert 'end=poweroff "a  b" c=\\\n' in outcome.console
    assert f"size {3003:x} sum {byte_sum(module.read_bytes()):x}" in outcome.console


def test_what_is_typed_arrives_however_fast_it_comes(guest: Stub) -> None:
    """A pipe that nobody closes; all of it waits until the guest speaks, and no letter is lost."""
    line = bytes(ord("a") + i % 26 for i in range(60)) + b"\n"
    read, write = os.pipe()
    try:
        typist = threading.Thread(target=os.write, args=(write, line))
        typist.start()
        bed = need.ready("qemu-microvm")
        assert isinstance(bed, Qemu)
        outcome = bed.run(guest.pvh, "echo end=poweroff", limit=60, keyboard=Keyboard(read))
    finally:
        os.close(read)  # ends the typist, too
        typist.join()
        os.close(write)
    assert outcome.console.endswith(f"echo\n{line.decode()}stub: end\n")
    assert outcome.end == "poweroff"


def test_where_nothing_is_typed_the_guest_goes_on(guest: Stub) -> None:
    bed = need.ready("qemu-microvm")
    assert isinstance(bed, Qemu)
    with Path(os.devnull).open() as keys:
        assert bed.run(guest.pvh, "end=poweroff", keyboard=Keyboard(keys.fileno())).end == "poweroff"


def byte_sum(content: bytes) -> int:
    total = 0
    for byte in content:
        total = (total * 31 + byte) & 0xFFFFFFFF
    return total


@pytest.mark.parametrize("wish", ["spin", "hang"])
def test_hung_guest_ends_at_its_limit_with_its_console(wish: str, guest: Stub) -> None:
    outcome = need.ready("qemu-microvm").run(guest.pvh, f"end={wish}", limit=1.0)
    assert outcome.end == "timeout"
    assert outcome.console.endswith("stub: end\n")
    assert 1.0 <= outcome.seconds < 10.0


class HeardError(Exception):
    """What a guest that would never end has said."""


@pytest.mark.parametrize("name", ["qemu-microvm", "xen-dom0"])
def test_the_console_is_heard_while_the_guest_runs(name: str, guest: Stub) -> None:
    said: dict[str, bytes] = {}

    def hear(channel: str, data: bytes) -> None:
        said[channel] = said.get(channel, b"") + data
        if channel == "console" and said[channel].rstrip().endswith(b"stub: end"):
            raise HeardError(channel)

    with pytest.raises(HeardError):
        need.ready(name).run(guest.pvh, "end=spin", limit=600, hear=hear)
    assert b"words end=spin" in said["console"]
    assert b"(d0)" not in said["console"]


def test_image_that_is_none_fails_with_qemus_reason(tmp_path: Path) -> None:
    image = tmp_path / "text"
    image.write_text("not an image\n")
    outcome = need.ready("qemu-pc").run(image)
    assert outcome.end == "failed"
    assert "invalid kernel header" in outcome.log or "kernel" in outcome.log


def test_no_letter_is_lost_while_the_reader_is_busy(guest: Stub) -> None:
    need.ready(MICROVM.name)
    breaks = [BUSY]

    def watch(channel: str, heard: bytearray, seconds: float) -> bool:
        if channel == "com1" and breaks:
            time.sleep(breaks.pop())
        return False

    command = MICROVM.command(guest.pvh, "flood end=poweroff", [], 16)
    recording = run_qemu(command, ("com1", "debug"), 60.0, watch)
    flood = b"".join(bytes([ord("a") + i % 26]) * 63 + b"\n" for i in range(6 * 1024))
    said = recording.channels["com1"].replace(b"\r", b"")
    assert len(said) >= len(flood)
    assert flood in said


def test_icount_is_repeatable(guest: Stub) -> None:
    machine = MICROVM.with_options(icount=True)
    need.ready(machine.name)
    told = {re.findall("^tsc .*", machine.run(guest.pvh, "tsc end=poweroff").text, re.M)[0] for _ in range(3)}
    assert len(told) == 1


def test_second_module_is_refused_where_pvh_has_one(guest: Stub) -> None:
    with pytest.raises(TestbedError, match="one module"):
        need.ready("qemu-pc").run(guest.pvh, modules=[guest.pvh, guest.pvh])


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_stray_emulator_when_the_run_is_broken_off(blow: signal.Signals, guest: Stub, tmp_path: Path) -> None:
    need.ready("qemu-pc")
    mark = f"stray-{os.getpid()}-{blow}"
    command = [sys.executable, "-m", "generator.lab.testbed", "run", "--on", "qemu-pc", "--limit", "60"]
    command += [f"--cmdline=end=spin {mark}", str(guest.pvh)]
    home = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=home) as run:
        assert wait_for(lambda: len(emulators(mark)) == 1), "the emulator did not start"
        run.send_signal(blow)
        run.wait(timeout=10)
    assert wait_for(lambda: not emulators(mark)), "an emulator is left"
    if blow != signal.SIGKILL:
        assert list(tmp_path.iterdir()) == []


def emulators(mark: str) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"qemu" in words[0] and any(mark.encode() in word for word in words):
            found.append(folder.name)
    return found


def wait_for(condition: object, limit: float = 10.0) -> bool:
    assert callable(condition)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_greeting_by_a_qemu_that_is_gone_is_no_fault_of_the_testbed() -> None:
    """Here QEMU greets and ends at once, so the answer finds nobody."""
    greeting = "import socket, sys; socket.socket(fileno=int(sys.argv[-1])).send(b'{\"QMP\": {}}\\n')"
    script = f"import sys; fd = sys.argv[2].rpartition('fd=')[2]; sys.argv.append(fd); {greeting}; sys.exit('gone')"
    for _ in range(20):
        recording = run_qemu([sys.executable, "-c", script], (), 5.0)
        assert recording.status == 1
        assert recording.stderr.strip() == "gone"
