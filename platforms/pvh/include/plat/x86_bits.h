/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/x86/include/plat/x86_bits.h. DO NOT EDIT. */
/*
 * Bits of control registers, MSRs and page table entries, for C and assembly.
 * Source: Intel SDM volume 3 (2.5, 4.5) and volume 4; AMD APM volume 2.
 */
#ifndef PLAT_X86_BITS_H
#define PLAT_X86_BITS_H

#define CR0_PE			(1 << 0)
#define CR0_MP			(1 << 1)
#define CR0_EM			(1 << 2)
#define CR0_TS			(1 << 3)
#define CR0_ET			(1 << 4)
#define CR0_NE			(1 << 5)
#define CR0_WP			(1 << 16)
#define CR0_PG			(1 << 31)

/* Bits of RFLAGS; the first one is always set */
#define RFLAGS_ONE		(1 << 1)
#define RFLAGS_TF		(1 << 8)
#define RFLAGS_IF		(1 << 9)
#define RFLAGS_DF		(1 << 10)
#define RFLAGS_IOPL		(3 << 12)
#define RFLAGS_NT		(1 << 14)
#define RFLAGS_AC		(1 << 18)

#define CR4_PAE			(1 << 5)
#define CR4_MCE			(1 << 6)
#define CR4_OSFXSR		(1 << 9)
#define CR4_OSXMMEXCPT		(1 << 10)
#define CR4_UMIP		(1 << 11)
#define CR4_FSGSBASE		(1 << 16)
#define CR4_OSXSAVE		(1 << 18)
#define CR4_SMEP		(1 << 20)
#define CR4_SMAP		(1 << 21)

#define MSR_APIC_BASE		0x0000001b
#define MSR_X2APIC		0x00000800	/* its first register */
#define MSR_EFER		0xc0000080
#define MSR_FS_BASE		0xc0000100
#define MSR_GS_BASE		0xc0000101
#define MSR_KERNEL_GS_BASE	0xc0000102

#define EFER_LME		(1 << 8)
#define EFER_NXE		(1 << 11)

/* CPUID leaf 1, ECX */
#define CPUID1_ECX_X2APIC	(1 << 21)
#define CPUID1_ECX_XSAVE	(1 << 26)
#define CPUID1_ECX_HYPERVISOR	(1 << 31)

/* CPUID leaf 1, EDX */
#define CPUID1_EDX_MCE		(1 << 7)
#define CPUID1_EDX_APIC		(1 << 9)
#define CPUID1_EDX_MCA		(1 << 14)

/* CPUID leaf 0x80000001, EDX */
#define CPUID_EXT_NX		(1 << 20)
#define CPUID_EXT_PDPE1GB	(1 << 26)
#define CPUID_EXT_LM		(1 << 29)

#define PTE_PRESENT		0x001
#define PTE_WRITE		0x002
#define PTE_USER		0x004
#define PTE_ACCESSED		0x020
#define PTE_DIRTY		0x040
#define PTE_LARGE		0x080
/* Bit 63; the upper half of the entry, as 32-bit code writes it */
#define PTE_NX_HIGH		0x80000000

#define PAGE_SIZE_4K		0x1000
#define PAGE_SIZE_2M		0x200000

/* Selectors of the boot GDT in start.S */
#define BOOT_CS			0x08
#define BOOT_DS			0x10
#define BOOT_CS32		0x18

#endif /* PLAT_X86_BITS_H */
