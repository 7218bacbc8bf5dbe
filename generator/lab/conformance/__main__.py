# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator.lab.conformance [--plat PLAT] ...`: what works on a platform, seen from outside of it.

Pytest runs the matrix and takes all other options. Exit 0: no check failed; 1: one did; 2: nothing could be run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .. import ROOT

try:
    import pytest
except ModuleNotFoundError:  # the installed tool needs it for this alone
    print("the conformance suite needs pytest: pip install 'platgen[lab]'", file=sys.stderr)
    sys.exit(2)

MATRIX = Path(__file__).with_name("test_matrix.py")
STATUS = {
    pytest.ExitCode.OK: 0,
    pytest.ExitCode.TESTS_FAILED: 1,
    pytest.ExitCode.INTERRUPTED: 130,
    pytest.ExitCode.INTERNAL_ERROR: 3,
}


def main(arguments: Sequence[str]) -> int:
    """Run the matrix with these options of pytest; where one comes twice, the later one counts."""
    options = ["--whole", "--report", str(ROOT / "build" / "conformance"), f"--numprocesses={os.cpu_count() or 2}"]
    options += ["-q", "--no-header", "--show-capture=stdout", "-o", "console_output_style=classic"]
    options += ["-o", "junit_logging=out-err", "-o", "junit_suite_name=conformance", "-p", "no:cacheprovider"]
    status = pytest.main([str(MATRIX), *options, *arguments])
    return STATUS.get(pytest.ExitCode(status), 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
