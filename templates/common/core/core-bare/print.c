/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>
#include <stdint.h>

#include <bare/print.h>
#include <plat/console.h>

struct output {
	char *buf;
	size_t size;
	size_t len;
};

static void put_char(struct output *out, char c)
{
	if (out->len + 1 < out->size)
		out->buf[out->len] = c;
	out->len++;
}

static void put_padded(struct output *out, const char *text, size_t len,
		       size_t width, bool left, char pad)
{
	size_t fill = width > len ? width - len : 0;

	if (!left)
		while (fill) {
			put_char(out, pad);
			fill--;
		}
	while (len--)
		put_char(out, *text++);
	while (fill--)
		put_char(out, ' ');
}

static void put_number(struct output *out, uint64_t value, bool negative,
		       unsigned int base, size_t width, bool left, bool zero)
{
	char digits[24];
	size_t n = sizeof(digits);

	do {
		digits[--n] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	if (negative && zero) {
		put_char(out, '-');
		width -= width > 0;
	} else if (negative) {
		digits[--n] = '-';
	}
	put_padded(out, &digits[n], sizeof(digits) - n, width, left,
		   zero && !left ? '0' : ' ');
}

static const char *put_directive(struct output *out, const char *p,
				 va_list *args)
{
	bool left = false, zero = false;
	unsigned int longs = 0;
	size_t width = 0, len;
	const char *s;
	int64_t d;
	char c;

	for (; *p == '-' || *p == '0'; p++) {
		left |= *p == '-';
		zero |= *p == '0';
	}
	for (; *p >= '0' && *p <= '9'; p++)
		width = width * 10 + (size_t)(*p - '0');
	for (; *p == 'l' || *p == 'z'; p++)
		longs++;

	switch (*p) {
	case 'c':
		c = (char)va_arg(*args, int);
		put_padded(out, &c, 1, width, left, ' ');
		break;
	case 's':
		s = va_arg(*args, const char *);
		if (!s)
			s = "(null)";
		for (len = 0; s[len]; len++)
			;
		put_padded(out, s, len, width, left, ' ');
		break;
	case 'd':
	case 'i':
		d = longs ? va_arg(*args, int64_t) : va_arg(*args, int);
		put_number(out, d < 0 ? -(uint64_t)d : (uint64_t)d, d < 0, 10,
			   width, left, zero);
		break;
	case 'u':
	case 'x':
		put_number(out, longs ? va_arg(*args, uint64_t)
				      : va_arg(*args, unsigned int),
			   false, *p == 'x' ? 16 : 10, width, left, zero);
		break;
	case 'p':
		put_char(out, '0');
		put_char(out, 'x');
		put_number(out, (uintptr_t)va_arg(*args, void *), false, 16,
			   width, left, zero);
		break;
	case '\0':
		return p;
	default:
		put_char(out, *p);
	}
	return p + 1;
}

int format_text(char *buf, size_t size, const char *fmt, va_list args)
{
	struct output out = { buf, size, 0 };
	va_list ap;

	va_copy(ap, args);
	while (*fmt) {
		if (*fmt == '%')
			fmt = put_directive(&out, fmt + 1, &ap);
		else
			put_char(&out, *fmt++);
	}
	va_end(ap);
	if (size)
		buf[out.len < size ? out.len : size - 1] = '\0';
	return (int)out.len;
}

void print_line(const char *fmt, ...)
{
	char line[1002];
	va_list args;
	size_t len;

	va_start(args, fmt);
	len = (size_t)format_text(line, sizeof(line) - 1, fmt, args);
	va_end(args);
	if (len > sizeof(line) - 2)
		len = sizeof(line) - 2;
	line[len++] = '\n';
	console_write(line, len);
}
