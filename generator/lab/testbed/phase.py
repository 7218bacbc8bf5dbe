# SPDX-License-Identifier: BSD-3-Clause
"""A line on standard error for what takes a while: what it is, and at its end the seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ...progress import is_hidden


@contextmanager
def phase(what: str) -> Iterator[None]:
    """Say what is being done, and when it ended how long it took; a fault ends the line as well."""
    if is_hidden():
        yield
        return
    print(f"testbed: {what} ...", end="", file=sys.stderr, flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(file=sys.stderr)
        raise
    print(f" {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
