/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/include/plat/console.h. DO NOT EDIT. */
#ifndef PLAT_CONSOLE_H
#define PLAT_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

struct console {
	const char *name;
	bool (*init)(void);		/* false if it is not there */
	void (*putc)(char c);
	bool standard;			/* cores bring a driver for it */
};

/** The machine's consoles, ended by NULL; from the spec's `consoles`. */
extern const struct console *const machine_consoles[];

/** Looks which of the machine's consoles are there. */
void console_init(void);

/** Writes to all of them; a line feed gets its carriage return. */
void console_write(const char *text, size_t len);

/** The same to those only for which cores have no driver. */
void console_write_special(const char *text, size_t len);

/** Whether any of the latter is there. */
bool console_has_special(void);

#endif /* PLAT_CONSOLE_H */
