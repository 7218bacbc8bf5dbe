/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Says what an application sees of its platform: arguments, initrd, protection of
 * memory, time. One "name=value" to a line, for generator/lab/verify to compare with what
 * it gave.
 */
#include <stdio.h>

#include <uk/essentials.h>
#include <uk/plat/memory.h>
#include <uk/plat/time.h>
#include <uk/sched.h>

#include "protection.h"

#define CLOCK_READS	100000U
#define NSEC_PER_SEC	1000000000ULL

/* FNV-1a with 64 bits */
static unsigned long long hash(const unsigned char *data, __sz len)
{
	unsigned long long h = 0xcbf29ce484222325ULL;

	while (len--)
		h = (h ^ *data++) * 0x100000001b3ULL;
	return h;
}

static void show_initrd(void)
{
	struct ukplat_memregion_desc *mrd;

	if (ukplat_memregion_find_initrd0(&mrd) < 0) {
		printf("initrd=none\n");
		return;
	}
	printf("initrd=%lu:%016llx\n", (unsigned long)mrd->len,
	       hash((unsigned char *)(mrd->vbase + mrd->pg_off), mrd->len));
}

static void show_time(void)
{
	static const __nsec asked[] = { 1000000, 10000000, 300000000 };
	__nsec last = ukplat_monotonic_clock(), now;
	unsigned int i, back = 0;

	for (i = 0; i < CLOCK_READS; i++) {
		now = ukplat_monotonic_clock();
		if (now < last)
			back++;
		last = now;
	}
	printf("clock_steps_back=%u\n", back);
	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		last = ukplat_monotonic_clock();
		uk_sched_thread_sleep(asked[i]);
		now = ukplat_monotonic_clock();
		printf("sleep=%llu:%llu\n", (unsigned long long)asked[i],
		       (unsigned long long)(now - last));
	}
	printf("date=%llu\n", (unsigned long long)(ukplat_wall_clock() /
						   NSEC_PER_SEC));
}

int main(int argc, char *argv[])
{
	int i;

	for (i = 0; i < argc; i++)
		printf("argument=%s\n", argv[i]);
	show_initrd();
	show_protection();
	show_time();
	printf("done=yes\n");
	return 0;
}
