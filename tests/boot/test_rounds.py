# SPDX-License-Identifier: BSD-3-Clause
"""A guest that is saved and restored again and again, in one boot of Xen: PLATGEN_ROUNDS=100 runs it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.cells import Cell, run_under_xl
from generator.lab.conformance.declare import checks
from generator.lab.conformance.images import build
from generator.lab.conformance.plugin import BuildImage
from tests.mutants import Mutant, broken

ROUNDS = int(os.environ.get("PLATGEN_ROUNDS", "0"))
BEGIN, ROUND = 60, 60
"""Seconds at most: to start the guest, and for each round."""


def words(way: str) -> tuple[str, ...]:
    """What dom0 does: it saves the guest in this way, round after round, and asks for a word after each.

    The last round is another domain, whatever the way, to whose date the first one's can be compared.
    """
    lines = ['await "tick 5 "', DATES]
    for i, how in enumerate((*(way,) * ROUNDS, "moved"), 1):
        lines += [how, f"store data/round {i:03}", f'await "told {i:03}"']
        lines += [DATES] * (i % 10 == 0 or i >= ROUNDS)
    return (*lines, "store data/round end")


DATES = 'for i in $(seq 20); do store data/round "date $i"; sleep 0.1; done'
"""Has an idle guest tell its date as often as others do."""


@pytest.mark.skipif(not ROUNDS, reason="a long run: set PLATGEN_ROUNDS")
@pytest.mark.parametrize(
    ("way", "argument", "vcpus", "memory"),
    [
        *(("moved", argument, vcpus, 64) for argument in ("asleep", "busy", "idle") for vcpus in (1, 4)),
        *((f"moved {copied}", "asleep", 4, 64) for copied in ("-c", "-f")),
        ("moved -m", "writing", 2, 80),
    ],
)
def test_rounds(way: str, argument: str, vcpus: int, memory: int, tmp_path: Path) -> None:
    need.ready("xl")
    variant = next(v for v in checks() if v.check == "suspend")
    variant = replace(variant, argument=argument, vcpus=vcpus, memory=memory, told=(), typed=0)
    variant = replace(variant, beside=words(way), limit=BEGIN + ROUND * (ROUNDS + 1))
    (result,) = run_under_xl([Cell(build("xen-pvh", tmp_path), "xl", variant, tmp_path)])
    assert result.status == "pass", f"{result.reason}\n{result.console[-4000:]}\n{result.log[-4000:]}"


@pytest.mark.skipif(not ROUNDS, reason="a long run: set PLATGEN_ROUNDS")
def test_memory_goes_up_and_down(tmp_path: Path) -> None:
    need.ready("xl")
    changes = [f"mem_set {mib} 'filled {i}:'" for i, mib in enumerate((256, 64) * ROUNDS, 1)]
    variant = next(v for v in checks() if v.check == "balloon")
    variant = replace(variant, argument=str(len(changes)), words="", maxmem=256, beside=tuple(changes))
    variant = replace(variant, told=(f"(has 25[67]\nhas 6[456]\n){{{ROUNDS}}}",), limit=BEGIN + ROUND * ROUNDS)
    (result,) = run_under_xl([Cell(build("xen-pvh", tmp_path), "xl", variant, tmp_path)])
    assert result.status == "pass", f"{result.reason}\n{result.console[-4000:]}\n{result.log[-4000:]}"


def other_cpus(vcpus: int) -> tuple[str, ...]:
    """The image is restored with so many CPUs; if that fails, as it was."""
    return (
        ': >/tmp/away; xl save "$guest" /tmp/image',
        f'sed "s/^vcpus.*/vcpus = {vcpus}/" "$folder/cfg" >/tmp/cfg',
        f'xl restore /tmp/cfg /tmp/image && echo "has {vcpus}"',
        'xl domid "$guest" || { xl restore /tmp/image && echo "has as many"; }',
        'rm /tmp/away /tmp/image; id=$(xl domid "$guest")',
    )


SLOW = (  # not silent: `xl unpause` itself waits for the store's answer, so no guest is restored under a silent one
    "(for _ in $(seq 40); do killall -STOP xenstored; sleep 0.3; killall -CONT xenstored; sleep 0.02; done) & slow=$!"
)
FULL = "killall -STOP xenconsoled; sleep 12"
READ, READ_SOON = "killall -CONT xenconsoled; sleep 1", "(sleep 10; killall -CONT xenconsoled) &"
"""A restore waits for the daemon."""
AGAIN = "(for _ in $(seq 30); do store control/shutdown suspend; done) & again=$!"
COPY = ': >/tmp/away; xl save -c "$guest" /tmp/image && echo copied; wait $again; rm /tmp/away /tmp/image'
BAD_HOSTS: dict[str, tuple[tuple[str, ...], str]] = {
    "more CPUs": (other_cpus(8), "has 8\n"),
    "fewer CPUs": (other_cpus(2), "has as many\n"),
    "a slow store": ((SLOW, "moved", "moved -c", "wait $slow"), "moved: .*\n(.*\n)*moved -c: "),
    "a full console, copied": ((FULL, "moved -c", READ), "moved -c: "),
    "a full console": ((FULL, READ_SOON, "moved", READ), "moved: "),
    "asked again": ((AGAIN, COPY), "copied\n"),
}
"""What the host does, and what dom0 prints then; the guest goes on."""


@pytest.mark.skipif(not ROUNDS, reason="minutes: set PLATGEN_ROUNDS")
def test_a_guest_goes_on_under_bad_hosts(tmp_path: Path) -> None:
    need.ready("xl")
    (variant,) = (v for v in checks() if v.check == "suspend")
    after = ("store data/round after", 'await "told after"', "store data/round end")
    image, cells = build("xen-pvh", tmp_path), []
    for does, told in BAD_HOSTS.values():
        beside = ('await "tick 5 "', *does, *after)
        host = replace(variant, beside=beside, told=(told,), typed=0, judge="", limit=BEGIN + ROUND)
        cells.append(Cell(image, "xl", host, tmp_path))
    for name, result in zip(BAD_HOSTS, run_under_xl(cells, tries=1), strict=True):
        assert result.status == "pass", f"{name}: {result.reason}\n{result.console[-4000:]}\n{result.log[-4000:]}"


EVENTS, SHARED = "templates/xen/events/events_suspend.c", "templates/xen/shared-info/shared_info_suspend.c"
DEFECTS = (
    (EVENTS, "	if (lost)\n		events_delivery_set(core_cpu());", "	(void)lost;", "a CPU gets no events"),
    (
        SHARED,
        "	if (!lost)\n		return;\n	rc = vcpu_info_register",
        "	(void)lost;\n	rc = vcpu_info_register",
        "registering vcpu_info of CPU [1-3] again failed",
    ),
    (
        "templates/xen/suspend/xen_time.c",
        "		offset = stopped_at - now;\n",
        "		offset = 0;\n",
        "the guest's clock ran on while the guest was suspended",
    ),
    (
        "templates/xen/xenstore/xenstore_suspend.c",
        "	xenstore_watch_again();\n",
        "",
        r"(?ms)\A(?!.*^told 3$).*^suspend: restored as domain",
    ),
    (
        "templates/xen/xen-ring/xen_ring_suspend.c",
        "		put_kept(ring);\n",
        "		(void)put_kept;\n",
        "0 of 700 letters came back",
    ),
)
"""What a new domain lacks if its owner forgets it, and what the check has to say then."""


@pytest.mark.skipif(not ROUNDS, reason="minutes: set PLATGEN_ROUNDS")
def test_the_check_says_what_is_not_made_anew(bare: BuildImage, tmp_path: Path) -> None:
    need.ready("xl")
    (variant,) = (v for v in checks() if v.check == "suspend")
    cells = []
    for i, (file, old, new, _) in enumerate(DEFECTS):
        mutant = Mutant("suspend", file, [(old, new)], variant.title, "xen-pvh", "xl")
        cells.append(broken(mutant, bare("xen-pvh"), tmp_path / str(i)))
    results = run_under_xl([cell for cell in cells if isinstance(cell, Cell)], tries=1)
    missed = [
        f"{file}: {result.status}, {result.reason}\n{result.console[-2000:]}"
        for (file, _, _, reason), result in zip(DEFECTS, results, strict=True)
        if result.status != "fail" or not re.search(reason, result.reason + result.console)
    ]
    assert not missed, "\n".join(missed)
