/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two CPUs open and shut lines of one controller, each a line of its own. What
 * the controller's registers hold afterwards is what the last call of each CPU
 * said, and all other lines are as they were. It is looked at 20 times.
 *
 * number: 33
 * on: qemu-pc qemu-q35 qemu-microvm
 * because: QEMU's controllers are the same in all its machines, Xen has none, and KVM is slow at this
 * with: argument=1000 vcpus=2
 */
#include <stddef.h>

#include <bare/check.h>
#include <plat/cpus.h>
#include <plat/smp.h>

#include "device.h"
#include "number.h"
#include "patience.h"

#if HAVE_DEVICE_IRQS
#include <plat/ioapic_registers.h>

#define CPUS		2
#define TIMES		20
#define IOAPIC_PAGE	0xfec00000UL
#define FIRST_REGISTER	0x10
#define REGISTERS	48	/* two for each of 24 pins */
#define MASKED		(1U << 16)
#define PIC1_MASKS	0x21
#define PIC2_MASKS	0xa1

/* Nothing raises them: the parallel ports' */
static const unsigned int own[CPUS] = { 7, 5 };

static unsigned long rounds;
static unsigned int points;	/* how many times a CPU has come to one */

/* No CPU goes on before all have come. @return false if one does not come */
static bool meet(void)
{
	const uint64_t end = clock_monotonic() + PATIENCE;
	const unsigned int mine =
		__atomic_add_fetch(&points, 1, __ATOMIC_ACQ_REL);
	const unsigned int all = (mine + CPUS - 1) / CPUS * CPUS;

	while (__atomic_load_n(&points, __ATOMIC_ACQUIRE) < all) {
		if (clock_monotonic() > end)
			return false;
		__builtin_ia32_pause();
	}
	return true;
}

static void toggle(unsigned int line)
{
	unsigned long i;

	for (i = 0; i < rounds; i++) {
		device_irq_unmask(line);
		device_irq_mask(line);
	}
	device_irq_unmask(line);
}

static void second(void *arg)
{
	unsigned int i;

	(void)arg;
	for (i = 0; i < TIMES && meet(); i++) {
		toggle(own[1]);
		if (!meet())
			return;
	}
}

static unsigned int look(uint32_t *words)
{
	unsigned int i;

	if (has_ioapic()) {
		for (i = 0; i < REGISTERS; i++)
			words[i] = ioapic_get(IOAPIC_PAGE, FIRST_REGISTER + i);
		return REGISTERS;
	}
	words[0] = inb(PIC1_MASKS);
	words[1] = inb(PIC2_MASKS);
	return 2;
}

/* What the last calls leave, from what was there before */
static void open_own(uint32_t *words)
{
	unsigned int i;

	for (i = 0; i < CPUS; i++)
		if (has_ioapic())
			words[2 * own[i]] &= ~MASKED;
		else
			words[0] &= ~(1U << own[i]);
}

static enum check_result compare(const uint32_t *wanted)
{
	uint32_t words[REGISTERS];
	const unsigned int count = look(words);
	unsigned int i;

	for (i = 0; i < count; i++)
		if (words[i] != wanted[i])
			return check_fail("register %u is 0x%x instead of 0x%x",
					  i, words[i], wanted[i]);
	return CHECK_PASS;
}

static enum check_result run(const char *arg)
{
	enum check_result result = CHECK_PASS;
	uint32_t wanted[REGISTERS];
	unsigned int i;

	rounds = number(arg);
	if (!cpus_running(1))
		return check_fail("the second CPU does not run");
	device_irqs_init();
	for (i = 0; i < CPUS; i++)
		device_irq_configure(own[i], IRQ_AS_USUAL, 0);
	look(wanted);
	open_own(wanted);
	if (!call_surely(smp_run, 1, second, NULL))
		return check_fail("the second CPU is deaf");
	for (i = 0; i < TIMES && result == CHECK_PASS; i++) {
		if (!meet())
			return check_fail("the second CPU does not begin");
		toggle(own[0]);
		if (!meet())
			return check_fail("the second CPU does not end");
		result = compare(wanted);
	}
	return result;
}
#else
static enum check_result run(const char *arg)
{
	(void)arg;
	return check_skip("this platform leaves devices to the core");
}
#endif

CHECK(line_cpus, "two CPUs open and shut lines at the same time")
{
	return run(arg);
}
