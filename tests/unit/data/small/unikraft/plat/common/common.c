/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/boot.h>

int common = sizeof(struct uk_boot);
