/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Questions to xenstore that wait for their answer, asleep.
 */
#ifndef GUEST_STORE_H
#define GUEST_STORE_H

#if __has_include(<plat/xenstore.h>)
#define HAVE_STORE	1

#include <bare/string.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/timer.h>
#include <plat/xenstore.h>

struct store_answer {
	volatile bool there;
	enum xenstore_result result;
	char value[256];
};

static struct store_answer store_answer;

static inline void store_take(void *data, enum xenstore_result result,
			      const char *value)
{
	struct store_answer *answer = data;
	size_t len = strlen(value);

	if (len >= sizeof(answer->value))
		len = sizeof(answer->value) - 1;
	memcpy(answer->value, value, len);
	answer->value[len] = '\0';
	answer->result = result;
	answer->there = true;
	core_note_work();
}

static inline enum xenstore_result store_wait(bool sent)
{
	const uint64_t until = clock_monotonic() + 2 * XENSTORE_PATIENCE;

	while (sent && !store_answer.there && clock_monotonic() < until)
		timer_block_until(until);
	return sent && store_answer.there ? store_answer.result
					  : XENSTORE_BROKEN;
}

/** Reads a key; the value is in store_answer. */
static inline enum xenstore_result store_read(const char *path)
{
	store_answer.there = false;
	return store_wait(xenstore_read(path, store_take, &store_answer));
}

static inline enum xenstore_result store_write(const char *path,
					       const char *value)
{
	store_answer.there = false;
	return store_wait(xenstore_write(path, value, store_take,
					 &store_answer));
}
#else
#define HAVE_STORE	0
#endif

#endif /* GUEST_STORE_H */
