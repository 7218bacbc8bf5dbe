/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/cpu/cpu.c. DO NOT EDIT. */
/*
 * Source: Intel SDM volume 1, 10.5 (FXSAVE) and 13 (XSAVE), volume 3, 2.3, 2.5,
 * 2.6 and 4.6 (supervisor mode and unprivileged pages).
 */
#include <plat/core.h>
#include <plat/cpu.h>
#include <plat/x86.h>

#define CPUID7_EBX_FSGSBASE	(1U << 0)
#define CPUID7_EBX_SMEP		(1U << 7)
#define CPUID7_EBX_SMAP		(1U << 20)
#define CPUID7_ECX_UMIP		(1U << 2)

/* State components of XCR0 */
#define XCR0_X87		(1U << 0)
#define XCR0_SSE		(1U << 1)
#define XCR0_AVX		(1U << 2)
#define XCR0_AVX512		(7U << 5)

/* Bits of RFLAGS that no compiled code expects, or that weaken protection */
#define STRAY_FLAGS	(RFLAGS_TF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | \
			 RFLAGS_AC)

/* All exceptions masked, round to nearest; x87 with 64 bits of mantissa */
#define FCW_DEFAULT	0x37f
#define MXCSR_DEFAULT	0x1f80
#define MXCSR_STATUS	0x3f	/* flags of past exceptions */

struct fxsave_area {
	uint16_t fcw;
	uint8_t x87[22];
	uint32_t mxcsr;
	uint32_t mxcsr_mask;
	uint64_t registers[60];
} __attribute__((aligned(16)));

_Static_assert(sizeof(struct fxsave_area) == 512, "FXSAVE area");

static struct cpuid_regs leaf7(void)
{
	return cpuid(0, 0).eax >= 7 ? cpuid(7, 0) : (struct cpuid_regs){ 0 };
}

/*
 * What CR4 has to hold for memory to be protected as far as this CPU can, and
 * for a machine check to be an exception instead of the guest's silent end
 */
static uint64_t pinned_cr4(void)
{
	const struct cpuid_regs have = leaf7();
	uint64_t cr4 = CR4_PAE;

	if (cpuid(1, 0).edx & CPUID1_EDX_MCE)
		cr4 |= CR4_MCE;
	if (have.ebx & CPUID7_EBX_SMEP)
		cr4 |= CR4_SMEP;
	if (have.ebx & CPUID7_EBX_SMAP)
		cr4 |= CR4_SMAP;
	if (have.ecx & CPUID7_ECX_UMIP)
		cr4 |= CR4_UMIP;
	return cr4;
}

/* No register keeps what a loader left in it: MXCSR is not 0x1f80 everywhere */
static void reset_fpu(void)
{
	const struct fxsave_area fresh = {
		.fcw = FCW_DEFAULT,
		.mxcsr = MXCSR_DEFAULT,
	};

	__asm__ __volatile__("fxrstor %0" : : "m"(fresh));
}

void cpu_init(void)
{
	uint64_t cr4 = read_cr4() | pinned_cr4();
	uint32_t have, want;

	write_cr0((read_cr0() & ~(uint64_t)(CR0_EM | CR0_TS)) | CR0_MP |
		  CR0_NE);
	cr4 |= CR4_OSFXSR | CR4_OSXMMEXCPT;
	if (leaf7().ebx & CPUID7_EBX_FSGSBASE)
		cr4 |= CR4_FSGSBASE;
	if (cpuid(1, 0).ecx & CPUID1_ECX_XSAVE)
		cr4 |= CR4_OSXSAVE;
	write_cr4(cr4);
	reset_fpu();

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

static void check(const char *name, uint64_t has, uint64_t pinned)
{
	if ((has & pinned) != pinned)
		core_crash("%s is 0x%lx, its bits 0x%lx are missing", name,
			   (unsigned long)has, (unsigned long)(pinned & ~has));
}

static void check_fpu(void)
{
	struct fxsave_area now;

	__asm__ __volatile__("fxsave %0" : "=m"(now));
	if (now.fcw != FCW_DEFAULT ||
	    (now.mxcsr & ~MXCSR_STATUS) != MXCSR_DEFAULT)
		core_crash("FCW is 0x%x and MXCSR 0x%x instead of 0x%x and 0x%x",
			   now.fcw, now.mxcsr, FCW_DEFAULT, MXCSR_DEFAULT);
}

void cpu_check(void)
{
	const uint64_t flags = read_flags();

	if (flags & STRAY_FLAGS) {
		/* DF alone would turn the strings round that tell it. */
		irq_restore(RFLAGS_ONE);
		core_crash("RFLAGS is 0x%lx, its bits 0x%lx should be 0",
			   (unsigned long)flags,
			   (unsigned long)(flags & STRAY_FLAGS));
	}
	check_fpu();
	check("CR0", read_cr0(), CR0_WP);
	check("CR4", read_cr4(), pinned_cr4());
	check("EFER", rdmsr(MSR_EFER), EFER_NXE);
}
