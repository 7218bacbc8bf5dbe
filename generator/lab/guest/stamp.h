/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lines whose arrival the host stamps. They leave by port 0xe9, past the
 * platform's consoles: some of those keep a line until somebody fetches it.
 */
#ifndef GUEST_STAMP_H
#define GUEST_STAMP_H

#include <stdarg.h>

#include <bare/print.h>
#include <plat/x86.h>

#define STAMP_PORT	0xe9

static inline __attribute__((format(printf, 1, 2))) void stamp(const char *fmt,
							       ...)
{
	char line[64], *p;
	va_list args;

	va_start(args, fmt);
	format_text(line, sizeof(line), fmt, args);
	va_end(args);
	for (p = line; *p; p++)
		outb(STAMP_PORT, (uint8_t)*p);
	outb(STAMP_PORT, '\n');
}

#endif /* GUEST_STAMP_H */
