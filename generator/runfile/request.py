# SPDX-License-Identifier: BSD-3-Clause
"""What a guest is to have, as the command line asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..escape import hidden, shown

USER_NET = "user"
"""`--net` without an interface of the host: the emulator translates addresses itself."""


class Request(NamedTuple):
    """The options of `platgen runfile`; an empty text stands for what was not given."""

    platform: str
    consumer: str
    hypervisor: str = ""
    image: str = ""
    cmdline: str = ""
    initrd: str = ""
    memory: int = 64
    """In MiB."""
    cpus: int = 1
    net: str = ""
    disk: str = ""
    share: str = ""

    @property
    def devices(self) -> tuple[str, ...]:
        """The options that ask for a device."""
        return tuple(name for name in ("net", "disk", "share") if getattr(self, name))

    def hidden_texts(self) -> Iterator[Diagnostic]:
        """An error for each text that holds what cannot be seen, such as the end of a line."""
        for name in ("image", "cmdline", "initrd", "net", "disk", "share"):
            if bad := hidden(getattr(self, name)):
                message = f"--{name} holds {shown(bad[0])}, which no run file can hold"
                yield Diagnostic("runfile-text", None, message)

    def placed(self, image: str) -> Request:
        """The same with absolute paths: a daemon that reads the file has another current folder."""
        return self._replace(
            image=os.path.abspath(self.image or image),
            initrd=os.path.abspath(self.initrd) if self.initrd else "",
            disk=os.path.abspath(self.disk) if self.disk else "",
            share=os.path.abspath(self.share) if self.share else "",
        )


def usual_image(platform: str) -> str:
    """Where Unikraft's build leaves the image of the application in the current folder."""
    return f"build/{Path.cwd().name}_{platform}-x86_64"
