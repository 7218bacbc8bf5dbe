/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console-note/console_note.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console.h>
#include <plat/console_note.h>

static size_t length(const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	return len;
}

void console_note(const char *what, const char *which)
{
	console_write(what, length(what));
	console_write(which, length(which));
	console_write("\n", 1);
}
