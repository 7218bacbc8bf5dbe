/* SPDX-License-Identifier: BSD-3-Clause */
/* Kconfig's symbols come by the command line. */
#ifndef UK_CONFIG_H
#define UK_CONFIG_H

#endif /* UK_CONFIG_H */
