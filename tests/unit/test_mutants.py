# SPDX-License-Identifier: BSD-3-Clause
"""A change of a template that a mutant alters is seen at once, not when the mutants are booted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mutants import MUTANTS, Mutant
from tests.unit.helpers import ROOT


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_can_be_planted(mutant: Mutant, tmp_path: Path) -> None:
    copy = tmp_path / mutant.file
    copy.parent.mkdir(parents=True)
    shutil.copy(ROOT / mutant.file, copy)
    mutant.plant(tmp_path)
    assert copy.read_text() != (ROOT / mutant.file).read_text()
