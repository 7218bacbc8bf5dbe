/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each CPU has a box for one call, which is free again as soon as the call has
 * begun. A CPU that waits serves its own box meanwhile, so that two CPUs that
 * call each other do not wait forever. If a caller gives up (1) before the
 * other CPU takes the call from its box, the caller takes it back; (2) after
 * that, the exchange fails, and the caller waits until the call has returned.
 */
#include <stddef.h>

#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/smp.h>
#include <plat/x86.h>

#define PATIENCE_NSEC	(5 * NSEC_PER_SEC)
#define LOOKS		256

/* On the caller's stack, which waits until it is done */
struct call {
	void (*fn)(void *);
	void *arg;
	bool done;
};

static struct {
	struct call *call;
	void (*task)(void *);	/* run when idle; only its CPU touches it */
	void *task_arg;
} __attribute__((aligned(64))) boxes[CPUS_MAX];

static bool change(unsigned int cpu, struct call *from, struct call *to)
{
	return __atomic_compare_exchange_n(&boxes[cpu].call, &from, to, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

static void serve(void)
{
	struct call *c;

	c = __atomic_exchange_n(&boxes[core_cpu()].call, NULL,
				__ATOMIC_ACQUIRE);
	if (!c)
		return;
	c->fn(c->arg);
	__atomic_store_n(&c->done, true, __ATOMIC_RELEASE);
}

static void handler(void)
{
	lapic_eoi();
	core_note_work();
	serve();
}

void smp_init(void)
{
	core_irq_register(SMP_IRQ, handler);
}

void smp_wake(unsigned int cpu)
{
	lapic_send(cpus[cpu].apic_id, SMP_IRQ + 32);
}

/* Lets a moment pass; true once the wait has been too long */
static bool too_long(unsigned int *looks, uint64_t *end)
{
	serve();
	__builtin_ia32_pause();
	if (++*looks % LOOKS)
		return false;
	hypervisor_yield();
	if (!*end)
		*end = clock_monotonic() + PATIENCE_NSEC;
	return clock_monotonic() > *end;
}

static int post(unsigned int cpu, struct call *c)
{
	unsigned int looks = 0;
	uint64_t end = 0;

	if (!cpus_running(cpu))
		return -1;
	while (!change(cpu, NULL, c))
		if (too_long(&looks, &end))
			return -1;
	smp_wake(cpu);
	return 0;
}

static int finish(unsigned int cpu, struct call *c)
{
	unsigned int looks = 0;
	uint64_t end = 0;

	while (!__atomic_load_n(&c->done, __ATOMIC_ACQUIRE))
		if (too_long(&looks, &end) && change(cpu, c, NULL))
			return -1;
	return 0;
}

int smp_call(unsigned int cpu, void (*fn)(void *), void *arg)
{
	struct call c = { .fn = fn, .arg = arg };

	if (cpu == core_cpu()) {
		fn(arg);
		return 0;
	}
	return post(cpu, &c) ? -1 : finish(cpu, &c);
}

int smp_call_all(void (*fn)(void *), void *arg)
{
	struct call calls[CPUS_MAX];
	const unsigned int me = core_cpu();
	unsigned int i;
	int rc = 0;

	for (i = 0; cpus_has(i); i++) {
		/* A CPU that takes no call counts as done. */
		calls[i] = (struct call){ .fn = fn, .arg = arg };
		calls[i].done = i == me || !cpus_running(i);
		if (calls[i].done || !post(i, &calls[i]))
			continue;
		calls[i].done = true;
		rc = -1;
	}
	fn(arg);
	for (i = 0; cpus_has(i); i++)
		if (finish(i, &calls[i]))
			rc = -1;
	return rc;
}

struct task {
	void (*fn)(void *);
	void *arg;
	bool taken;
};

static void take_task(void *arg)
{
	const unsigned int cpu = core_cpu();
	struct task *t = arg;

	t->taken = !boxes[cpu].task;
	if (!t->taken)
		return;
	boxes[cpu].task = t->fn;
	boxes[cpu].task_arg = t->arg;
}

int smp_run(unsigned int cpu, void (*fn)(void *), void *arg)
{
	struct task t = { .fn = fn, .arg = arg };

	return smp_call(cpu, take_task, &t) || !t.taken ? -1 : 0;
}

void smp_idle(void)
{
	const unsigned int cpu = core_cpu();

	for (;;) {
		core_halt_until_irq();
		if (!boxes[cpu].task)
			continue;
		boxes[cpu].task(boxes[cpu].task_arg);
		irq_disable();
		boxes[cpu].task = NULL;
	}
}
