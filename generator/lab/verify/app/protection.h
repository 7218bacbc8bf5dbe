/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PROTECTION_H
#define PROTECTION_H

/** Says what memory may be used for, a line for each kind of it. */
void show_protection(void);

#endif /* PROTECTION_H */
