/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_syscall.c. DO NOT EDIT. */
/*
 * The entry of system calls. Both selectors are the kernel's: programs run at
 * its level. Source: AMD APM volume 2, 6.1.
 */
#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/x86.h>

#define MSR_STAR		0xc0000081
#define MSR_LSTAR		0xc0000082
#define MSR_SYSCALL_MASK	0xc0000084
#define EFER_SCE		1
#define CPUID_EXT_SYSCALL	(1U << 11)

void _ukplat_syscall(void);

void core_syscall_init(void)
{
	if (!(cpuid(0x80000001, 0).edx & CPUID_EXT_SYSCALL))
		core_crash("this CPU has no SYSCALL instruction");
	wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_SCE);
	wrmsr(MSR_STAR, (uint64_t)BOOT_CS << 48 | (uint64_t)BOOT_CS << 32);
	wrmsr(MSR_LSTAR, (uint64_t)_ukplat_syscall);
	wrmsr(MSR_SYSCALL_MASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_NT |
				RFLAGS_AC);
}
