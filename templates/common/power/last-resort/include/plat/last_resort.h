/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_LAST_RESORT_H
#define PLAT_LAST_RESORT_H

/** Ends the guest without any device, by the CPU alone. */
_Noreturn void last_resort(void);

#endif /* PLAT_LAST_RESORT_H */
