/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console-note/console_note.c. DO NOT EDIT. */
#include <plat/console.h>
#include <plat/console_note.h>
#include <plat/text.h>

void console_note(const char *what, const char *which)
{
	console_write(what, text_length(what));
	console_write(which, text_length(which));
	console_write("\n", 1);
}
