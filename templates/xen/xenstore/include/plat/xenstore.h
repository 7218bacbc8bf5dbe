/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Questions to xenstore. Nothing here waits: the answer comes within an
 * interrupt. If none comes, the asker hears of it after XENSTORE_PATIENCE.
 * Paths are relative to the guest's folder unless they start with a slash. For
 * CPU 0.
 */
#ifndef PLAT_XENSTORE_H
#define PLAT_XENSTORE_H

#include <stdbool.h>
#include <stdint.h>

#define XENSTORE_PATIENCE	5000000000UL	/* ns */

enum xenstore_result {
	XENSTORE_DONE,
	XENSTORE_MISSING,	/* there is no such key */
	XENSTORE_REFUSED,
	XENSTORE_SILENT,	/* no answer in time */
	XENSTORE_BROKEN,	/* the connection was given up */
};

/**
 * Called once for each question; `value` is valid until it returns. It calls
 * core_note_work() if somebody sleeps until then.
 */
typedef void (*xenstore_answer)(void *data, enum xenstore_result result,
				const char *value);

/** Connects on first use. @return false if there is no store to talk to */
bool xenstore_connect(void);

/**
 * Texts stay valid until the answer: a question waits if the ring has no room.
 * @return false if there are too many, or no store: the answer is not called
 */
bool xenstore_read(const char *path, xenstore_answer answer, void *data);

/** The same; `answer` may be NULL. */
bool xenstore_write(const char *path, const char *value,
		    xenstore_answer answer, void *data);

/**
 * Calls `changed` once at first, after each change at or below `path`, and when
 * a store that was silent answers again. There are 8 watches at most, and they
 * last.
 */
bool xenstore_watch(const char *path, void (*changed)(void));

#endif /* PLAT_XENSTORE_H */
