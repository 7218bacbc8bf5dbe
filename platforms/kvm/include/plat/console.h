/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console/include/plat/console.h. DO NOT EDIT. */
#ifndef PLAT_CONSOLE_H
#define PLAT_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

struct console {
	const char *name;
	bool (*init)(void);		/* false if it is not there */
	void (*putc)(char c);
	void (*flush)(void);		/* after a text; NULL: not needed */
	int (*getc)(void);		/* -1: nothing there; NULL: no input */
	bool standard;			/* Unikraft has a driver for it */
};

/** The machine's consoles, ended by NULL; see machine.c. */
extern const struct console *const machine_consoles[];

/**
 * Finds out which of the machine's consoles exist. Called again once the
 * hypervisor answers, for consoles that depend on it.
 */
void console_init(void);

/**
 * Writes to the first of them. A line feed gets a carriage return, unless the
 * text has one.
 */
void console_write(const char *text, size_t len);

/**
 * The guest is about to crash: text goes to all consoles from now on. Those
 * that have had none yet get the last lines first.
 */
void console_everywhere(void);

/** Takes what was typed at the first of them. @return bytes, maybe 0 */
size_t console_read(char *text, size_t len);

/** The first of them if Unikraft has no driver for it, else NULL. */
const struct console *console_special(void);

#endif /* PLAT_CONSOLE_H */
