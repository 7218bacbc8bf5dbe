/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/machine-check/include/plat/machine_check.h. DO NOT EDIT. */
#ifndef PLAT_MACHINE_CHECK_H
#define PLAT_MACHINE_CHECK_H

/** The exception's number */
#define MACHINE_CHECK	18

/** Says, in a machine check, what this CPU has recorded of its cause. */
void machine_check_explain(void);

#endif /* PLAT_MACHINE_CHECK_H */
