/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xenstore-control/include/plat/control_words.h. DO NOT EDIT. */
/*
 * What the toolstack writes for the guest to read, through either client.
 * Source: Xen, docs/misc/xenstore-paths.pandoc (control/).
 */
#ifndef PLAT_CONTROL_WORDS_H
#define PLAT_CONTROL_WORDS_H

#define CONTROL_WORD	"control/shutdown"

struct control_feature {
	const char *path;
	const char *value;
};

/** What the guest announces that it supports, ended by a NULL path. */
extern const struct control_feature control_features[];

struct control_order {
	const char *word;
	void (*obey)(void);
	const char *(*obstacle)(void);	/* why not now, or NULL; may be NULL */
};

/**
 * The order that this word stands for, or NULL if there is nothing to do; the
 * console shows words that are unknown, and the obstacle to an order that
 * cannot be obeyed now. An order is acknowledged by an empty word, then obeyed.
 * Its obey() returns if Unikraft has begun to end the guest.
 */
const struct control_order *control_find(const char *word);

/** Lets Unikraft take its time to end the guest. */
void control_no_deadline(void);

/** Gives it the whole time once more, if it has not begun yet. */
void control_deadline_again(void);

#endif /* PLAT_CONTROL_WORDS_H */
