/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers for messages out of Unikraft's library, on the host. Its allocator is
 * modelled with what it does when it runs out: it answers the end of the range
 * that it would have needed, and notes that range behind its bitmap.
 */
static int planted;	/* which defect is there */

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

enum { UK_INTCTLR_IRQ_TRIGGER_NONE, UK_INTCTLR_IRQ_TRIGGER_EDGE,
	UK_INTCTLR_IRQ_TRIGGER_LEVEL };

struct uk_intctlr_irq {
	unsigned int id;
	unsigned int trigger;
};

struct uk_intctlr_driver_ops {
	int (*configure_irq)(struct uk_intctlr_irq *irq);
	void (*mask_irq)(unsigned int irq);
	void (*unmask_irq)(unsigned int irq);
};

struct uk_intctlr_desc {
	const char *name;
	struct uk_intctlr_driver_ops *ops;
};

int uk_intctlr_register(struct uk_intctlr_desc *desc);
int uk_intctlr_irq_alloc(unsigned int *irqs, size_t count);
int uk_intctlr_irq_free(unsigned int *irqs, size_t count);

#include <core/core-intctlr/core_irqs.c>

#define BITMAP	((MESSAGE_IRQS + 63) / 64 * 64)

static enum { FREE, OURS, OTHERS } taken[4 * MESSAGE_IRQS];

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	exit(1);
}

static unsigned int place_for(unsigned int count)
{
	unsigned int at, n;

	for (at = 0; at < MESSAGE_IRQS; at++) {
		for (n = 0; at + n < MESSAGE_IRQS && !taken[at + n]; n++)
			if (n + 1 == count)
				return at;
		if (at + n == MESSAGE_IRQS)
			return at + count;
		at += n;
	}
	return MESSAGE_IRQS + count;
}

int uk_intctlr_irq_alloc(unsigned int *irqs, size_t count)
{
	const unsigned int at = place_for((unsigned int)count);
	unsigned int i;

	must(at + count <= BITMAP, "nothing is noted behind the bitmap");
	for (i = 0; i < count; i++) {
		taken[at + i] = OURS;
		irqs[i] = FIRST_MESSAGE_IRQ + at + i;
	}
	return 0;
}

int uk_intctlr_irq_free(unsigned int *irqs, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		must(irqs[i] <= LAST_MESSAGE_IRQ &&
		     taken[irqs[i] - FIRST_MESSAGE_IRQ],
		     "only what was handed out is given back");
		taken[irqs[i] - FIRST_MESSAGE_IRQ] = FREE;
	}
	return 0;
}

int uk_intctlr_register(struct uk_intctlr_desc *desc)
{
	return desc->ops ? 0 : -EINVAL;
}

void device_irqs_init(void) { }
void device_irq_mask(unsigned int irq) { (void)irq; }
void device_irq_unmask(unsigned int irq) { (void)irq; }
bool ioapic_present(void) { return true; }
unsigned int core_cpu(void) { return 0; }

bool device_irq_configure(unsigned int irq, enum irq_trigger how,
			  unsigned int cpu)
{
	return irq && !cpu && how != IRQ_LEVEL;
}

static unsigned int in_use(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < MESSAGE_IRQS; i++)
		n += taken[i] != FREE;
	return n;
}

static void check_row(unsigned int count)
{
	const unsigned int before = in_use();
	const int irq = core_irq_alloc(count);
	unsigned int i;

	if (irq < 0) {
		must(in_use() == before, "who gets none keeps none");
		return;
	}
	must((unsigned int)irq + count <= LAST_MESSAGE_IRQ + 1,
	     "a number beyond the last is nobody's");
	must(in_use() == before + count, "as many are taken as asked for");
	for (i = 0; i < count; i++)
		must(taken[(unsigned int)irq - FIRST_MESSAGE_IRQ + i] == OURS,
		     "they are in a row");
}

int main(int argc, char *argv[])
{
	unsigned int count, i;

	planted = argc > 1 ? atoi(argv[1]) : 0;
	for (count = 1; count <= MESSAGE_IRQS + 1; count++) {
		for (i = 0; i < ARRAY_SIZE(taken); i++)
			taken[i] = i < MESSAGE_IRQS && i % 40 == 7 ? OTHERS
								   : FREE;
		while (in_use() + count <= MESSAGE_IRQS) {
			const unsigned int before = in_use();

			check_row(count);
			if (in_use() == before)
				break;
		}
		check_row(count);
		must(core_irq_alloc(0) < 0, "none is no row");
	}
	for (i = 0; i < ARRAY_SIZE(taken); i++)
		taken[i] = FREE;
	must(core_irq_alloc(MESSAGE_IRQS) == FIRST_MESSAGE_IRQ,
	     "all of them are a row");
	must(core_irq_alloc(1) < 0, "then there is none");
	return 0;
}
