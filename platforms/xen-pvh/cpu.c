/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/cpu.c. DO NOT EDIT. */
/*
 * Source: Intel SDM volume 1, 13 (XSAVE) and volume 3, 2.5 and 2.6.
 */
#include <plat/cpu.h>
#include <plat/x86.h>

#define CPUID1_ECX_XSAVE	(1U << 26)
#define CPUID7_EBX_FSGSBASE	(1U << 0)

/* State components of XCR0 */
#define XCR0_X87		(1U << 0)
#define XCR0_SSE		(1U << 1)
#define XCR0_AVX		(1U << 2)
#define XCR0_AVX512		(7U << 5)

void cpu_init(void)
{
	struct cpuid_regs leaf7 = { 0 };
	uint64_t cr4 = read_cr4();
	uint32_t have, want;

	write_cr0((read_cr0() & ~(uint64_t)(CR0_EM | CR0_TS)) | CR0_MP |
		  CR0_NE);
	cr4 |= CR4_OSFXSR | CR4_OSXMMEXCPT;
	if (cpuid(0, 0).eax >= 7)
		leaf7 = cpuid(7, 0);
	if (leaf7.ebx & CPUID7_EBX_FSGSBASE)
		cr4 |= CR4_FSGSBASE;
	if (cpuid(1, 0).ecx & CPUID1_ECX_XSAVE)
		cr4 |= CR4_OSXSAVE;
	write_cr4(cr4);
	__asm__ __volatile__("fninit");

	if (!(cr4 & CR4_OSXSAVE))
		return;
	/* A state component may only be enabled together with all it needs. */
	have = cpuid(0xd, 0).eax;
	want = XCR0_X87 | XCR0_SSE;
	if (have & XCR0_AVX) {
		want |= XCR0_AVX;
		if ((have & XCR0_AVX512) == XCR0_AVX512)
			want |= XCR0_AVX512;
	}
	xsetbv(0, want);
}
