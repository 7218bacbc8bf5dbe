/* SPDX-License-Identifier: BSD-3-Clause */
int clock_a = 1;
