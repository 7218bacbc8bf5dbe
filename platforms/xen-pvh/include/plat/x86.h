/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/x86/include/plat/x86.h. DO NOT EDIT. */
/*
 * Instructions that C has no word for. Source: Intel SDM volume 2.
 */
#ifndef PLAT_X86_H
#define PLAT_X86_H

#include <stdint.h>

#include <plat/x86_bits.h>

static inline void compiler_barrier(void)
{
	__asm__ __volatile__("" ::: "memory");
}

struct cpuid_regs {
	uint32_t eax, ebx, ecx, edx;
};

static inline struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct cpuid_regs r;

	__asm__ __volatile__("cpuid"
			     : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx),
			       "=d"(r.edx)
			     : "0"(leaf), "2"(subleaf));
	return r;
}

/* Both halves come as 64 bits with a clear upper half. */
static inline uint64_t rdtsc(void)
{
	uint64_t lo, hi;

	__asm__ __volatile__("rdtsc" : "=a"(lo), "=d"(hi) : : "memory");
	return hi << 32 | lo;
}

static inline uint64_t rdmsr(uint32_t msr)
{
	uint32_t lo, hi;

	__asm__ __volatile__("rdmsr" : "=a"(lo), "=d"(hi) : "c"(msr)
			     : "memory");
	return ((uint64_t)hi << 32) | lo;
}

static inline void wrmsr(uint32_t msr, uint64_t value)
{
	__asm__ __volatile__("wrmsr" : : "c"(msr), "a"((uint32_t)value),
			     "d"((uint32_t)(value >> 32)) : "memory");
}

static inline uint8_t inb(uint16_t port)
{
	uint8_t v;

	__asm__ __volatile__("in %1, %0" : "=a"(v) : "Nd"(port) : "memory");
	return v;
}

static inline uint16_t inw(uint16_t port)
{
	uint16_t v;

	__asm__ __volatile__("in %1, %0" : "=a"(v) : "Nd"(port) : "memory");
	return v;
}

static inline uint32_t inl(uint16_t port)
{
	uint32_t v;

	__asm__ __volatile__("in %1, %0" : "=a"(v) : "Nd"(port) : "memory");
	return v;
}

static inline void outb(uint16_t port, uint8_t v)
{
	__asm__ __volatile__("out %0, %1" : : "a"(v), "Nd"(port) : "memory");
}

static inline void outw(uint16_t port, uint16_t v)
{
	__asm__ __volatile__("out %0, %1" : : "a"(v), "Nd"(port) : "memory");
}

static inline uint64_t read_flags(void)
{
	uint64_t flags;

	__asm__ __volatile__("pushfq; popq %0" : "=r"(flags) : : "memory");
	return flags;
}

static inline void irq_disable(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}

static inline void irq_enable(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}

/* Lets interrupts in that are waiting; they come behind the instruction. */
static inline void irq_window(void)
{
	__asm__ __volatile__("sti; nop; cli" : : : "memory");
}

/* Interrupts off; the result says whether they were on */
static inline uint64_t irq_save(void)
{
	uint64_t flags;

	__asm__ __volatile__("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
	return flags;
}

static inline void irq_restore(uint64_t flags)
{
	__asm__ __volatile__("pushq %0; popfq" : : "r"(flags)
			     : "memory", "cc");
}

static inline uint64_t read_cr0(void)
{
	uint64_t v;

	__asm__ __volatile__("mov %%cr0, %0" : "=r"(v) : : "memory");
	return v;
}

static inline void write_cr0(uint64_t v)
{
	__asm__ __volatile__("mov %0, %%cr0" : : "r"(v) : "memory");
}

static inline uint64_t read_cr2(void)
{
	uint64_t v;

	__asm__ __volatile__("mov %%cr2, %0" : "=r"(v) : : "memory");
	return v;
}

static inline uint64_t read_cr3(void)
{
	uint64_t v;

	__asm__ __volatile__("mov %%cr3, %0" : "=r"(v) : : "memory");
	return v;
}

static inline void write_cr3(uint64_t v)
{
	__asm__ __volatile__("mov %0, %%cr3" : : "r"(v) : "memory");
}

static inline uint64_t read_cr4(void)
{
	uint64_t v;

	__asm__ __volatile__("mov %%cr4, %0" : "=r"(v) : : "memory");
	return v;
}

static inline void write_cr4(uint64_t v)
{
	__asm__ __volatile__("mov %0, %%cr4" : : "r"(v) : "memory");
}

static inline void xsetbv(uint32_t index, uint64_t value)
{
	__asm__ __volatile__("xsetbv" : : "c"(index), "a"((uint32_t)value),
			     "d"((uint32_t)(value >> 32)) : "memory");
}

/* 64 x 32 bits, shifted right by 32: scales a count by a 0.32 fraction */
static inline uint64_t mul_shift32(uint64_t a, uint32_t b)
{
	return (uint64_t)(((unsigned __int128)a * b) >> 32);
}

/* a * b / c with a 128-bit product; the quotient must fit 64 bits */
static inline uint64_t mul_div(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t high;

	__asm__("mulq %2\n\tdivq %3"
		: "+&a"(a), "=&d"(high) : "r"(b), "r"(c) : "cc");
	return a;
}

#endif /* PLAT_X86_H */
