/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console/console.c. DO NOT EDIT. */
#include <stddef.h>

#include <plat/console.h>
#include <plat/core.h>
#include <plat/x86.h>

#define MAX_CONSOLES	8

/* How much of the last text other consoles get when the guest crashes */
#define TAIL_SIZE	2048

static bool present[MAX_CONSOLES];
static char last[MAX_CONSOLES];
static bool everywhere;
static char tail[TAIL_SIZE];
static size_t tail_end;

/* The CPU that writes, by its number + 1 */
static unsigned int writer;

/*
 * Waiting ends within a second, whatever the TSC's rate: the CPU that holds the
 * consoles may have crashed. The CPU that has waited takes them over, so that
 * the next one need not wait.
 */
#define PATIENCE_TICKS	(1UL << 30)

void console_init(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (!present[i])
			present[i] = machine_consoles[i]->init();
	/* If another console is the first now, the old one has this text. */
	tail_end = 0;
}

/* Unikraft may send the carriage return itself, even in an earlier text. */
static void console_putc(unsigned int i, char c)
{
	if (c == '\n' && last[i] != '\r')
		machine_consoles[i]->putc('\r');
	machine_consoles[i]->putc(c);
	last[i] = c;
}

static void console_flush(unsigned int i)
{
	if (machine_consoles[i]->flush)
		machine_consoles[i]->flush();
}

static void keep_tail(const char *text, size_t len)
{
	while (len--)
		tail[tail_end++ % TAIL_SIZE] = *text++;
}

/* The console in use, or NULL */
static const struct console *first_console(void)
{
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++)
		if (present[i])
			return machine_consoles[i];
	return NULL;
}

/*
 * One text at a time. If the lock is held (1) by this CPU, an interrupt or a
 * fault writes within a text, which must go on: no wait; (2) by a CPU that
 * writes, it is waited for; (3) by a CPU that never gives it back, this CPU
 * takes it over.
 */
static bool console_lock(void)
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

static void console_unlock(bool locked)
{
	if (locked)
		__atomic_store_n(&writer, 0, __ATOMIC_RELEASE);
}

void console_write(const char *text, size_t len)
{
	const bool locked = console_lock();
	unsigned int i;
	size_t at;

	if (!everywhere)
		keep_tail(text, len);
	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++) {
		if (!present[i])
			continue;
		for (at = 0; at < len; at++)
			console_putc(i, text[at]);
		console_flush(i);
		if (!everywhere)
			break;
	}
	console_unlock(locked);
}

/* The last text as whole lines: the first one may have lost its beginning. */
static void write_tail(unsigned int i)
{
	size_t at = tail_end > TAIL_SIZE ? tail_end - TAIL_SIZE : 0;

	if (at)
		while (at < tail_end && tail[at++ % TAIL_SIZE] != '\n')
			;
	while (at < tail_end)
		console_putc(i, tail[at++ % TAIL_SIZE]);
	console_flush(i);
}

void console_everywhere(void)
{
	const bool locked = console_lock();
	bool behind = false;
	unsigned int i;

	for (i = 0; machine_consoles[i] && i < MAX_CONSOLES; i++) {
		if (!present[i] || everywhere)
			continue;
		if (behind)
			write_tail(i);
		behind = true;
	}
	everywhere = true;
	console_unlock(locked);
}

const struct console *console_special(void)
{
	const struct console *con = first_console();

	return con && !con->standard ? con : NULL;
}

size_t console_read(char *text, size_t len)
{
	const struct console *con = first_console();
	size_t got = 0;
	int c;

	if (!con || !con->getc)
		return 0;
	while (got < len && (c = con->getc()) >= 0)
		text[got++] = (char)c;
	return got;
}
