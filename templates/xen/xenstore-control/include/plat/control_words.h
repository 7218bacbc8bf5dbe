/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the toolstack writes for the guest to read, whoever brings it.
 * Source: Xen, docs/misc/xenstore-paths.pandoc (control/).
 */
#ifndef PLAT_CONTROL_WORDS_H
#define PLAT_CONTROL_WORDS_H

#include <plat/power.h>

#define CONTROL_WORD	"control/shutdown"

struct control_feature {
	const char *path;
	const char *value;
};

/** What the guest says it can do and cannot, ended by a NULL path. */
extern const struct control_feature control_features[];

struct control_order {
	const char *word;
	enum power_end how;
};

/**
 * The order that a word is, or NULL: then there is nothing to be done, and the
 * console says why. An order is acknowledged by an empty word, then obeyed.
 */
const struct control_order *control_find(const char *word);

/** Ends the guest. Returns if the core is to do it in its own order. */
void control_obey(const struct control_order *order);

/** The core does: it may take its time from now on. */
void control_no_deadline(void);

#endif /* PLAT_CONTROL_WORDS_H */
