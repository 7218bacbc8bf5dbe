# SPDX-License-Identifier: BSD-3-Clause
"""A stand-in for Unikraft, so that each verdict of each check can be had. Bad input is in tests/bad."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import cli

needs_tools = pytest.mark.tools(make="make", gcc="gcc")

COMPONENT = """summary: what the stand-in's build and core ask for
provides: [build]
files:
  - Makefile.uk
  - time.c
  - {source: quiet.c, isr: true}
  - entry.S
  - link.lds.S
"""
MAKEFILE = """# SPDX-License-Identifier: BSD-3-Clause
$(eval $(call addplat_s,small,$(CONFIG_PLAT_SMALL)))
$(eval $(call addplatlib,small,libsmallplat))
LIBSMALLPLAT_CINCLUDES-y += -I$(LIBSMALLPLAT_BASE)/include
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/core.c
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/machine.c
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/power.c
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/time.c
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/quiet.c|isr
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/entry.S
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/link.lds.S
LIBSMALLPLAT_SRCS-$(CONFIG_SMALL_DEBUG) += $(LIBSMALLPLAT_BASE)/clock_a.c
LIBSMALLPLAT_SRCS-y += $(UK_PLAT_COMMON_BASE)/common.c
"""
LEVEL = """summary: the default level
requires: [core, power, build]
releases: ["0.21.0"]
marks:
  - path: lib/ukboot/include
  - {path: include/uk/plat/time.h, text: ukplat_monotonic_clock}
  - {path: lib/gone, absent: true}
"""
SOURCES = {
    "Makefile.uk": MAKEFILE,
    "time.c": """#include <uk/plat/time.h>
#include <uk/boot.h>

unsigned long pending;
extern int common;

unsigned long ukplat_monotonic_clock(void)
{
	uk_boot_entry();
	return common;
}
""",
    "quiet.c": """#if defined(__SSE2__) && !defined(__clang__)
#error "compiled without the flags of isr"
#endif
int quiet;
""",
    "entry.S": "\t.globl _start\n_start:\n\thlt\n",
    "link.lds.S": "SECTIONS\n{\n\timage_end = .;\n}\n",
}
NAMES = ("release", "tree", "kconfig", "names", "collisions", "options", "headers", "provides", "needs")

Examine = Callable[..., dict[str, Any]]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def problems(checks: dict[str, Any]) -> dict[str, list[str]]:
    return {name: check["details"] for name, check in checks.items() if check["verdict"] == "problem"}


def regenerate() -> None:
    assert cli.main(["gen", "small"]) == 0
