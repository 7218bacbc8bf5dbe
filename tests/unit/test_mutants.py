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
    for file in {mutant.file, *(file for file, _, _ in mutant.hidden)}:
        copy = tmp_path / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, copy)
    mutant.plant(tmp_path)
    copy = tmp_path / mutant.file
    assert copy.read_text() != (ROOT / mutant.file).read_text()
