# SPDX-License-Identifier: BSD-3-Clause
"""What a platform exports: read from its text, and nothing that is its own."""

from __future__ import annotations

import pytest

from generator.pipeline import Pipeline
from generator.tree import externals
from generator.tree.exports import exports
from generator.tree.upstream import moved, renamed
from tests.unit.helpers import ROOT

C = """
#define GONE(x)	int x;	\\
	int y;
/* int comment; */
static int hidden; static void quiet(void) { int inner; }
typedef int (*kind)(void);
struct shape { int field; };
enum { A, B };
struct shape;
extern int elsewhere; void prototype(int a); int prototype2(void (*call)(int));
int plain, *pointer, array[3][4] = { { 1 }, }, set = 1;
const struct shape *const table[] = { &one, &two, };
struct { int x; } anonymous;
unsigned long (*reader)(int) = start;
__attribute__((noreturn, aligned(8))) void ends(const char *text, ...) { if (a) { b(); } }
struct shape *gives(int a,
			int b)
{
	return (struct shape *)"int text;{";
}
__section(".x") int placed;
SOME_MACRO(hidden, 1);
_Static_assert(sizeof(int) == 4, "int");
static inline int small(void) { return 0; }
"""
C_DEFINES = {"plain", "pointer", "array", "set", "table", "anonymous", "reader", "ends", "gives", "placed"}
C_DECLARES = {"elsewhere", "prototype", "prototype2"}
ASSEMBLY = """
#define X .globl no
	.globl	one, two	/* .globl three */
	.macro	made name, more:vararg
	.globl	pre_\\name
	.endm
	made	first, a, b
	made	second
	.macro	counted number
	.globl	at_\\number
	.endm
	.set	i, 2
	.rept	3
	counted %i
	.set	i, i + 1
	.endr
"""


def test_c_is_read_at_its_outermost_level() -> None:
    found = list(externals.of_c(C))
    assert {name.name for name in found if name.is_defined} == C_DEFINES
    assert {name.name for name in found if not name.is_defined} == C_DECLARES


def test_assembly_is_read_with_its_macros() -> None:
    names = {"one", "two", "pre_first", "pre_second", "at_2", "at_3", "at_4"}
    assert set(externals.of_assembly(ASSEMBLY)) == names


TREE = {
    "Makefile.uk": "LIBSMALLPLAT_CINCLUDES-y += -I$(LIBSMALLPLAT_BASE)/include\n"
    "CINCLUDES-y += -I$(LIBSMALLPLAT_BASE)/seen\n"
    "LIBX_FLAGS-y += -Dtheirs=by_flag -include $(LIBSMALLPLAT_BASE)/include/forced.h\n",
    "Linker.uk": "LDFLAGS-y += -Wl,--entry=by_entry\n",
    "link.lds.S": "#include <by_nobody.h>\nASSERT(by_script % 2 == 0, 0)\n",
    "include/own.h": "int own(void); int by_flag(void); int by_entry(void); int by_script(void); int by_nobody(void);",
    "include/forced.h": '#include "nested.h"\n',
    "include/nested.h": "int nested(void);",
    "seen/theirs.h": "int seen(void);",
    "a.c": "int own(void) {} int by_flag(void) {} int by_entry(void) {} int by_script(void) {} int nested(void) {}"
    " int seen(void) {} int unikrafts(void) {} int by_nobody(void) {} static int hidden(void) {}",
}


def test_names_are_exported_that_are_declared_or_named_elsewhere() -> None:
    plan = Pipeline(ROOT / "tests/unit/data/small").plans(["small"], "0.21").or_stop()[0]
    names = exports(plan, {path: text.encode() for path, text in TREE.items()})
    assert names == ["by_entry", "by_flag", "by_script", "nested", "seen", "unikrafts"]


@pytest.mark.parametrize("platform", ["kvm", "xen-pvh"])
@pytest.mark.parametrize("level", ["0.17", "0.21"])
def test_a_platform_exports_unikrafts_interface_and_the_cores_sources(platform: str, level: str) -> None:
    pipeline = Pipeline(ROOT)
    plan = renamed(pipeline.plans([platform], level).or_stop()[0])
    _, tree = moved(plan, pipeline.render(plan).or_stop())
    name = f"plat/{plan.spec.unikraft.platform}/exportsyms.uk"
    names = tree[name].decode().splitlines()
    assert {"ukplat_monotonic_clock", "_ukplat_mem_mappings_init"} <= set(names)
    assert ("asm_trap_page_fault" in names) == (level == "0.21")  # earlier the platform's own tables have them
    assert {"ukplat_memregion_alloc", "ukplat_bootinfo_get"} <= set(names)
    assert ("lcpu_arch_id" in names) == (level == "0.17")
    assert ("xen_bus_register" in names) == (platform == "xen-pvh")
    assert not [own for own in names if own.startswith(("clock_", "console_", "events_", "memory_map_"))]
