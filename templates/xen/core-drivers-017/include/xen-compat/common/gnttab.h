/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Grants under the names that Unikraft's drivers use.
 */
#ifndef XEN_COMPAT_GNTTAB_H
#define XEN_COMPAT_GNTTAB_H

#include <stdint.h>

#include <xen/grant_table.h>

/* Never given out: the first references are reserved. */
#define GRANT_INVALID_REF	0

/** Lets a domain use a frame. @return the reference, or GRANT_INVALID_REF */
grant_ref_t gnttab_grant_access(domid_t domid, unsigned long frame,
				int readonly);

/** Takes a grant back and gives another for it. @return 0 if it is in use */
int gnttab_update_grant(grant_ref_t ref, domid_t domid, unsigned long frame,
			int readonly);

/** Takes a grant back and frees its reference. @return 0 if it is in use */
int gnttab_end_access(grant_ref_t ref);

#endif /* XEN_COMPAT_GNTTAB_H */
