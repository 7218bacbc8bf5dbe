/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host's words come first, then letters up to the length in the argument.
 *
 * number: 3
 * with: words='"two words"' says="word \\d+: \\[two words\\]"
 * with: words="'a \"b\" c' d=\"e  f\" # %s" judge=cmdline
 * with: argument=4096 length=4096
 * with: argument=8191 length=8191
 */
#include <bare/check.h>

CHECK(cmdline, "the command line arrives whole, up to 8191 bytes")
{
	unsigned long want = 0;
	size_t i = bi->cmdline_len;

	while (*arg >= '0' && *arg <= '9')
		want = want * 10 + (unsigned long)(*arg++ - '0');
	if (bi->cmdline[i])
		return check_fail("the command line is not ended by 0");
	if (!want)
		return CHECK_PASS;
	if (i < want)
		return check_fail("%lu bytes came", (unsigned long)i);
	/* The tail is the alphabet over and over, its last letter is 'z'. */
	for (want = 0; i-- > 64; want++)
		if (bi->cmdline[i] != (char)('z' - want % 26))
			return check_fail("byte %lu is wrong",
					  (unsigned long)i);
	return CHECK_PASS;
}
