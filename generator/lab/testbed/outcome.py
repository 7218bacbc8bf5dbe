# SPDX-License-Identifier: BSD-3-Clause
"""What every testbed takes and gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

End = Literal[
    "poweroff", "reboot", "crash", "triple-fault", "suspend", "watchdog", "destroyed", "exit", "timeout", "failed"
]
"""How a guest ended, as seen from outside.

destroyed: the host ended it, and it is gone
exit:    it left by QEMU's debug-exit device, with a status
timeout: it was still running at its time limit
failed:  it was never started; `Outcome.detail` and `Outcome.log` say why
"""


Hear = Callable[[str, bytes], None]
"""Told `console` or `debug`, as `Outcome` has them, and what a guest says there as it comes."""


class TestbedError(Exception):
    """The testbed itself is at fault (or what it was asked for makes no sense)."""

    __test__ = False


@dataclass(frozen=True)
class Outcome:
    """One guest's run."""

    machine: str
    end: End
    console: str
    """What the guest showed on the machine's console (COM1, or Xen's console ring)."""
    seconds: float
    """From the start of the emulator (or of `xl create`) to the end."""
    status: int | None = None
    """The value the guest gave with its end, where it can give one."""
    debug: str = ""
    """What the guest wrote to port 0xe9."""
    log: str = ""
    """What the host recorded of the run: the hypervisor's log, QEMU's messages."""
    detail: str = ""
    """The host's own word for the end."""
    lines: tuple[tuple[float, str], ...] = ()
    """(seconds, line) as each line came by port 0xe9; on Xen with all the rest of Xen's own log."""
    told: str = ""
    """What the commands that dom0 ran for this guest said."""

    @property
    def text(self) -> str:
        """The console, or the debug port when the console stayed empty."""
        return self.console if self.console.strip() else self.debug


class Machine(Protocol):
    """Anything that can run one image."""

    @property
    def name(self) -> str:
        """What `--on` and a spec's `machines` call it."""
        ...

    @property
    def host(self) -> str:
        """The hypervisor that a spec's facts may ask for, such as `xen`; empty for a plain machine."""
        ...

    @property
    def boot(self) -> str:
        """The item of a spec's `boot` by which the machine enters an image: `pvh`, `multiboot` or `linux64`."""
        ...

    def missing(self) -> list[str]:
        """What this machine lacks here, each as "tool (Debian package NAME)"; empty when it can run."""
        ...

    def prepare(self) -> None:
        """Fetch and build what the machine is made of, once; a PackageError names what cannot be had."""
        ...

    def run(
        self,
        image: Path,
        cmdline: str = "",
        modules: Sequence[Path] = (),
        memory_mib: int = 64,
        limit: float = 20.0,
        extra: Sequence[str] = (),
        hear: Hear | None = None,
    ) -> Outcome:
        """Boot the image with at most `limit` seconds to end; raises TestbedError where that makes no sense."""
        ...


def clean_text(raw: bytes) -> str:
    """Console bytes as text: undecodable bytes stay visible, line ends are plain."""
    return raw.decode("utf-8", errors="backslashreplace").replace("\r\n", "\n").replace("\r", "")
