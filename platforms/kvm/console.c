/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console.h>

#define MAX_CONSOLES	8

static bool present[MAX_CONSOLES];
static bool everywhere;

void console_init(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (!present[i])
			present[i] = machine_consoles[i]->init();
}

static void write_to(const struct console *con, const char *text, size_t len)
{
	while (len--) {
		if (*text == '\n')
			con->putc('\r');
		con->putc(*text++);
	}
	if (con->flush)
		con->flush();
}

/* The console in use, or NULL */
static const struct console *first(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (present[i])
			return machine_consoles[i];
	return NULL;
}

void console_write(const char *text, size_t len)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++) {
		if (!present[i])
			continue;
		write_to(machine_consoles[i], text, len);
		if (!everywhere)
			break;
	}
}

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

void console_everywhere(void)
{
	everywhere = true;
}

const struct console *console_special(void)
{
	return first() && !first()->standard ? first() : NULL;
}

size_t console_read(char *text, size_t len)
{
	const struct console *con = first();
	size_t got = 0;
	int c;

	if (!con || !con->getc)
		return 0;
	while (got < len && (c = con->getc()) >= 0)
		text[got++] = (char)c;
	return got;
}
