/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/ioapic/ioapic.c. DO NOT EDIT. */
/*
 * The pins of IOAPICs. A register takes two accesses: no interrupt and no other
 * CPU may come in between.
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/interrupts.h>
#include <plat/ioapic.h>
#include <plat/ioapic_registers.h>
#include <plat/ioapic_tables.h>
#include <plat/lock.h>
#include <plat/x86.h>

#define IOAPICS		8

/* PCs have them here, below the local APICs' page, and no VM has RAM here. */
#define RANGE_START	0xf0000000U
#define RANGE_END	0xfee00000U

/* A table of megabytes may name as many addresses as it likes. */
#define TRIES		32

#define VERSION		0x01
#define LAST_PIN_SHIFT	16
#define OLDEST_VERSION	0x10	/* below: an 82489DX, of other registers */
#define PIN_LOW(pin)	(0x10 + 2 * (pin))
#define PIN_HIGH(pin)	(0x11 + 2 * (pin))
#define MOST_PINS	240U

#define PIN_ACTIVE_LOW	(1U << 13)
#define PIN_LEVEL	(1U << 15)
#define PIN_MASKED	(1U << 16)
#define PIN_SETTING	0xafffU	/* without what the IOAPIC reports, and masks */
#define DESTINATION_SHIFT	24

static struct {
	uint64_t paddr;
	uint32_t gsi_base;
	unsigned int pins;
} ioapics[IOAPICS];
static unsigned int count, tries;
static bool lock;

/* Finds the IOAPIC of a GSI. @return its page, 0 if there is none */
static uint64_t find_pin(unsigned int gsi, unsigned int *pin)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		*pin = gsi - ioapics[i].gsi_base;
		if (gsi >= ioapics[i].gsi_base && *pin < ioapics[i].pins)
			return ioapics[i].paddr;
	}
	return 0;
}

static void change_pin(unsigned int gsi, uint32_t clear, uint32_t add)
{
	unsigned int pin;
	const uint64_t paddr = find_pin(gsi, &pin);
	uint64_t flags;
	uint32_t low;

	if (!paddr)
		return;
	flags = lock_take(&lock);
	low = ioapic_get(paddr, PIN_LOW(pin));
	ioapic_set(paddr, PIN_LOW(pin), (low & ~clear) | add);
	lock_release(&lock, flags);
}

bool ioapic_present(void)
{
	return count > 0;
}

bool ioapic_route(unsigned int gsi, uint8_t vector, unsigned int cpu,
		  unsigned int how)
{
	uint32_t low = vector, old, destination;
	unsigned int pin;
	const uint64_t paddr = find_pin(gsi, &pin);
	uint64_t flags;

	if (!paddr)
		return false;
	if (how & IOAPIC_LEVEL)
		low |= PIN_LEVEL;
	if (how & IOAPIC_LOW)
		low |= PIN_ACTIVE_LOW;
	/* A pin has 8 bits for a CPU's id, and 255 means all CPUs. */
	destination = cpus[0].apic_id;
	if (cpus_has(cpu) && cpus[cpu].apic_id < UINT8_MAX)
		destination = cpus[cpu].apic_id;
	flags = lock_take(&lock);
	old = ioapic_get(paddr, PIN_LOW(pin));
	/*
	 * A masked pin forgets edges. So it is masked only if more changes than
	 * the CPU, which is one word of its own.
	 */
	if ((old ^ low) & PIN_SETTING)
		ioapic_set(paddr, PIN_LOW(pin), low | PIN_MASKED);
	ioapic_set(paddr, PIN_HIGH(pin), destination << DESTINATION_SHIFT);
	if ((old ^ low) & PIN_SETTING)
		ioapic_set(paddr, PIN_LOW(pin), low | (old & PIN_MASKED));
	lock_release(&lock, flags);
	return true;
}

void ioapic_mask(unsigned int gsi)
{
	change_pin(gsi, 0, PIN_MASKED);
}

void ioapic_unmask(unsigned int gsi)
{
	change_pin(gsi, PIN_MASKED, 0);
}

/* Whether pins of an IOAPIC that is listed already have these numbers */
static bool are_pins_taken(uint64_t paddr, uint64_t gsi_base, unsigned int pins)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (paddr == ioapics[i].paddr ||
		    (gsi_base < (uint64_t)ioapics[i].gsi_base +
				ioapics[i].pins &&
		     ioapics[i].gsi_base < gsi_base + pins))
			return true;
	return false;
}

unsigned int ioapic_add(uint64_t paddr, uint32_t gsi_base)
{
	unsigned int pins, pin;
	uint32_t version;

	if (tries == TRIES)
		return 0;
	tries++;
	if (paddr < RANGE_START || paddr >= RANGE_END || paddr & 15) {
		core_error("IOAPIC: none can be at 0x%lx",
			   (unsigned long)paddr);
		return 0;
	}
	version = ioapic_get(paddr, VERSION);
	pins = (version >> LAST_PIN_SHIFT & 0xff) + 1;
	if ((version & 0xff) < OLDEST_VERSION || pins > MOST_PINS) {
		core_error("IOAPIC: none answers at 0x%lx",
			   (unsigned long)paddr);
		return 0;
	}
	if (are_pins_taken(paddr, gsi_base, pins)) {
		core_error("IOAPIC: pins of the one at 0x%lx are listed twice",
			   (unsigned long)paddr);
		return 0;
	}
	/* Whoever used it before may have left pins open. */
	for (pin = 0; pin < pins; pin++)
		ioapic_set(paddr, PIN_LOW(pin), PIN_MASKED);
	if (count == IOAPICS || gsi_base >= IOAPIC_GSIS)
		return pins;
	ioapics[count].paddr = paddr;
	ioapics[count].gsi_base = gsi_base;
	ioapics[count++].pins = pins;
	return pins;
}

/* Before the 8259s, which then know that nothing is left for them */
static void ioapic_init(void)
{
	if (!(cpuid(1, 0).edx & CPUID1_EDX_APIC))
		return;
	ioapic_read_tables();
	if (count)
		boot_cpu_lint0 = LINT0_MASKED;
}

const struct interrupt_controller ioapic = {
	.name = "IOAPIC",
	.init = ioapic_init,
};
