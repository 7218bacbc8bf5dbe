/* SPDX-License-Identifier: BSD-3-Clause */
/* The core's log, as far as Kconfig's symbols have it: up to 0.20, since 0.21 */
#ifndef UK_PRINT_H
#define UK_PRINT_H

#include <stdio.h>

void log_text(const char *text);

#if CONFIG_LIBUKDEBUG_PRINTK || CONFIG_LIBUKPRINT_PRINTK
#define uk_printk(fmt, line)						\
	do {								\
		char text_[512];					\
									\
		snprintf(text_, sizeof(text_), fmt, line);		\
		log_text(text_);					\
	} while (0)
#else
#define uk_printk(fmt, line)	((void)(fmt), (void)(line))
#endif
#define uk_pr_info	uk_printk
#define uk_pr_crit	uk_printk

#endif /* UK_PRINT_H */
