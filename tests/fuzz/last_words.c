/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The core's half of last words, on the host: an exception whose report the
 * core leaves out comes to the machine's console all the same. The core's log is
 * a stand-in that is built in, or has a console, as Kconfig's symbols say.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uk/console.h>

#include "core/core-uk/core_log.c"
#include CORE_EARLY

void ukplat_entry_argp(const char *name, char *line, unsigned long len)
	__attribute__((noreturn));

static char shown[4096];

static void show(const char *text, size_t len)
{
	strncat(shown, text, len);
}

void console_write(const char *text, size_t len)
{
	show(text, len);
}

void console_everywhere(void)
{
}

/* What the core's log shows: see uk/print.h here */
void log_text(const char *text)
{
	if (consoles)
		show(text, strlen(text));
}

void ukplat_entry_argp(const char *name, char *line, unsigned long len)
{
	fprintf(stderr, "%s: %s, %lu\n", name, line, len);
	abort();
}

static void expect(const char *text)
{
	if (!strstr(shown, text)) {
		fprintf(stderr, "not shown: %s\n", text);
		exit(1);
	}
	if (strstr(strstr(shown, text) + 1, text)) {
		fprintf(stderr, "shown twice: %s\n", text);
		exit(1);
	}
}

void power_end(enum power_end how)
{
	(void)how;
	expect("exception 6: invalid opcode\n");
	expect("platform: the end\n");
	exit(0);
}

int main(int argc, char *argv[])
{
	struct ukplat_bootinfo ubi = { 0 };
	struct boot_info bi = { 0 };

	consoles = argc > 1 ? atoi(argv[1]) : 0;
	core_early_init(&ubi, &bi);
	core_error("exception %d: %s", 6, "invalid opcode");
	core_crash("the %s", "end");
}
