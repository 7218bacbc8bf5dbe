/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state that compiled code takes for granted, on every CPU. What a loader
 * may leave instead is tried by tests/boot/test_start_info.py. Source: System V
 * ABI for AMD64, 3.4.1 (initial state of registers).
 *
 * number: 12
 * with: vcpus=1
 * with: vcpus=4
 */
#include <bare/check.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/smp.h>
#include <plat/x86.h>

#define STRAY		(RFLAGS_TF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | \
			 RFLAGS_AC)
#define MXCSR_STATUS	0x3fU

struct state {
	uint64_t flags;
	uint32_t mxcsr;
	uint16_t fcw;
	bool empty;
};

static struct state states[MACHINE_MAX_CPUS];

static void note(void *arg)
{
	struct state *const s = &states[core_cpu()];
	uint8_t area[512] __attribute__((aligned(16)));

	(void)arg;
	s->flags = read_flags();
	__asm__ __volatile__("fxsave %0" : "=m"(area));
	s->fcw = *(uint16_t *)&area[0];
	s->empty = !area[4];
	s->mxcsr = *(uint32_t *)&area[24] & ~MXCSR_STATUS;
}

CHECK(fresh_state, "every CPU begins with the flags and FPU that C expects")
{
	const struct state *s;
	unsigned int i;

	note(NULL);
	__asm__ __volatile__("sti");
	for (i = 1; cpus_has(i); i++)
		if (smp_call(i, note, NULL))
			return check_fail("CPU %u does not answer", i);
	__asm__ __volatile__("cli");
	for (i = 0, s = states; cpus_has(i); i++, s++) {
		print_line("  CPU %u: RFLAGS 0x%lx, FCW 0x%x, MXCSR 0x%x", i,
			   (unsigned long)s->flags, s->fcw, s->mxcsr);
		if ((s->flags & STRAY) || s->fcw != 0x37f ||
		    s->mxcsr != 0x1f80 || !s->empty)
			return check_fail("CPU %u begins otherwise", i);
	}
	return CHECK_PASS;
}
