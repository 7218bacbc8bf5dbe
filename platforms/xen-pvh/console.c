/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console.h>
#include <plat/core.h>
#include <plat/x86.h>

#define MAX_CONSOLES	8

static bool present[MAX_CONSOLES];
static bool everywhere;

/* The CPU that writes, by its number + 1 */
static unsigned int writer;

/*
 * Waiting ends within a second, by TSCs of any rate: whoever has the consoles may
 * have come to harm. The one that has waited takes them, the next need not wait.
 */
#define PATIENCE_TICKS	(1UL << 30)

void console_init(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (!present[i])
			present[i] = machine_consoles[i]->init();
}

static void write_to(const struct console *con, const char *text, size_t len)
{
	while (len--) {
		if (*text == '\n')
			con->putc('\r');
		con->putc(*text++);
	}
	if (con->flush)
		con->flush();
}

/* The console in use, or NULL */
static const struct console *first(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (present[i])
			return machine_consoles[i];
	return NULL;
}

/* One text at a time; a CPU interrupts only itself. */
static bool lock(void)
{
	const unsigned int me = core_cpu() + 1;
	const uint64_t begin = rdtsc();
	unsigned int other = 0;

	if (__atomic_load_n(&writer, __ATOMIC_RELAXED) == me)
		return false;
	while (!__atomic_compare_exchange_n(&writer, &other, me, false,
					    __ATOMIC_ACQUIRE,
					    __ATOMIC_RELAXED)) {
		if (rdtsc() - begin > PATIENCE_TICKS) {
			__atomic_store_n(&writer, me, __ATOMIC_RELAXED);
			break;
		}
		other = 0;
		__builtin_ia32_pause();
	}
	return true;
}

void console_write(const char *text, size_t len)
{
	const bool locked = lock();
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++) {
		if (!present[i])
			continue;
		write_to(machine_consoles[i], text, len);
		if (!everywhere)
			break;
	}
	if (locked)
		__atomic_store_n(&writer, 0, __ATOMIC_RELEASE);
}

void console_everywhere(void)
{
	everywhere = true;
}

const struct console *console_special(void)
{
	return first() && !first()->standard ? first() : NULL;
}

size_t console_read(char *text, size_t len)
{
	const struct console *con = first();
	size_t got = 0;
	int c;

	if (!con || !con->getc)
		return 0;
	while (got < len && (c = con->getc()) >= 0)
		text[got++] = (char)c;
	return got;
}
