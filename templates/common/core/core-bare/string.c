/* SPDX-License-Identifier: BSD-3-Clause */
#include <bare/string.h>

void *memcpy(void *dst, const void *src, size_t len)
{
	void *to = dst;

	__asm__ __volatile__("rep movsb" : "+D"(to), "+S"(src), "+c"(len)
			     : : "memory");
	return dst;
}

void *memmove(void *dst, const void *src, size_t len)
{
	char *to = dst;
	const char *from = src;

	if (to <= from || to >= from + len)
		return memcpy(dst, src, len);
	while (len--)
		to[len] = from[len];
	return dst;
}

void *memset(void *dst, int c, size_t len)
{
	void *to = dst;

	__asm__ __volatile__("rep stosb" : "+D"(to), "+c"(len) : "a"(c)
			     : "memory");
	return dst;
}

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;

	for (; len--; x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strlen(const char *s)
{
	size_t len = 0;

	while (s[len])
		len++;
	return len;
}

int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t len)
{
	for (; len && *a && *a == *b; a++, b++, len--)
		;
	return len ? (unsigned char)*a - (unsigned char)*b : 0;
}
