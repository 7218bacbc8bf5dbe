# SPDX-License-Identifier: BSD-3-Clause
"""What the linked images are like, with both compilers: rights, note, place; and that both boot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.conformance.declare import GUEST
from generator.lab.conformance.images import Image
from generator.lab.conformance.plugin import BuildImage
from generator.lab.testbed.elf import PT_LOAD, PT_NOTE, Segment, is_elf64, notes, pvh_entry, segments

PT_GNU_STACK = 0x6474E551
EXECUTE, WRITE, READ = 1, 2, 4
MIB = 1 << 20
BUILDS = [(platform, cc) for platform in ("kvm", "xen-pvh") for cc in ("gcc", "clang")]
WARNINGS = ("-Wall", "-Wextra", "-Werror")


@pytest.fixture(params=BUILDS, ids=lambda build: "-".join(build))
def image(request: pytest.FixtureRequest, bare: BuildImage) -> Image:
    """Compiled without a warning, or the build would have failed."""
    platform, cc = request.param
    return bare(platform, cc=cc)


def loads(image: Image) -> list[Segment]:
    return [part for part in segments(image.pvh.read_bytes()) if part.type == PT_LOAD]


def test_every_file_is_compiled_with_warnings_as_errors(image: Image) -> None:
    plan = subprocess.run(
        ["make", "-n", "-B", "-C", str(image.folder)], capture_output=True, text=True, check=True
    ).stdout
    sources = [*image.folder.glob("*.c"), *image.folder.glob("*.S")]
    assert len(sources) > 30
    for source in sources:
        lines = [line for line in plan.splitlines() if f" {source.name} " in line and " -o " in line]
        assert lines, f"{source.name} is not compiled"
        assert all(word in line for line in lines for word in WARNINGS)


def test_no_segment_is_both_writable_and_executable(image: Image) -> None:
    assert all(not (part.flags & WRITE and part.flags & EXECUTE) for part in loads(image))
    assert {part.flags for part in loads(image)} == {READ | EXECUTE, READ, READ | WRITE}
    stacks = [part for part in segments(image.pvh.read_bytes()) if part.type == PT_GNU_STACK]
    assert [part.flags for part in stacks] == [READ | WRITE]


def test_one_note_header_with_the_entry(image: Image) -> None:
    content = image.pvh.read_bytes()
    headers = [part for part in segments(content) if part.type == PT_NOTE]
    assert [part.align for part in headers] == [4]
    assert [(owner, kind, size) for owner, kind, _, size in notes(content)] == [(b"Xen", 18, 4)]
    _, entry = pvh_entry(content)
    assert entry == image.symbols(image.machines[0])["pvh_entry"]


def test_loads_lie_near_one_mib_apart_by_pages(image: Image) -> None:
    """Xen's domain builder takes the whole span, linux-loader refuses entries below 1 MiB."""
    parts = loads(image)
    assert parts[0].paddr == MIB
    assert all(part.paddr == part.vaddr for part in parts)
    assert max(part.paddr + part.memsz for part in parts) < 2 * MIB
    assert all(before.paddr + before.memsz <= after.paddr & ~0xFFF for before, after in pairwise(parts))


def test_no_symbol_is_left_open_and_no_relocation(image: Image) -> None:
    left = subprocess.run(["nm", "-u", str(image.pvh)], capture_output=True, text=True, check=True).stdout.split("\n")
    assert [line for line in left if " U " in line] == []
    relocations = subprocess.run(["readelf", "-rW", str(image.pvh)], capture_output=True, text=True, check=True).stdout
    assert "There are no relocations" in relocations


@pytest.mark.parametrize("function", ["read_with_care", "pvclock_now", "tsc_monotonic"])
def test_reading_the_clock_locks_nothing(function: str, image: Image) -> None:
    """With one CPU or a stable clock; what an unstable clock of many costs more stands in functions of its own."""
    done = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", f"--disassemble={function}", image.pvh],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code = re.findall(r"^ *[0-9a-f]+:\t(.*)$", done.stdout, re.M)
    assert len(code) > 5, done.stdout
    locked = [line for line in code if re.match(r"lock\b|xchg\b.*\(", line)]
    assert not locked, done.stdout


def test_multiboot_image_is_elf32_with_its_header_early(bare: BuildImage) -> None:
    path = bare("kvm").multiboot
    assert path is not None
    content = path.read_bytes()
    assert not is_elf64(content)
    assert content[:5] == b"\x7fELF\x01"
    at = content[:8192].find(bytes.fromhex("02b0ad1b"))
    assert at >= 0
    assert at % 4 == 0


def test_pvh_image_has_no_multiboot_header(image: Image) -> None:
    """QEMU looks for multiboot first and refuses a 64-bit image then."""
    assert bytes.fromhex("02b0ad1b") not in image.pvh.read_bytes()[:8192]


@pytest.mark.parametrize("linker", ["bfd", "lld"])
def test_every_linker_takes_the_objects_without_a_warning(linker: str, image: Image, tmp_path: Path) -> None:
    """LLD and GNU ld before 2.39 know fewer options than the newest one."""
    need.tools(**{"ld.lld": "lld"})
    tree, out = tmp_path / image.folder.name, tmp_path / "out"
    shutil.copytree(image.folder, tree)
    shutil.copytree(image.pvh.parent, out)
    for old in out.glob("*.elf"):
        old.unlink()
    flags = {**os.environ, "LDFLAGS": f"-fuse-ld={linker} -Wl,--fatal-warnings"}
    make = ["make", "-C", str(tree), f"O={out}", f"CHECKS={GUEST}"]
    done = subprocess.run(make, env=flags, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    content = (out / image.pvh.name).read_bytes()
    assert pvh_entry(content)[1] >= MIB
    assert [part.flags for part in segments(content) if part.type == PT_LOAD] == [READ | EXECUTE, READ, READ | WRITE]


@pytest.mark.parametrize(("platform", "machine"), [("kvm", "qemu-microvm"), ("xen-pvh", "xen-dom0")])
def test_image_of_the_other_compiler_boots(platform: str, machine: str, bare: BuildImage) -> None:
    words = "check=memory_touch check=sleep:1 check=exception_ud"
    outcome = need.ready(machine).run(bare(platform, cc="clang").pvh, words)
    assert outcome.end == "crash"
    assert "check memory_touch: pass" in outcome.text
    assert "check sleep: pass" in outcome.text
    assert "exception 6: #UD" in outcome.text
