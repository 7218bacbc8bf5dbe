/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/power/last-resort/include/plat/last_resort.h. DO NOT EDIT. */
#ifndef PLAT_LAST_RESORT_H
#define PLAT_LAST_RESORT_H

/** Ends the guest without any device, by the CPU alone. */
_Noreturn void last_resort(void);

#endif /* PLAT_LAST_RESORT_H */
