# SPDX-License-Identifier: BSD-3-Clause
"""How the matrix is handed out: guests under xl go to one worker and share one boot, other cells go alone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.lab import ROOT
from generator.lab.conformance import cells, plugin
from generator.lab.conformance.cells import Cell, Result, run_under_xl
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import Image
from generator.lab.conformance.matrix import Entry, entries
from generator.lab.conformance.plugin import Xens, scope_of
from generator.lab.testbed import Outcome
from generator.lab.testbed.target import read_target

FILE = "generator/lab/conformance/test_matrix.py"


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        (f"{FILE}::test_check[xen-pvh/xl/banner]", "xl"),
        (f"{FILE}::test_check[mine/xl/smp:2/200,vcpus=2]", "xl"),
        (f"{FILE}::test_check[kvm/qemu-pc/smp:2/200,vcpus=2]", f"{FILE}::test_check[kvm/qemu-pc/smp:2/200,vcpus=2]"),
        (f"{FILE}::test_check[NOTSET]", f"{FILE}::test_check[NOTSET]"),
        ("tests/boot/test_kvm.py::test_it[a/xl/b]", "tests/boot/test_kvm.py"),
    ],
)
def test_what_a_worker_runs_together(nodeid: str, scope: str) -> None:
    assert scope_of(nodeid) == scope


def test_selected_guests_share_one_boot_of_xen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    matrix = {entry.id: entry for entry in entries([("xen-pvh", read_target("xen-pvh", ROOT))], whole=True)}
    asked = [matrix[f"xen-pvh/{cell}"] for cell in ("xl/banner", "xen-dom0/banner", "xl/event")]
    booted: list[list[str]] = []

    def boot(batch: list[Cell], _ended: object) -> list[Result]:
        booted.append([cell.variant.title for cell in batch])
        return [Result("pass", cell.variant.title) for cell in batch]

    def bare(platform: str) -> Image:
        return Image(platform, ("xl",), tmp_path, tmp_path, None)

    monkeypatch.setattr(plugin, "run_under_xl", boot)
    items = [SimpleNamespace(callspec=SimpleNamespace(params={"entry": entry})) for entry in asked]
    session = SimpleNamespace(items=[*items, SimpleNamespace()], config=SimpleNamespace(stash={}))
    xens = Xens(session, bare, tmp_path)  # type: ignore[arg-type]
    guests: list[Entry] = [entry for entry in asked if entry.machine == "xl"]
    assert [xens.result(entry).reason for entry in guests] == ["banner", "event"]
    assert booted == [["banner", "event"]]


@pytest.mark.parametrize(
    ("last_word", "boots"),
    [
        ("platform: irq 211 came at 0000000000105e7e, where interrupts are off", 2),
        ("platform: irq 300 is out of range", 1),
    ],
)
def test_a_guest_that_the_emulator_interrupts_twice_runs_again(
    last_word: str, boots: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (banner,) = (variant for variant in checks() if variant.title == "banner")
    cell = Cell(Image("xen-pvh", ("xl",), tmp_path, tmp_path, None), "xl", banner, tmp_path)
    booted = []

    class Xen:
        def run_guests(self, guests: list[object], _progress: object) -> list[Outcome]:
            booted.append(len(guests))
            return [Outcome("xl", "crash", f"check banner: {banner.what}\n{last_word}\n", 1.0)]

    monkeypatch.setattr(cells, "Xl", Xen)
    (result,) = run_under_xl([cell])
    assert result.status == "fail"
    assert booted == [1] * boots
