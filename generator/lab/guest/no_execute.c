/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * number: 10
 * with: argument=data
 * with: argument=constants
 * with: argument=stack
 * with: argument=free
 * ends: crash
 * says: exception 14: #PF page fault, error code 0x11
 * says: page fault: execution of 0x[0-9a-f]+, which does not allow it
 */
#include <bare/check.h>
#include <bare/string.h>

/* No more than a return, which would do no harm */
#define RET	0xc3

static unsigned char in_data[16] = { RET };
static const unsigned char in_constants[16] = { RET };

static unsigned char *in_free_memory(const struct boot_info *bi)
{
	const struct memory_range *r = bi->map.range;

	for (; r < bi->map.range + bi->map.count; r++)
		if (r->kind == MEMORY_RAM && r->start >= 0x100000)
			return (unsigned char *)r->start;
	return NULL;
}

CHECK(no_execute, "memory that is not code cannot be executed")
{
	unsigned char on_stack[16] = { RET };
	unsigned char *place = on_stack;

	if (!strcmp(arg, "data"))
		place = in_data;
	else if (!strcmp(arg, "constants"))
		place = (unsigned char *)(uintptr_t)in_constants;
	else if (!strcmp(arg, "free"))
		place = in_free_memory(bi);
	if (!strcmp(arg, "free"))
		*place = RET;
	__asm__ __volatile__("call *%0" : : "r"(place) : "memory");
	return check_fail("code in %s was executed", arg);
}
