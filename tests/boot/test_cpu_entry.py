# SPDX-License-Identifier: BSD-3-Clause
"""A further CPU is initialised once, whether the application or Unikraft 0.21 says what it begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot import hosted

HEADERS = {
    "uk/config.h": "",
    "uk/essentials.h": "#define __noreturn __attribute__((noreturn))\n#define __unused __attribute__((unused))\n",
    "uk/arch/limits.h": "#define __STACK_SIZE 4096\n",
    "uk/plat/config.h": "",
    "uk/plat/common/bootinfo.h": "",
    "uk/pcpuvar.h": """
#define OF(name) name ## _of
#define uk_pcpuvar_lval(cpu, name) OF(name)[cpu]
#define uk_pcpuvar_current_get(name) OF(name)[here]
#define uk_pcpuvar_current_set(name, value) (OF(name)[here] = (value))
extern __u64 uk_pcpuvar_cpu_id_of[], uk_pcpuvar_cpu_idx_of[], entry_of[], stack_of[], arg_of[];
extern unsigned int here;
extern const char _uk_pcpuvar_tmpl_size_ptr[];
""",
    "uk/lcpu.h": """
typedef unsigned long __u64, __uptr;
#define UK_LCPU_SENTRY_SYM entry
#define UK_LCPU_SSTACKP_SYM stack
#define UK_LCPU_SARG_SYM arg
enum { UK_LCPU_STATE_HALTED = -1, UK_LCPU_STATE_OFFLINE, UK_LCPU_STATE_INIT };
struct uk_lcpu { int state, error_code; };
extern struct uk_lcpu uk_lcpus_of[];
int uk_lcpu_init(struct uk_lcpu *);
int uk_lcpu_mp_init(unsigned long, unsigned long);
""",
    "uk/lcpu/pm.h": """
struct uk_lcpu_pm_ops {
	int (*start)(__u64);
	int (*post_start)(const __u64 *, unsigned int *);
	void (*halt)(void), (*halt_irq)(void);
};
int uk_lcpu_pm_ops_register(const struct uk_lcpu_pm_ops *);
int uk_lcpu_start(const __u64 *, unsigned int *, __uptr *, __uptr *, unsigned long);
""",
}
MAIN = r"""
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/lcpu.h>
#include <uk/lcpu/pm.h>
#include <uk/pcpuvar.h>
#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/cpus.h>
#include <plat/halt.h>
#include <plat/lapic.h>

__u64 uk_pcpuvar_cpu_id_of[4], uk_pcpuvar_cpu_idx_of[4], entry_of[4], stack_of[4], arg_of[4];
struct uk_lcpu uk_lcpus_of[4];
unsigned int here;
const char _uk_pcpuvar_tmpl_size_ptr[1];
struct cpu cpus[CPUS_MAX];
unsigned int cpus_count;
static const struct uk_lcpu_pm_ops *ops;
static __u64 stack[8];

int uk_lcpu_pm_ops_register(const struct uk_lcpu_pm_ops *o) { ops = o; return 0; }
int uk_lcpu_mp_init(unsigned long a, unsigned long b) { (void)a; (void)b; return 0; }
bool cpus_running(unsigned int cpu) { return cpus_has(cpu); }
unsigned int cpus_wait(void) { return cpus_count; }
void halt_until_irq(void) { }
uint32_t lapic_id(void) { return here; }

int uk_lcpu_init(struct uk_lcpu *lcpu)
{
	printf("%s ", lcpu->state == UK_LCPU_STATE_INIT ? "init" : "init-twice");
	lcpu->state = 3;
	return getenv("FAILS") ? -5 : 0;
}

static void __noreturn unikrafts(__uptr lcpu)
{
	uk_lcpu_init((struct uk_lcpu *)lcpu);
	printf("unikraft\n");
	exit(0);
}

static void __noreturn applications(__uptr lcpu)
{
	(void)lcpu;
	printf("application\n");
	exit(0);
}

/* As Unikraft 0.21 begins a CPU */
int uk_lcpu_start(const __u64 *idx, unsigned int *num, __uptr *sp, __uptr *entry, unsigned long flags)
{
	struct uk_lcpu *lcpu = &uk_lcpus_of[*idx];
	int rc;

	(void)flags;
	if (lcpu->state != UK_LCPU_STATE_OFFLINE)
		return 0;
	lcpu->state = UK_LCPU_STATE_INIT;
	entry_of[*idx] = entry && *entry ? *entry : (__uptr)unikrafts;
	stack_of[*idx] = *sp;
	arg_of[*idx] = (__uptr)lcpu;
	rc = ops->start(*idx);
	if (rc)
		lcpu->state = UK_LCPU_STATE_HALTED;
	*num = !rc;
	return ops->post_start(idx, num) || rc;
}

int cpus_start(unsigned int cpu, uint64_t sp)
{
	(void)sp;
	here = cpu;
	core_cpu_run(cpu);
	return 0;
}

void core_crash(const char *fmt, ...)
{
	(void)fmt;
	printf("crash\n");
	exit(0);
}

int main(int argc, char **argv)
{
	const __u64 idx = strtoul(argv[1], NULL, 0);
	__uptr entry = argc > 2 ? (__uptr)applications : 0, sp = (__uptr)(stack + 8);
	unsigned int num = 1;

	cpus_count = (unsigned int)idx + 1;
	core_smp_init();
	if (idx)
		uk_lcpu_start(&idx, &num, &sp, entry ? &entry : NULL, 0);
	printf("none\n");
	return 0;
}
"""


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    defines = [
        "-DCONFIG_HAVE_SMP=1",
        "-DCONFIG_UKPLAT_CPU_MAXCOUNT=4",
        "-DCONFIG_LIBUKLCPU_RUN_IRQ=1",
        "-DCONFIG_LIBUKLCPU_WAKEUP_IRQ=2",
    ]
    folder = tmp_path_factory.mktemp("entry")
    return hosted.program(folder, "0.21", ("core_smp.c",), MAIN, *defines, headers=HEADERS)


@pytest.mark.parametrize(
    ("words", "fails", "expected"),
    [
        (("1",), False, "init unikraft\n"),
        (("1", "own"), False, "init application\n"),
        (("3", "own"), False, "init application\n"),
        (("2", "own"), True, "init crash\n"),
        (("0",), False, "none\n"),
    ],
    ids=["unikrafts", "applications", "a-later-cpu", "init-fails", "one-cpu"],
)
def test_each_cpu_is_initialised_once(guest: Path, words: tuple[str, ...], fails: bool, expected: str) -> None:
    env = {"FAILS": "1"} if fails else {}
    assert hosted.run(guest, *words, env=env) == expected
