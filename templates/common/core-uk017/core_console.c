/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All text goes to all consoles of the machine; there is no input.
 */
#include <string.h>

#include <uk/plat/console.h>

#include <plat/console.h>

static int out(const char *text, unsigned int len)
{
	if (!len)	/* the text ends itself */
		len = (unsigned int)strlen(text);
	console_write(text, len);
	return (int)len;
}

int ukplat_coutk(const char *text, unsigned int len)
{
	return out(text, len);
}

int ukplat_coutd(const char *text, unsigned int len)
{
	return out(text, len);
}

int ukplat_cink(char *text __unused, unsigned int len __unused)
{
	return 0;
}
