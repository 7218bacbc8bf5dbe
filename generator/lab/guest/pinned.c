/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 11
 * with: argument=intact cpu=+smep,+smap,+umip
 * with: argument=wp ends=crash says="platform: CR0 is 0x[0-9a-f]+, its bits 0x10000 are missing"
 * with: argument=smep cpu=+smep ends=crash says="platform: CR4 is 0x[0-9a-f]+, its bits 0x100000 are missing"
 * with: argument=smap cpu=+smap ends=crash says="platform: CR4 is 0x[0-9a-f]+, its bits 0x200000 are missing"
 * with: argument=umip cpu=+umip ends=crash says="platform: CR4 is 0x[0-9a-f]+, its bits 0x800 are missing"
 * with: argument=mce ends=crash says="platform: CR4 is 0x[0-9a-f]+, its bits 0x40 are missing"
 * with: argument=flags ends=crash says="platform: RFLAGS is 0x[0-9a-f]+, its bits 0x40400 should be 0"
 * with: argument=fcw ends=crash says="platform: FCW is 0x27f and MXCSR 0x1f80 instead of 0x37f and 0x1f80"
 * with: argument=mxcsr ends=crash says="platform: FCW is 0x37f and MXCSR 0x0 instead of 0x37f and 0x1f80"
 */
#include <bare/check.h>
#include <bare/string.h>
#include <plat/cpu.h>
#include <plat/x86.h>

/* What a loader or a thread's first state could have left */
static void spoil(const char *what)
{
	uint8_t area[512] __attribute__((aligned(16)));

	if (!strcmp(what, "wp"))
		write_cr0(read_cr0() & ~(uint64_t)CR0_WP);
	__asm__ __volatile__("fxsave %0" : "=m"(area));
	if (!strcmp(what, "fcw"))
		*(uint16_t *)&area[0] = 0x27f;
	else if (!strcmp(what, "mxcsr"))
		*(uint32_t *)&area[24] = 0;
	__asm__ __volatile__("fxrstor %0" : : "m"(area));
}

CHECK(pinned, "the processor's protection is on, and its loss is noticed")
{
	const struct cpuid_regs leaf7 = cpuid(7, 0);
	const struct {
		const char *name;
		uint64_t cr4;
		uint32_t have;
	} features[] = {
		{ "smep", CR4_SMEP, leaf7.ebx & 1U << 7 },
		{ "smap", CR4_SMAP, leaf7.ebx & 1U << 20 },
		{ "umip", CR4_UMIP, leaf7.ecx & 1U << 2 },
		{ "mce", CR4_MCE, cpuid(1, 0).edx & 1U << 7 },
	};
	unsigned int i;

	for (i = 0; i < sizeof(features) / sizeof(*features); i++) {
		if (features[i].have && !(read_cr4() & features[i].cr4))
			return check_fail("%s is off", features[i].name);
		if (strcmp(arg, features[i].name))
			continue;
		if (!features[i].have)
			return check_skip("this CPU has no %s", arg);
		write_cr4(read_cr4() & ~features[i].cr4);
	}
	spoil(arg);
	if (!strcmp(arg, "flags"))
		__asm__ __volatile__("pushq %0; popfq; call cpu_check"
				     : : "i"(RFLAGS_AC | RFLAGS_DF)
				     : "memory", "cc");
	cpu_check();
	if (strcmp(arg, "intact"))
		return check_fail("%s is off, and nobody notices", arg);
	return CHECK_PASS;
}
