/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core_stacks.c. DO NOT EDIT. */
/*
 * The native library keeps the exception stacks side by side in one array and
 * derives the CPU from a stack's place there. So they stay where they are, and
 * the lowest whole page of each becomes a guard page.
 */
#include <stddef.h>

#include <uk/essentials.h>
#include <uk/plat/config.h>
#include <uk/plat/pal/except.h>

#include <plat/boot.h>
#include <plat/boot_stack.h>
#include <plat/core.h>
#include <plat/core_stacks.h>
#include <plat/page_tables.h>

/* What runs on them, from the lowest address up */
static const char *const names[] = { "NMI and double fault", "fault",
				     "interrupt" };

#define INTERRUPT_STACK	2

#define STACKS	(CONFIG_UKPLAT_CPU_MAXCOUNT * ARRAY_SIZE(names))

static uint64_t guard_of(unsigned int stack)
{
	return page_up(uk_pal_except_get_except_stack_base() +
		       stack * CPU_EXCEPT_STACK_SIZE);
}

void core_guard_stacks(void)
{
	unsigned int i;

	/* A user may have configured stacks too small for a guard page. */
	if (CPU_EXCEPT_STACK_SIZE < 4 * PAGE_SIZE)
		return;
	for (i = 0; i < STACKS; i++)
		page_tables_unmap(guard_of(i));
}

/* No interrupt comes before Unikraft runs: the stack for them stands idle. */
struct boot_info *core_boot_info(void)
{
	static struct boot_info own;
	const uint64_t idle = guard_of(INTERRUPT_STACK) + PAGE_SIZE;

	/* The guard page costs one page and the rest of another one. */
	if (sizeof(own) + 2 * PAGE_SIZE > CPU_EXCEPT_STACK_SIZE)
		return &own;
	return (struct boot_info *)idle;
}

const char *core_stacks_guard_name(uint64_t addr)
{
	unsigned int i;

	if (boot_stack_overflowed(addr))
		return "boot";
	for (i = 0; i < STACKS; i++)
		if (page_down(addr) == guard_of(i))
			return names[i % ARRAY_SIZE(names)];
	return NULL;
}
