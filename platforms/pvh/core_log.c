/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_log.c. DO NOT EDIT. */
/*
 * Text of the platform goes through Unikraft's log, or straight to the
 * machine's consoles where the log shows nothing: it is not up yet, or not
 * built in.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <uk/print.h>

#include <plat/console.h>
#include <plat/core.h>
#include <plat/core_uk.h>
#include <plat/power.h>

bool core_log_shows;

static void write_line(const char *prefix, const char *line)
{
	console_write(prefix, strlen(prefix));
	console_write(line, strlen(line));
	console_write("\n", 1);
}

static void show_info(const char *line)
{
	uk_pr_info("%s\n", line);
}

static void show_error(const char *line)
{
	if (core_log_shows)
		uk_pr_crit("%s\n", line);
	else
		write_line("", line);
}

static void show_crash(const char *line)
{
	console_everywhere();
	write_line("platform: ", line);
}

static void format_line(void (*show)(const char *line), const char *fmt,
			va_list args)
{
	char line[256];

	vsnprintf(line, sizeof(line), fmt, args);
	show(line);
}

void core_log(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format_line(show_info, fmt, args);
	va_end(args);
}

void core_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format_line(show_error, fmt, args);
	va_end(args);
}

void core_crash(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format_line(show_crash, fmt, args);
	va_end(args);
	power_end(POWER_CRASH);
}
