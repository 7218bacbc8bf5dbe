/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-intctlr/limits/uk/intctlr/limits.h. DO NOT EDIT. */
/*
 * What Unikraft's library of interrupt controllers asks of a driver. The
 * numbers to be allocated are those of messages: above all pins of IOAPICs,
 * below the platform's own.
 */
#ifndef UK_INTCTLR_LIMITS_H
#define UK_INTCTLR_LIMITS_H

#define UK_INTCTLR_MAX_IRQ		(256 - 32)
#define UK_INTCTLR_FIRST_ALLOCABLE_IRQ	48
#define UK_INTCTLR_LAST_ALLOCABLE_IRQ	206

#define UK_INTCTLR_ALLOCABLE_IRQ_COUNT \
	(UK_INTCTLR_LAST_ALLOCABLE_IRQ - UK_INTCTLR_FIRST_ALLOCABLE_IRQ + 1)

#endif /* UK_INTCTLR_LIMITS_H */
