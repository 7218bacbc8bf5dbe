/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The contract of plat/core.h without any core behind it.
 */
#include <stdarg.h>

#include <bare/check.h>
#include <plat/boot.h>
#include <plat/clock.h>
#include <plat/console.h>
#include <plat/control.h>
#include <plat/core.h>
#include <plat/cpu.h>
#include <plat/cpus.h>
#include <plat/halt.h>
#include <plat/power.h>
#include <plat/smp.h>
#include <plat/timer.h>
#include <plat/traps.h>
#include <plat/x86.h>

void bare_main(const struct boot_info *bi, uint64_t tsc);

bool (*check_exception)(int number);

/* A note is for the CPU that the interrupt came to. */
static bool work_pending[CPUS_MAX];

static void log_line(const char *prefix, const char *fmt, va_list args)
{
	char line[512];

	format_text(line, sizeof(line), fmt, args);
	print_line("%s%s", prefix, line);
}

void core_log(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_line("", fmt, args);
	va_end(args);
}

void core_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_line("", fmt, args);
	va_end(args);
}

void core_crash(const char *fmt, ...)
{
	va_list args;

	console_everywhere();
	va_start(args, fmt);
	log_line("platform: ", fmt, args);
	va_end(args);
	power_end(POWER_CRASH);
}

void core_traps_init(void)
{
	traps_init();
}

void core_guard_stacks(void)
{
	descriptors_guard();
}

bool core_handle_exception(int number, struct trap_frame *frame,
			   uint64_t error_code)
{
	(void)frame;
	(void)error_code;
	return check_exception && check_exception(number);
}

bool core_handle_irq(struct trap_frame *frame, uint32_t irq)
{
	(void)frame;
	(void)irq;
	return false;
}

void core_irq_register(unsigned int irq, void (*handler)(void))
{
	traps_set_irq(irq, handler);
}

void core_halt_until_irq(void)
{
	halt_until_irq();
}

void core_note_work(void)
{
	work_pending[core_cpu()] = true;
}

bool core_take_pending_work(void)
{
	return __atomic_exchange_n(&work_pending[core_cpu()], false,
				   __ATOMIC_RELAXED);
}

bool core_begin_end(enum power_end how)
{
	(void)how;
	return false;
}

void *core_phys(uint64_t paddr)
{
	return (void *)paddr;
}

void core_cpu_run(unsigned int cpu)
{
	(void)cpu;
	cpu_check();
	smp_idle();
}

static void start_cpus(void)
{
	unsigned int i;

	if (cpus_count == 1)
		return;
	smp_init();
	for (i = 1; cpus_has(i); i++)
		cpus_start(i, descriptors_cpu_stack(i));
	core_log("CPUs: %u run", cpus_wait());
}

struct boot_info *core_boot_info(void)
{
	static struct boot_info boot_info;

	return &boot_info;
}

void core_enter(const struct boot_info *bi)
{
	cpu_check();
	clock_init();
	timer_init();
	start_cpus();
	control_start();
	bare_main(bi, rdtsc());
	power_end(POWER_OFF);
}
