# SPDX-License-Identifier: BSD-3-Clause
"""What loaders, firmware and xenstore say, under libFuzzer with sanitizers, some seconds each.

FUZZ_SECONDS=3600 pytest tests/fuzz is the long run.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from .targets import ALL, Target, build, fuzz

SECONDS = int(os.environ.get("FUZZ_SECONDS") or (20 if os.environ.get("CI") == "true" else 10))
LEAST_RUNS_PER_SECOND = 100


@pytest.mark.parametrize("target", ALL, ids=lambda target: target.name)
def test_whatever_is_said_what_must_hold_holds(target: Target, tmp_path: Path) -> None:
    seconds = max(int(SECONDS * target.share), 5)
    done = fuzz(build(target, tmp_path), seconds)
    assert not done.returncode, done.stderr[-4000:]
    found = re.search(r"Done (\d+) runs", done.stderr)
    assert found, done.stderr[-2000:]
    assert int(found[1]) > LEAST_RUNS_PER_SECOND * seconds
