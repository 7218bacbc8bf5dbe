# SPDX-License-Identifier: BSD-3-Clause
"""generator/lab/verify believes what it saw, and nothing else."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from generator.lab.testbed import Outcome
from generator.lab.verify import record
from generator.lab.verify.build import BuildError, Checkout
from generator.lab.verify.see import PROTECTION, fault

INITRD = "123457:0123456789abcdef"


def said(change: dict[str, str] | None = None) -> Outcome:
    """A run as it should be, with the values of some lines changed."""
    values = {
        "initrd": INITRD,
        **PROTECTION,
        "clock_steps_back": "0",
        "sleep": "1000:2000",
        "date": str(int(time.time())),
        "done": "yes",
    }
    values |= change or {}
    lines = ["argument=verify", f"argument={values.pop('argument', 'a')}", "argument=b c"]
    lines += [f"{name}={value}" for name, value in values.items() if value]
    return Outcome("qemu-pc", "poweroff", "\n".join(lines) + "\n", 1.0)


def test_a_good_run_has_no_fault() -> None:
    assert not fault(said(), INITRD, time.time())
    assert not fault(replace(said(), end="exit", status=0), INITRD, time.time())


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"done": ""}, "did not finish"),
        ({"argument": "x"}, "arguments"),
        ({"initrd": "none"}, "the initrd arrived as none"),
        ({"text": "rwx"}, "text arrived as rwx, not r-x"),
        ({"unguarded": "1"}, "unguarded arrived as 1, not 0"),
        ({"clock_steps_back": "3"}, "went back 3 times"),
        ({"sleep": "1000:999"}, "took 999 ns"),
        ({"sleep": "1000:900000000"}, "took 900000000 ns"),
        ({"date": "5"}, "date was 5"),
    ],
)
def test_a_fault_is_told(change: dict[str, str], word: str) -> None:
    assert word in fault(said(change), INITRD, time.time())


@pytest.mark.parametrize("end", ["crash", "reboot", "timeout", "triple-fault"])
def test_the_end_counts(end: str) -> None:
    assert end in fault(replace(said(), end=end), INITRD, time.time())  # type: ignore[arg-type]


def entry(**change: str) -> record.Entry:
    """One entry of docs/verified.yaml."""
    plain = {"release": "0.21.0", "level": "0.21", "platform": "kvm", "machine": "qemu-pc", "compiler": "gcc"}
    plain |= {
        "variant": "plain",
        "compiler-version": "gcc 1",
        "host": "QEMU 1",
        "date": "2026-01-02",
        "result": "passed",
    }
    return plain | change


def test_table_shows_failures_and_the_oldest_day() -> None:
    rows = record.table(
        [entry(), entry(compiler="clang", result="no image", date="2026-01-01"), entry(variant="paging")]
    ).splitlines()
    assert rows[0] == "| Unikraft | core level | platform | pc | last checked |"
    assert rows[2] == "| 0.21.0 | 0.21 | kvm | gcc, gcc paging, **clang fails** | 2026-01-01 |"


def test_table_has_a_row_for_each_platform_and_none_for_what_is_not_there() -> None:
    rows = record.table([entry(), entry(platform="pvh", machine="xl")]).splitlines()
    assert rows[0] == "| Unikraft | core level | platform | pc | xl | last checked |"
    assert rows[2:4] == [
        "| 0.21.0 | 0.21 | kvm | gcc | - | 2026-01-02 |",
        "| 0.21.0 | 0.21 | pvh | - | gcc | 2026-01-02 |",
    ]
    assert record.table([]).strip() == ""


def test_monitors_of_bare_images_have_a_table_of_their_own() -> None:
    bare = {"release": "bare", "level": "bare", "machine": "alioth", "host": "alioth 1 on KVM"}
    bad = entry(**bare, platform="pvh", result="reset: nothing")
    rows = record.table([entry(), entry(**bare), bad]).splitlines()
    assert "| 0.21.0 | 0.21 | kvm | gcc | 2026-01-02 |" in rows
    at = rows.index("| monitor | kvm | pvh | last checked |")
    assert rows[at + 2] == "| alioth 1 on KVM | gcc | **gcc fails** | 2026-01-02 |"
    assert not any(row.startswith("For ") for row in rows)
    altered = entry(**bare | {"machine": "crosvm"}, options="load-mib: 2")
    assert "For crosvm the spec had `load-mib: 2`." in record.table([altered])


def test_storing_replaces_an_entry_of_the_same_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "DATA", tmp_path / "verified.yaml")
    monkeypatch.setattr(record, "README", tmp_path / "README.md")
    record.README.write_text(f"a\n{record.BEGIN}\nold\n{record.END}\nb\n")
    record.store([entry(result="bad"), entry(release="0.9.0")])
    record.store([entry(release="0.21.0", date="2026-01-03")])
    assert [(e["release"], e["result"]) for e in record.load()] == [("0.9.0", "passed"), ("0.21.0", "passed")]
    text = record.README.read_text()
    assert text.startswith("a\n")
    assert text.endswith("b\n")
    assert "old" not in text


def checkout(folder: Path, version: tuple[int, int, int], subject: str) -> Path:
    """A git checkout that says it is Unikraft."""
    lines = zip(("UK_VERSION", "UK_SUBVERSION", "UK_EXTRAVERSION"), version, strict=True)
    (folder / "version.mk").write_text("".join(f"{name} = {number}\n" for name, number in lines))
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", subject], check=True)
    return folder


def test_a_checkout_is_told_by_its_version_and_commit(tmp_path: Path) -> None:
    found = Checkout.look(checkout(tmp_path, (0, 19, 0), "Release: v0.19.0 Pan"))
    assert (found.release, found.level, found.pal) == ("0.19.0", "0.18", False)


def test_a_commit_behind_a_release_is_named(tmp_path: Path) -> None:
    found = Checkout.look(checkout(tmp_path, (0, 21, 0), "drivers: Add one"))
    assert found.release.startswith("0.21.0+")
    assert found.pal


def test_a_patched_checkout_is_refused(tmp_path: Path) -> None:
    checkout(tmp_path, (0, 21, 0), "Release: v0.21.0")
    (tmp_path / "patched.c").touch()
    with pytest.raises(BuildError, match="1 files differ"):
        Checkout.look(tmp_path)


def test_an_unknown_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"no core level serves release 0\.99\.0"):
        Checkout.look(checkout(tmp_path, (0, 99, 0), "Release: v0.99.0"))


def test_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="not a Unikraft checkout"):
        Checkout.look(tmp_path)
