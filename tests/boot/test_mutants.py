# SPDX-License-Identifier: BSD-3-Clause
"""The checks can fail: every defect planted in the templates is caught by the check that should."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell, Result, run_under_xl
from generator.lab.conformance.plugin import BuildImage, is_batched
from tests.mutants import MUTANTS, Mutant, break_and_run, broken

DOMUS = [mutant for mutant in MUTANTS if is_batched(mutant.machine)]


@pytest.fixture(scope="module")
def domus(
    request: pytest.FixtureRequest, bare: BuildImage, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Result]:
    """What became of the defects that only a domU shows: those selected, in one boot of Xen."""
    asked = [item.callspec.params.get("mutant") for item in request.session.items if hasattr(item, "callspec")]
    cells = {}
    for mutant in DOMUS:
        if mutant in asked:
            cell = broken(mutant, bare(mutant.platform), tmp_path_factory.mktemp(mutant.name))
            assert isinstance(cell, Cell)
            cells[mutant.name] = cell
    return dict(zip(cells, run_under_xl(list(cells.values()), tries=1), strict=True))


def caught(mutant: Mutant, result: Result) -> None:
    assert result.status == "fail", f"{mutant.caught_by} does not see it: {result.status} {result.reason}"
    assert "testbed" not in result.reason


@pytest.mark.parametrize("mutant", [m for m in MUTANTS if m not in DOMUS], ids=lambda mutant: mutant.name)
def test_mutant_is_caught(mutant: Mutant, bare: BuildImage, tmp_path: Path) -> None:
    need.ready(mutant.machine)
    caught(mutant, break_and_run(mutant, bare(mutant.platform), tmp_path))


@pytest.mark.parametrize("mutant", DOMUS, ids=lambda mutant: mutant.name)
def test_mutant_is_caught_in_a_domu(mutant: Mutant, request: pytest.FixtureRequest) -> None:
    need.ready(mutant.machine)
    caught(mutant, request.getfixturevalue("domus")[mutant.name])
