/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/time/timer/timer.c. DO NOT EDIT. */
/*
 * The timer is set to the moment itself. Its rate need not be exact: the clock
 * decides whether the moment has come, and the rest is waited for again. Under
 * a hypervisor each access to the timer costs an exit. So it is left running
 * when something else ends the wait: the next wait mostly has the same end, and
 * one interrupt too many does less harm.
 */
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/lapic.h>
#include <plat/machine.h>
#include <plat/timer.h>
#include <plat/timer_rate.h>
#include <plat/x86.h>

/* Below this many ns, setting a timer costs more than looking at the clock */
#define SPIN_NSEC	2000UL

/* Longest single wait: most timers' 32 bits last as long */
#define MAX_WAIT_NSEC	(4 * NSEC_PER_SEC)

bool (*timer_idle)(void);

static bool have_timer;
static uint64_t rate;			/* Hz; 0: nobody has slept yet */

/* When each CPU's timer fires; 0 if it is not running */
static uint64_t fires_at[CPUS_MAX];

static void timer_handler(void)
{
	fires_at[core_cpu()] = 0;
	lapic_eoi();
}

void timer_init(void)
{
	have_timer = lapic_init();
	if (have_timer)
		core_irq_register(LAPIC_TIMER_IRQ, timer_handler);
	else
		core_log("timer: this CPU has no local APIC, sleepers poll the clock");
}

static void arm(uint64_t now, uint64_t until)
{
	uint64_t *fires = &fires_at[core_cpu()];
	uint64_t nsec = until > now ? until - now : 0;
	uint64_t ticks;

	if (*fires > now && *fires <= until)
		return;
	if (nsec > MAX_WAIT_NSEC)
		nsec = MAX_WAIT_NSEC;
	ticks = mul_div(nsec, rate, NSEC_PER_SEC) + 1;
	if (ticks > UINT32_MAX)
		ticks = UINT32_MAX;
	*fires = now + nsec;
	lapic_timer_start((uint32_t)ticks);
}

void timer_block_until(uint64_t until)
{
	uint64_t now;

	while ((now = clock_monotonic()) < until) {
		if (timer_idle && timer_idle()) {
			irq_window();
		} else if (have_timer && until - now > SPIN_NSEC) {
			if (!rate) {
				rate = timer_rate();
				now = clock_monotonic();
			}
			/*
			 * Interrupts are off but for the halt itself. If the
			 * timer fires, or work comes, (1) before the halt, the
			 * interrupt is pending and ends the halt at once;
			 * (2) during the halt, it ends it; (3) after the halt,
			 * it is pending, and the next halt here or the caller
			 * lets it in: work is noted then, and a timer that
			 * fires early is set again.
			 */
			arm(now, until);
			core_halt_until_irq();
		}
		if (core_take_pending_work())
			break;
	}
}
