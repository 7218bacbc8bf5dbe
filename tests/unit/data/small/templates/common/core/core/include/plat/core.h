/* SPDX-License-Identifier: BSD-3-Clause */
int core(void);
