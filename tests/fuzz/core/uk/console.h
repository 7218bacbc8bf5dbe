/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_CONSOLE_H
#define UK_CONSOLE_H

#include <stdint.h>

/* How many drivers have brought a console */
static uint16_t consoles;

static inline uint16_t uk_console_count(void)
{
	return consoles;
}

#endif /* UK_CONSOLE_H */
