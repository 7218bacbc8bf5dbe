/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef UK_ESSENTIALS_H
#define UK_ESSENTIALS_H

#define __unused	__attribute__((unused))

#endif /* UK_ESSENTIALS_H */
