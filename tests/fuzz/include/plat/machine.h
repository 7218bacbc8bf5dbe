/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No machine in particular: what is generated for one stays as it comes.
 */
