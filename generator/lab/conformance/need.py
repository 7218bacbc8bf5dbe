# SPDX-License-Identifier: BSD-3-Clause
"""What a test says when a tool is not there: skip, or with CI=true fail."""

from __future__ import annotations

import os
import re
import shutil
from typing import NoReturn

import pytest

from ..testbed import Machine, machine
from ..testbed.packages import PackageError

PACKAGE = re.compile(r"\(Debian package ([^,)\s]+)")
"""How a reason names the package that would bring what is missing."""


def lacking(reason: str) -> NoReturn:
    """Skip the test for this reason; in CI, where everything has to be there, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def tools(**needed: str) -> None:
    """Skip where a tool is missing, each given with its Debian package: `tools(gcc="gcc")`."""
    lacks = [f"{tool} (Debian package {package})" for tool, package in needed.items() if not shutil.which(tool)]
    if lacks:
        lacking(f"missing {', '.join(lacks)}")


def ready(name: str) -> Machine:
    """The machine, with its packages unpacked."""
    bed = machine(name)
    if bed.missing():
        lacking(f"{name}: missing {', '.join(bed.missing())}")
    try:
        bed.prepare()
    except PackageError as error:
        lacking(f"{name}: {error}")
    return bed
