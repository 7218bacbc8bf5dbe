/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text goes to the first of the machine's consoles, input comes from it.
 */
#include <string.h>

#include <uk/plat/console.h>

#include <plat/console.h>

static int console_out(const char *text, unsigned int len)
{
	if (!len)	/* the text ends itself */
		len = (unsigned int)strlen(text);
	console_write(text, len);
	return (int)len;
}

int ukplat_coutk(const char *text, unsigned int len)
{
	return console_out(text, len);
}

int ukplat_coutd(const char *text, unsigned int len)
{
	return console_out(text, len);
}

int ukplat_cink(char *text, unsigned int len)
{
	return (int)console_read(text, len);
}
