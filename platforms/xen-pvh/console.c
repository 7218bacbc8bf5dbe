/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console.c. DO NOT EDIT. */
#include <plat/console.h>

#define MAX_CONSOLES	8

static bool present[MAX_CONSOLES];

void console_init(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		present[i] = machine_consoles[i]->init();
}

static void write_to(const struct console *con, const char *text, size_t len)
{
	while (len--) {
		if (*text == '\n')
			con->putc('\r');
		con->putc(*text++);
	}
}

static void write_all(const char *text, size_t len, bool special_only)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (present[i] &&
		    !(special_only && machine_consoles[i]->standard))
			write_to(machine_consoles[i], text, len);
}

void console_write(const char *text, size_t len)
{
	write_all(text, len, false);
}

void console_write_special(const char *text, size_t len)
{
	write_all(text, len, true);
}

bool console_has_special(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (present[i] && !machine_consoles[i]->standard)
			return true;
	return false;
}
