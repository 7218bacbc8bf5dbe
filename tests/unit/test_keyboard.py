# SPDX-License-Identifier: BSD-3-Clause
"""What is typed goes to the guest when it is ready, at its pace, and a terminal is left as it was."""

from __future__ import annotations

import os
import pty
import select
import selectors
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.lab.testbed.keyboard import KEY, Keyboard, letter_by_letter, standard_input


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """Both ends of a pipe to the emulator."""
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def pump(keyboard: Keyboard, selector: selectors.BaseSelector, turns: int) -> int:
    """Let it work for some turns; whether the selector waits for it."""
    for _ in range(turns):
        if not keyboard.listen(selector):
            return 0
        for key, _ in selector.select(0):
            assert key.data == KEY
            keyboard.step()
    return keyboard.listen(selector)


@pytest.mark.parametrize("kind", ["file", "pipe"])
def test_all_of_it_comes_in_order_and_nothing_before_the_guest_is_ready(
    kind: str, line: tuple[int, int], tmp_path: Path
) -> None:
    text = bytes(range(256)) * 1000
    (tmp_path / "keys").write_bytes(text)
    cat = subprocess.Popen(["cat", tmp_path / "keys"], stdout=subprocess.PIPE)
    assert cat.stdout
    with (tmp_path / "keys").open("rb") as file, cat:
        keyboard = Keyboard((file if kind == "file" else cat.stdout).fileno())
        keyboard.connect(line[1])
        got = b""
        with selectors.DefaultSelector() as selector:
            assert not pump(keyboard, selector, 3)
            keyboard.is_open = True
            if kind == "file":
                assert pump(keyboard, selector, 500) == 1  # the line is full
            while len(got) < len(text):
                if select.select([line[0]], [], [], 0.1)[0]:  # the other side is this thread, too
                    got += os.read(line[0], 1 << 16)
                pump(keyboard, selector, 100)
            assert not pump(keyboard, selector, 100)
    assert got == text


def test_an_emulator_that_is_gone_ends_it(line: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"x")
    with (tmp_path / "keys").open() as file, selectors.DefaultSelector() as selector:
        keyboard = Keyboard(file.fileno())
        keyboard.connect(line[1])
        keyboard.is_open = True
        os.close(line[0])
        assert not pump(keyboard, selector, 5)


def test_a_terminal_hands_on_each_letter_and_is_left_as_it_was() -> None:
    ours, theirs = pty.openpty()
    try:
        before = termios.tcgetattr(theirs)
        with letter_by_letter(theirs):
            flags = termios.tcgetattr(theirs)
            assert not flags[3] & (termios.ICANON | termios.ECHO)
            assert flags[3] & termios.ISIG
            os.write(ours, b"a")
            assert os.read(theirs, 9) == b"a"
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)


def test_what_cannot_be_read_is_no_keyboard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert standard_input() is None
    ours, theirs = pty.openpty()
    with os.fdopen(ours), os.fdopen(theirs) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        assert standard_input() is None  # we are not the job that it belongs to
    (tmp_path / "file").touch()
    with (tmp_path / "file").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert standard_input() == file.fileno()
