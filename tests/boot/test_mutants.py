# SPDX-License-Identifier: BSD-3-Clause
"""The checks can fail: every defect planted in the templates is caught by the check that should."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.plugin import BuildImage
from tests.mutants import MUTANTS, Mutant, break_and_run


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_is_caught(mutant: Mutant, bare: BuildImage, tmp_path: Path) -> None:
    need.ready(mutant.machine)
    result = break_and_run(mutant, bare(mutant.platform), tmp_path)
    assert result.status == "fail", f"{mutant.caught_by} does not see it: {result.status} {result.reason}"
    assert "testbed" not in result.reason
