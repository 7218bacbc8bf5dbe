/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include <plat/core.h>
#include <plat/interrupts.h>
#include <plat/lapic.h>
#include <plat/x86.h>

#define APIC_BASE_BOOT_CPU	(1UL << 8)
#define APIC_BASE_X2APIC	(1UL << 10)
#define APIC_BASE_ENABLE	(1UL << 11)
#define APIC_BASE_ADDR		0x000ffffffffff000UL

/* Registers by their x2APIC number; a page holds them 16 bytes apart */
#define APIC_ID			0x02
#define APIC_TPR		0x08
#define APIC_EOI		0x0b
#define APIC_SVR		0x0f
#define APIC_ICR_DESTINATION	0x31
#define APIC_LVT_TIMER		0x32
#define APIC_LVT_LINT0		0x35
#define APIC_TIMER_INITIAL	0x38
#define APIC_TIMER_CURRENT	0x39
#define APIC_TIMER_DIVIDE	0x3e

#define SVR_ENABLE		0x100
#define DIVIDE_BY_1		0xb
#define ICR_SENDING		0x1000
#define ICR_ASSERT		0x4000
#define PAGE_ID_SHIFT		24

/* A message leaves within microseconds; this is a millisecond or so. */
#define SENDING_TICKS		(1UL << 22)

volatile uint32_t *lapic_page;
static bool enabled;

uint32_t lapic_read(unsigned int reg)
{
	return lapic_page ? lapic_page[reg * 4]
			  : (uint32_t)rdmsr(MSR_X2APIC + reg);
}

void lapic_write(unsigned int reg, uint32_t value)
{
	if (lapic_page)
		lapic_page[reg * 4] = value;
	else
		wrmsr(MSR_X2APIC + reg, value);
}

static void spurious(void)
{
	/* Needs no EOI: the APIC holds nothing in service for it. */
}

void lapic_init_cpu(void)
{
	const uint64_t base = rdmsr(MSR_APIC_BASE);

	/* x2APIC mode is entered from the enabled state, and never left. */
	if (!(base & APIC_BASE_X2APIC)) {
		wrmsr(MSR_APIC_BASE, base | APIC_BASE_ENABLE);
		if (!lapic_page)
			wrmsr(MSR_APIC_BASE, base | APIC_BASE_ENABLE |
					     APIC_BASE_X2APIC);
	}
	lapic_write(APIC_LVT_LINT0, LINT0_MASKED);
	/* After the mask: makes QEMU forget what the pin raised before it. */
	lapic_write(APIC_TPR, 0);
	lapic_write(APIC_SVR, SVR_ENABLE | (LAPIC_SPURIOUS_IRQ + 32));
	lapic_write(APIC_TIMER_DIVIDE, DIVIDE_BY_1);
	lapic_write(APIC_LVT_TIMER, LAPIC_TIMER_IRQ + 32);
	/* Only now: until the APIC is enabled, all is masked (SDM 11.4.7.2). */
	if (base & APIC_BASE_BOOT_CPU)
		lapic_write(APIC_LVT_LINT0, boot_cpu_lint0);
}

bool lapic_init(void)
{
	const struct cpuid_regs r = cpuid(1, 0);

	if (enabled)
		return true;
	if (!(r.edx & CPUID1_EDX_APIC))
		return false;
	if (!(r.ecx & CPUID1_ECX_X2APIC))
		lapic_page = core_phys(rdmsr(MSR_APIC_BASE) & APIC_BASE_ADDR);
	core_irq_register(LAPIC_SPURIOUS_IRQ, spurious);
	lapic_init_cpu();
	enabled = true;
	return true;
}

uint32_t lapic_id(void)
{
	const uint32_t id = lapic_read(APIC_ID);

	return lapic_page ? id >> PAGE_ID_SHIFT : id;
}

/* Interrupts are off: one between the two writes could send a message, too. */
static void send_by_page(uint32_t apic_id, uint32_t message)
{
	const uint64_t flags = irq_save();
	const uint64_t begin = rdtsc();

	while ((lapic_read(APIC_ICR) & ICR_SENDING) &&
	       rdtsc() - begin < SENDING_TICKS)
		__builtin_ia32_pause();
	lapic_write(APIC_ICR_DESTINATION, apic_id << PAGE_ID_SHIFT);
	lapic_write(APIC_ICR, message);
	irq_restore(flags);
}

void lapic_send(uint32_t apic_id, uint32_t message)
{
	message |= ICR_ASSERT;
	if (lapic_page) {
		send_by_page(apic_id, message);
		return;
	}
	/* No other CPU may see the message before what it is about. */
	__asm__ __volatile__("mfence; lfence" : : : "memory");
	wrmsr(MSR_X2APIC + APIC_ICR, (uint64_t)apic_id << 32 | message);
}

/* Ends each interrupt of a device, without another call */
void lapic_eoi(void)
{
	if (lapic_page)
		lapic_page[APIC_EOI * 4] = 0;
	else
		wrmsr(MSR_X2APIC + APIC_EOI, 0);
}

void lapic_timer_start(uint32_t count)
{
	lapic_write(APIC_TIMER_INITIAL, count);
}

uint32_t lapic_timer_count(void)
{
	return lapic_read(APIC_TIMER_CURRENT);
}

static void lapic_controller_init(void)
{
	lapic_init();
}

const struct interrupt_controller lapic = {
	.name = "LAPIC",
	.init = lapic_controller_init,
	.init_cpu = lapic_init_cpu,
};
