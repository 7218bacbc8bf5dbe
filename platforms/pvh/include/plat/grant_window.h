/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/shared-info/include/plat/grant_window.h. DO NOT EDIT. */
#ifndef PLAT_GRANT_WINDOW_H
#define PLAT_GRANT_WINDOW_H

#include <stdint.h>

/* Xen's default limit of grant table frames */
#define GRANT_WINDOW_PAGES	64

/** Addresses kept for the grant table's frames; set by shared_info_map(). */
extern uint64_t grant_window;

/** How many of the table's frames are mapped there, the first ones. */
extern uint32_t grant_window_used;

#endif /* PLAT_GRANT_WINDOW_H */
