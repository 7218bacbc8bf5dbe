/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Work is done in a thread, which lets others run after each step.
 */
#include <uk/errptr.h>
#include <uk/init.h>
#include <uk/sched.h>
#include <uk/wait.h>

#include <plat/balloon_core.h>
#include <plat/core.h>

static struct uk_waitq waitq;
static bool woken, waits;

static __noreturn void work(void *arg __unused)
{
	for (;;) {
		uk_waitq_wait_event(&waitq,
				    __atomic_load_n(&woken, __ATOMIC_ACQUIRE));
		__atomic_store_n(&woken, false, __ATOMIC_RELEASE);
		while (balloon_step())
			uk_sched_yield();
	}
}

void balloon_core_wake(void)
{
	__atomic_store_n(&woken, true, __ATOMIC_RELEASE);
	if (waits)
		uk_waitq_wake_up(&waitq);
	core_note_work();
}

static int start_thread(struct uk_init_ctx *ctx __unused)
{
	struct uk_thread *t;

	uk_waitq_init(&waitq);
	t = uk_sched_thread_create(uk_sched_current(), work, NULL, "memory");
	if (PTRISERR(t))
		return PTR2ERR(t);
	waits = true;
	return 0;
}

uk_late_initcall(start_thread, 0);
