# SPDX-License-Identifier: BSD-3-Clause
"""What loaders, firmware and xenstore say, under libFuzzer with sanitizers: a minute in CI, some seconds elsewhere.

FUZZ_SECONDS=3600 pytest tests/fuzz is the long run.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.testbed import need

HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent / "templates"
SANITIZERS = ("-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=undefined")
SECONDS = int(os.environ.get("FUZZ_SECONDS") or (60 if os.environ.get("CI") == "true" else 10))
LEAST_RUNS_PER_SECOND = 100


@dataclass(frozen=True)
class Target:
    """A part of the platform built for the host: its folders below templates/, and what feeds it."""

    name: str
    folders: tuple[str, ...]
    sources: tuple[str, ...] = ()
    """Templates' files besides those that the feeder includes."""
    feeders: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    share: float = 1.0
    """Of the seconds."""


def common(*names: str) -> tuple[str, ...]:
    return tuple(f"common/{name}" for name in names)


def xen(*names: str) -> tuple[str, ...]:
    return tuple(f"xen/{name}" for name in names)


MAP = ("common/memory-hole/memory_hole.c", "common/memory-map/memory_map.c")
LOADER = common(
    *("boot", "console", "core", "cpu", "cpus", "hypervisor", "interrupts"),
    *("memory-hole", "memory-map", "page-tables", "x86"),
)
IMAGE = (
    *("-D_base_addr=image_start", "-Wl,--defsym=image_start=0x100000"),
    *("-D_end=image_end", "-Wl,--defsym=image_end=0x150000"),
)
"""The linker has an _end of its own."""
LOADED = (f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8", *IMAGE)
START_INFO = Target(
    "start_info",
    (*LOADER, *common("pvh")),
    MAP,
    ("start_info.c", "model.c"),
    LOADED,
)
MULTIBOOT = Target(
    "multiboot",
    (*LOADER, *common("multiboot")),
    MAP,
    ("multiboot.c", "model.c"),
    LOADED,
    share=0.5,
)
STORE = Target(
    "xenstore",
    (
        *xen("xenstore", "event-timer", "events", "hvm-params", "shared-info"),
        *common("console-note", "core", "pvclock", "lapic"),
    ),
    feeders=("xenstore.c",),
    options=(f"-I{HERE / 'host'}",),
    share=0.25,
)
MADT = Target(
    "madt",
    common("acpi", "cpus", "core", "lapic", "memory-map", "sipi", "x86"),
    feeders=("madt.c",),
    options=(f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8", "-Wl,--defsym=sipi_end=sipi_begin+16"),
    share=0.1,
)
ACPI = Target(
    "acpi",
    common("acpi", "acpi-power", "boot", "core", "hpet", "memory-map", "pm-timer", "power", "tsc-clock"),
    feeders=("acpi.c",),
    options=(f"-I{HERE / 'ticks'}", *IMAGE),
    share=0.5,
)
CLOCK = Target(
    "clock",
    common("clock", "core", "pvclock"),
    feeders=("clock.c",),
    options=(f"-I{HERE / 'ticks'}",),
    share=0.1,
)


def build(target: Target, folder: Path, templates: Path = TEMPLATES) -> Path:
    need.tools(clang="clang")
    includes = [f"-I{templates / name / 'include'}" for name in target.folders]
    includes += [f"-I{templates / layer}" for layer in ("common", "xen")]
    sources = [*(HERE / name for name in target.feeders), *(templates / name for name in target.sources)]
    program = folder / "fuzz"
    command = ["clang", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fno-pie", "-no-pie"]
    command += [*SANITIZERS, *target.options, *includes, *map(str, sources), "-o", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "libclang_rt" in done.stderr:
        version = subprocess.run(["clang", "-dumpversion"], capture_output=True, text=True, check=True).stdout
        package = f"libclang-rt-{version.partition('.')[0]}-dev"
        need.lacking(f"missing libFuzzer's library (Debian package {package})")
    assert not done.returncode, done.stderr
    return program


def fuzz(program: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    corpus = program.parent / "corpus"
    corpus.mkdir(exist_ok=True)
    command = [str(program), f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={program.parent}/"]
    return subprocess.run([*command, str(corpus)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", [START_INFO, MULTIBOOT, ACPI, STORE, MADT, CLOCK], ids=lambda target: target.name)
def test_whatever_is_said_what_must_hold_holds(target: Target, tmp_path: Path) -> None:
    seconds = max(int(SECONDS * target.share), 5)
    done = fuzz(build(target, tmp_path), seconds)
    assert not done.returncode, done.stderr[-4000:]
    found = re.search(r"Done (\d+) runs", done.stderr)
    assert found, done.stderr[-2000:]
    assert int(found[1]) > LEAST_RUNS_PER_SECOND * seconds


@pytest.mark.parametrize(
    ("target", "file", "old", "new"),
    [
        (START_INFO, "common/memory-map/memory_map.c", "? end : page_up(start);", "? end : page_down(start);"),
        (START_INFO, "common/memory-map/memory_map.c", "last->kind == kind && ", ""),
        (START_INFO, "common/memory-map/memory_map.c", "end - r->start < size)", "end < size)"),
        (START_INFO, "common/boot/boot.c", "size > FOUR_GIB - paddr", "size > FOUR_GIB"),
        (START_INFO, "common/boot/boot.c", "	if (lost)", "	if (!lost)"),
        (
            START_INFO,
            "common/pvh/include/plat/pvh.h",
            "	uint32_t reserved;\n} __attribute__((packed));\n\nstruct hvm_modlist_entry",
            "	uint32_t reserved;\n};\n\nstruct hvm_modlist_entry",
        ),
        (MULTIBOOT, "common/multiboot/multiboot.c", "step < sizeof(*m) || ", ""),
        (MULTIBOOT, "common/multiboot/multiboot.c", " || step > left", ""),
        (MULTIBOOT, "common/multiboot/multiboot.c", "(uint64_t)mi->mods_count *", "16 + 0 *"),
        (START_INFO, "common/boot/boot.c", "start < end && start + size > image", "start < image && start > end"),
        (ACPI, "common/acpi/acpi.c", "!same(t->signature, signature, 4)", "!same(t->signature, signature, 0)"),
        (ACPI, "common/acpi/acpi.c", "	if (size <= work_left) {", "	if (size) {"),
        (ACPI, "common/acpi/acpi.c", "paddr >= REACH_START && ", ""),
        (
            ACPI,
            "common/acpi/acpi.c",
            "paddr < REACH_END &&\n\t       size <= REACH_END - paddr",
            "paddr + size <= REACH_END",
        ),
        (ACPI, "common/acpi/acpi.c", "t->length < sizeof(*t) ||", ""),
        (ACPI, "common/acpi/acpi.c", "i < t->length ? from[i] : 0", "from[i]"),
        (ACPI, "common/acpi/acpi.c", "at + size > (uint64_t)_base_addr", "!at"),
        (ACPI, "common/acpi/acpi.c", "	    at % size || (", "	    ("),
        (
            ACPI,
            "common/acpi/include/plat/acpi.h",
            "	uint32_t creator_revision;\n} __attribute__((packed));",
            "	uint32_t creator_revision;\n};",
        ),
        (ACPI, "common/acpi-power/acpi_power.c", "left >= AML_SHORTEST", "left"),
        (ACPI, "common/acpi-power/acpi_power.c", "if (at + 1 < left && ", "if ("),
        (
            ACPI,
            "common/acpi-power/acpi_power.c",
            "at < left && (p[at] == AML_ZERO || p[at] == AML_ONE)",
            "p[at] == AML_ZERO || p[at] == AML_ONE",
        ),
        (ACPI, "common/acpi-power/acpi_power.c", "fadt->pm1a_control <= UINT16_MAX", "true"),
        (ACPI, "common/hpet/hpet.c", "	if (!hpet)\n		return 0;\n", ""),
        (ACPI, "common/pm-timer/pm_timer.c", "!fadt.pm_timer ||", ""),
        (MADT, "common/sipi/madt.c", "e->length < need || ", ""),
        (MADT, "common/sipi/madt.c", " || e->length > left", ""),
        (MADT, "common/sipi/sipi.c", "apic_id == cpus[i].apic_id", "i && apic_id == cpus[i - 1].apic_id"),
        (MADT, "common/sipi/madt.c", "apic_id == all", "apic_id == all - 1"),
        (CLOCK, "common/pvclock/pvclock.c", "while (tsc - begin < PATIENCE_TICKS)", "while (true)"),
        (CLOCK, "common/pvclock/pvclock.c", "!mul || shift > MAX_SHIFT || ", "!mul || "),
        (CLOCK, "common/pvclock/pvclock.c", "!(version & 1) && version == t->version", "version == t->version"),
        (CLOCK, "common/clock/clock.c", "if ((int64_t)now < 0)", "if (!now)"),
        (CLOCK, "common/clock/clock.c", "last + MARK_NSEC", "0"),
        (STORE, "xen/xenstore/xenstore_ring.c", "header.len > XENSTORE_PAYLOAD_MAX", "header.len > 16 * 4096"),
        (STORE, "xen/xenstore/xenstore_ring.c", "if (prod - begin > XENSTORE_RING_SIZE)", "if (prod == 0xfefefefe)"),
        (STORE, "xen/xenstore/xenstore.c", "|| q->id != ring.header.id", ""),
        (STORE, "xen/xenstore/xenstore.c", "if (end >= len) {", "if (end > len) {"),
    ],
)
def test_fuzzing_finds_planted_defects(target: Target, file: str, old: str, new: str, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    for name in target.folders:
        for path in (TEMPLATES / name).rglob("*.[ch]"):
            copy = templates / path.relative_to(TEMPLATES)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text())
    text = (templates / file).read_text()
    assert text.count(old) == 1
    (templates / file).write_text(text.replace(old, new))
    done = fuzz(build(target, tmp_path, templates), 60)
    assert done.returncode, "sixty seconds of fuzzing found nothing"
    assert re.search(r"does not hold|runtime error|deadly signal|AddressSanitizer|libFuzzer: timeout", done.stderr)
