# SPDX-License-Identifier: BSD-3-Clause
"""Runs one QEMU and watches it until it ends, is told to end, or runs out of time.

Serial ports and debug port are pipes, QMP is a socket pair, so nothing is polled
and no file name is shared.  The guest's first instruction waits for QMP, so no
event is lost.  Whatever happens here, the emulator does not outlive its caller.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from io import FileIO
from typing import Any

from .keyboard import KEY, Keyboard, Typed
from .outcome import TestbedError

PR_SET_PDEATHSIG = 1
PIPE_BYTES = 1 << 20
"""What a guest can say while nobody reads.  A socket pair holds some 280 single letters; then QEMU drops letters."""
PAUSE_LINE = re.compile(rb"^pause\r?$", re.M)
MONITOR_LINE = re.compile(rb"^monitor\r?$", re.M)
_libc = ctypes.CDLL(None, use_errno=True)

Watch = Callable[[str, bytearray, float], bool]
"""(channel, everything it said so far, seconds) -> True to end the run.  Keep no view of the bytes: they grow."""


@dataclass
class Recording:
    """What a run left behind."""

    channels: dict[str, bytes]
    arrivals: list[tuple[float, str, bytes]] = field(default_factory=list)
    """(seconds, channel, bytes) in the order of arrival."""
    events: list[dict[str, Any]] = field(default_factory=list)
    started: bool = False
    host_up: bool = True
    stopped: bool = False
    timed_out: bool = False
    status: int = 0
    seconds: float = 0.0
    stderr: str = ""

    def lines(self, channel: str) -> tuple[tuple[float, str], ...]:
        """Every whole line of a channel, with the second at which its end came."""
        found: list[tuple[float, str]] = []
        pending = b""
        for seconds, name, data in self.arrivals:
            if name == channel:
                *whole, pending = (pending + data).split(b"\n")
                found += [(seconds, line.decode(errors="backslashreplace").strip("\r")) for line in whole]
        return tuple(found)

    def shutdown_reason(self) -> str:
        """Why QEMU says that the machine stopped; empty if it said nothing."""
        for event in reversed(self.events):
            if event.get("event") == "SHUTDOWN":
                return str(event["data"]["reason"])
        return ""

    def detail(self) -> str:
        """The same, or how QEMU ended; nothing where the limit ended it."""
        return self.shutdown_reason() or ("" if self.timed_out else f"QEMU's exit status {self.status}")


def _tell(qmp: socket.socket, *commands: str, **arguments: str) -> None:
    """Send QEMU commands. One that is gone is no fault here: its channels end, and its exit status says why."""
    lines = [json.dumps({"execute": name, "arguments": arguments}) for name in commands]
    with suppress(ConnectionError):
        qmp.sendall("".join(f"{line}\n" for line in lines).encode())


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(frozen=True)
class HostBoot:
    """A host that starts inside the emulator before the guest does: its time is not the guest's."""

    limit: float
    ready: bytes
    """What some channel says when the guest's own time begins."""


@dataclass
class Pause:
    """A pause of the whole machine, which the guest asks for by a line."""

    seconds: float
    ends: float = 0.0

    def look(self, qmp: socket.socket, heard: bytearray) -> None:
        """Stop the machine, once."""
        if not self.ends and PAUSE_LINE.search(heard):
            _tell(qmp, "stop")
            self.ends = time.monotonic() + self.seconds

    def left(self) -> float:
        """Seconds until the machine goes on; infinite when it is not stopped."""
        return self.ends - time.monotonic() if self.running else float("inf")

    @property
    def running(self) -> bool:
        """Whether the machine stands still now."""
        return bool(self.ends) and self.seconds > 0

    def end(self, qmp: socket.socket) -> None:
        """Let the machine go on when the time is over."""
        if self.left() <= 0:
            _tell(qmp, "cont")
            self.seconds = 0


@dataclass
class Monitor:
    """A command for QEMU's monitor, which the guest asks for by a line."""

    command: str

    def look(self, qmp: socket.socket, heard: bytearray) -> None:
        """Give the command, once."""
        if self.command and MONITOR_LINE.search(heard):
            _tell(qmp, "human-monitor-command", **{"command-line": self.command})
            self.command = ""


def run_qemu(
    command: Sequence[str],
    channels: Sequence[str],
    limit: float,
    watch: Watch | None = None,
    host: HostBoot | None = None,
    pause: float = 0.0,
    monitor: str = "",
    typed: Typed | None = None,
) -> Recording:
    """Run `command` with a character device for each channel (its id is the channel's name).

    The line "pause" on any of them stops the machine for `pause` seconds, the line "monitor" has QEMU's monitor
    execute the command `monitor`. `typed` is what goes into a channel.
    """
    begin = time.monotonic()
    with ExitStack() as stack, tempfile.TemporaryFile() as errors:
        ours, theirs = map(stack.enter_context, socket.socketpair())
        ends = {name: _pipe(stack) for name in channels}
        arguments = [*command, "-chardev", f"socket,id=qmp,fd={theirs.fileno()}", "-mon", "chardev=qmp,mode=control"]
        for name, (_, write) in ends.items():
            if not typed or name != typed.channel:
                arguments += ["-chardev", f"file,id={name},path=/dev/fd/{write.fileno()}"]
        inherited: list[socket.socket | FileIO] = [theirs, *(write for _, write in ends.values())]
        if typed:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="typed-"))
            arguments += typed.two_ways(ends[typed.channel][1], folder, stack)
        process = subprocess.Popen(
            [*arguments, "-S"],
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            pass_fds=[end.fileno() for end in inherited],
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        try:
            for end in inherited:
                end.close()
            reads = {name: read for name, (read, _) in ends.items()}
            recording = _follow(
                ours,
                reads,
                begin,
                limit,
                watch,
                host,
                Pause(pause) if pause else None,
                Monitor(monitor),
                typed.keyboard if typed else None,
            )
            if recording.timed_out or recording.stopped:
                _kill(process)
            recording.status = process.wait(timeout=10)
        finally:
            _kill(process)
        errors.seek(0)
        recording.stderr += errors.read().decode(errors="replace")
    return recording


def _pipe(stack: ExitStack) -> tuple[FileIO, FileIO]:
    """Both ends of a pipe that a guest does not fill soon."""
    read, write = os.pipe()
    ends = stack.enter_context(FileIO(read)), stack.enter_context(FileIO(write, "w"))
    with suppress(OSError):  # the system's limit is smaller: then it holds 64 KiB
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return ends


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _follow(
    qmp: socket.socket,
    channels: dict[str, FileIO],
    begin: float,
    limit: float,
    watch: Watch | None,
    host: HostBoot | None,
    pause: Pause | None,
    monitor: Monitor,
    keyboard: Keyboard | None,
) -> Recording:
    heard = {name: bytearray() for name in ("qmp", *channels)}
    recording = Recording({}, host_up=host is None)
    deadline = begin + (host.limit if host else limit)
    with selectors.DefaultSelector() as selector:
        selector.register(qmp, selectors.EVENT_READ, "qmp")
        for name, read in channels.items():
            selector.register(read, selectors.EVENT_READ, name)
        while len(selector.get_map()) > (keyboard.listen(selector) if keyboard else 0) and not recording.stopped:
            left = deadline - time.monotonic()
            if left <= 0:
                recording.timed_out = True
                break
            for key, _ in selector.select(min(left, max(pause.left(), 0.0)) if pause else left):
                if keyboard and key.data == KEY:
                    keyboard.step()
                    continue
                try:
                    data = os.read(key.fd, 1 << 16)
                except ConnectionResetError:
                    data = b""
                if not data:
                    selector.unregister(key.fileobj)
                elif key.data == "qmp":
                    _take_qmp(heard["qmp"], data, qmp, recording)
                else:
                    heard[key.data] += data
                    seconds = time.monotonic() - begin
                    recording.arrivals.append((seconds, key.data, data))
                    if pause:
                        pause.look(qmp, heard[key.data])
                    monitor.look(qmp, heard[key.data])
                    recording.stopped |= bool(watch and watch(key.data, heard[key.data], seconds))
                    if host and not recording.host_up and host.ready in heard[key.data]:
                        recording.host_up, deadline = True, begin + seconds + limit
            if pause:
                pause.end(qmp)
    recording.seconds = time.monotonic() - begin
    recording.channels = {name: bytes(content) for name, content in heard.items() if name != "qmp"}
    return recording


def _take_qmp(pending: bytearray, data: bytes, channel: socket.socket, recording: Recording) -> None:
    """One JSON object a line: the greeting is answered, events are kept."""
    pending += data
    *lines, rest = bytes(pending).split(b"\n")
    pending[:] = rest
    for line in filter(None, map(bytes.strip, lines)):
        message = json.loads(line)
        if "QMP" in message:
            _tell(channel, "qmp_capabilities", "cont")
        elif "event" in message:
            recording.events.append(message)
            recording.started |= message["event"] == "RESUME"
        elif isinstance(message.get("return"), str):
            recording.stderr += message["return"]
        elif "error" in message:
            raise TestbedError(f"QEMU refused a command: {message['error'].get('desc')}")
