/* SPDX-License-Identifier: BSD-3-Clause */
int power = 3;
