# SPDX-License-Identifier: BSD-3-Clause
"""The linker script of Unikraft's core levels, without Unikraft: its macros as far as the script uses them."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need
from generator.lab.testbed.elf import PT_LOAD, Segment, segments

PT_TLS = 7
SCRIPT = ROOT / "templates" / "common" / "core/core-uk" / "link.lds.S"
LIMITS = "#define __PAGE_SIZE 0x1000\n"
MACROS = r"""
#define UK_SEGMENT_TLS :tls
#define UK_SEGMENT_TLS_LOAD :tls_load
#define PHDRS_PF_R 4
#define PHDRS_PF_RX 5
#define PHDRS_PF_RW 6
#define EXCEPTION_SECTIONS .eh_frame : { *(.eh_frame) }
#define CTORTAB_SECTION .uk_ctortab : { KEEP(*(.uk_ctortab)) }
#define INITTAB_SECTION
#define EVENTTAB_SECTION
#define TLS_SECTIONS . = ALIGN(__PAGE_SIZE); _tls_start = .; \
	.tdata : { *(.tdata) } UK_SEGMENT_TLS UK_SEGMENT_TLS_LOAD \
	_etdata = .; .tbss : { *(.tbss) } _tls_end = . + SIZEOF(.tbss);
#define DATA_SECTIONS . = ALIGN(__PAGE_SIZE); _data = .; .data : { *(.data) } :data \
	. = ALIGN(__PAGE_SIZE); .bss : { *(.bss) . = ALIGN(__PAGE_SIZE); }
#define DEBUG_SYMBOLS
#define DISCARDS
"""
APP = """
int data = 1, bss[5000];
const char text[] = "constants";
__attribute__((section(".note.pvh"))) const int note = 1;
#include <plat/page.h>
__attribute__((section(".bss.boot"))) char boot_pml4[4096];
IN_PAGES char pages[8192];
__attribute__((section(".text.boot"))) int pvh_entry(void) { return data + bss[1] + text[2]; }
"""
NONE = ""
INITIALISED = "__thread int one = 1; __thread long more[700];"
ZERO = "__thread int none;"


def linked(app: str, folder: Path) -> list[Segment]:
    need.tools(gcc="gcc", ld="binutils")
    for name, text in (("uk/arch/limits.h", LIMITS), ("uk/plat/common/common.lds.h", MACROS)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "app.c").write_text(app)
    compiler = ["gcc", "-ffreestanding", "-fno-pie", "-fno-asynchronous-unwind-tables", "-I", str(folder)]
    compiler += ["-I", str(ROOT / "platforms" / "kvm" / "include")]
    script, image = folder / "link.lds", folder / "image"
    subprocess.run([*compiler, "-E", "-P", "-x", "assembler-with-cpp", str(SCRIPT), "-o", str(script)], check=True)
    linker = ["-nostdlib", "-static", "-Wl,--build-id=none", "-Wl,-z,max-page-size=0x1000", "-Wl,--fatal-warnings"]
    linker += ["-Wl,--entry=pvh_entry", "-Wl,-n", f"-Wl,-T,{script}"]
    subprocess.run([*compiler, *linker, str(folder / "app.c"), "-o", str(image)], check=True)
    return segments(image.read_bytes())


@pytest.mark.parametrize("thread_local", [NONE, INITIALISED, ZERO], ids=["none", "initialised", "zero"])
def test_no_segment_is_empty_or_on_top_of_another(thread_local: str, tmp_path: Path) -> None:
    """GRUB says "overlap detected" of an empty one that begins where another one does."""
    parts = [part for part in linked(APP + thread_local, tmp_path) if part.type == PT_LOAD]
    assert [part.flags for part in parts] == [5, 4, 6]
    assert all(part.memsz for part in parts)
    assert all(before.paddr + before.memsz <= after.paddr & ~0xFFF for before, after in pairwise(parts))


def test_thread_local_variables_begin_in_read_only_data(tmp_path: Path) -> None:
    parts = linked(APP + INITIALISED, tmp_path)
    tls = next(part for part in parts if part.type == PT_TLS)
    rodata = next(part for part in parts if part.type == PT_LOAD and part.flags == 4)
    assert tls.filesz == 4
    assert tls.memsz >= 4 + 700 * 8
    assert rodata.vaddr <= tls.vaddr
    assert tls.vaddr + tls.filesz <= rodata.vaddr + rodata.filesz


def test_the_file_has_no_gap_for_pages_of_zeros(tmp_path: Path) -> None:
    """They begin where a page begins in memory; in the file one segment follows another."""
    parts = [part for part in linked(APP, tmp_path) if part.type == PT_LOAD]
    assert all(after.offset - before.offset - before.filesz < 64 for before, after in pairwise(parts))
    table = subprocess.run(["nm", str(tmp_path / "image")], capture_output=True, text=True, check=True).stdout
    at = {name: int(address, 16) for address, _, name in map(str.split, table.splitlines())}
    assert at["boot_pml4"] % 4096 == at["pages"] % 4096 == 0


def test_pages_of_zeros_are_whole(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        linked(APP.replace("8192", "8000"), tmp_path)
