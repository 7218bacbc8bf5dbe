/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Xen's log is for the host's owner: what a guest says goes there when it
 * crashes, not because something harmless had to be said.
 *
 * number: 14
 * on: qemu-* xl
 * because: an initial domain has no console but Xen's log
 * says: a notice, and no more
 * says: for one console only
 * judge: quiet
 */
#include <bare/check.h>
#include <plat/core.h>

CHECK(notice, "a notice does not send all that follows to every console")
{
	core_error("a notice, and no more");
	print_line("for one console only");
	return CHECK_PASS;
}
