/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_PLAT_BOOTSTRAP_H
#define UK_PLAT_BOOTSTRAP_H

void ukplat_entry_argp(const char *name, char *line, unsigned long len)
	__attribute__((noreturn));

#endif /* UK_PLAT_BOOTSTRAP_H */
