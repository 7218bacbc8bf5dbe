/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef BARE_PRINT_H
#define BARE_PRINT_H

#include <stdarg.h>
#include <stddef.h>

/**
 * Formats like vsnprintf(), as far as platform code needs it: %c %s %d %i %u
 * %x %p %%, with l, ll and z, a width, 0 and -.
 */
int format_text(char *buf, size_t size, const char *fmt, va_list args);

/** Prints one line to the consoles, at most 1,000 characters of it. */
void print_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* BARE_PRINT_H */
