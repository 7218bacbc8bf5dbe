/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host's words come first, then letters up to the length in the argument.
 *
 * number: 3
 * with: words='"two words"' says="word \\d+: \\[two words\\]"
 * with: words="'a \"b\" c' d=\"e  f\" # %s" judge=cmdline
 * with: argument=1023 length=1023
 * with: argument=4095 length=4095 on="qemu-* xl"
 * with: argument=8191 length=8191 on="qemu-microvm qemu-pc-multiboot xl"
 * because: the loader has less room: 1 KiB in Xen for dom0, 4 KiB in QEMU's ROM
 */
#include <bare/check.h>

#include "number.h"

CHECK(cmdline, "the command line arrives whole, up to 8191 bytes")
{
	const size_t want = number(arg);
	size_t i = bi->cmdline_len, letters = 0;

	if (bi->cmdline[i])
		return check_fail("the command line is not ended by 0");
	if (!want)
		return CHECK_PASS;
	if (i < want)
		return check_fail("%lu bytes came", (unsigned long)i);
	/* The tail is the alphabet over and over, its last letter is 'z'. */
	for (; i-- > 128; letters++)
		if (bi->cmdline[i] != (char)('z' - letters % 26))
			return check_fail("byte %lu is wrong",
					  (unsigned long)i);
	return CHECK_PASS;
}
