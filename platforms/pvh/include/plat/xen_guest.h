/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/shared-info/include/plat/xen_guest.h. DO NOT EDIT. */
#ifndef PLAT_XEN_GUEST_H
#define PLAT_XEN_GUEST_H

#include <stdbool.h>

/** Whether this is a guest of Xen: the image may run elsewhere, too. */
bool is_xen_guest(void);

#endif /* PLAT_XEN_GUEST_H */
