/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The application of the bare core: says what it was given, runs the checks
 * that the command line names, ends the guest. Words of the command line:
 *
 *	check=NAME[:ARGUMENT]	run a check; `check=list` names them all
 *	end=off|reboot|crash	how to end; off if nothing is said
 */
#include <stdbool.h>

#include <bare/check.h>
#include <bare/string.h>
#include <bare/words.h>
#include <plat/clock.h>
#include <plat/power.h>
#include <plat/x86.h>

#define MAX_WORDS	512

void bare_main(const struct boot_info *bi, uint64_t tsc);

extern const struct check checks_start[], checks_end[];

static unsigned int passed, failed, skipped;

static bool has_prefix(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

static void show_memory(const struct boot_info *bi)
{
	static const char *const names[] = {
		[MEMORY_RAM] = "RAM", [MEMORY_SPARE] = "spare",
		[MEMORY_TAKEN] = "taken",
		[MEMORY_RESERVED] = "reserved",
		[MEMORY_TABLES] = "tables", [MEMORY_DEVICE] = "device",
		[MEMORY_MODULE] = "module", [MEMORY_IMAGE] = "image",
	};
	const struct memory_range *r = bi->map.range;
	unsigned long kib = 0;
	uint64_t mapped;
	unsigned int i;

	for (i = 0; i < bi->map.count; i++, r++) {
		print_line("memory: %012lx-%012lx %s", (unsigned long)r->start,
			   (unsigned long)r->end, names[r->kind]);
		if (r->kind != MEMORY_RAM)
			continue;
		mapped = r->end < bi->mapped_end ? r->end : bi->mapped_end;
		if (mapped < r->start)
			mapped = r->start;
		kib += (unsigned long)(mapped - r->start) >> 10;
	}
	print_line("memory: %lu KiB free RAM", kib);
}

static void show_modules(const struct boot_info *bi)
{
	const unsigned char *p, *end;
	uint64_t hash;
	unsigned int i;

	for (i = 0; i < bi->modules; i++) {
		/* FNV-1a, 64 bits */
		hash = 0xcbf29ce484222325UL;
		p = (const unsigned char *)bi->module[i].start;
		for (end = p + bi->module[i].size; p < end; p++)
			hash = (hash ^ *p) * 0x100000001b3UL;
		print_line("module: %lu bytes, hash %016lx",
			   (unsigned long)bi->module[i].size,
			   (unsigned long)hash);
	}
}

static void run_check(const struct boot_info *bi, char *word)
{
	static const char *const results[] = { "pass", "FAIL", "skip" };
	const struct check *c;
	enum check_result result;
	const char *arg = "";
	char *colon;

	for (colon = word; *colon && *colon != ':'; colon++)
		;
	if (*colon) {
		*colon = '\0';
		arg = colon + 1;
	}
	for (c = checks_start; c < checks_end; c++) {
		if (!strcmp(word, "list"))
			print_line("check: %s - %s", c->name, c->what);
		if (strcmp(word, c->name))
			continue;
		print_line("check %s: %s", c->name, c->what);
		result = c->run(bi, arg);
		print_line("check %s: %s", c->name, results[result]);
		passed += result == CHECK_PASS;
		failed += result == CHECK_FAIL;
		skipped += result == CHECK_SKIP;
		return;
	}
	if (strcmp(word, "list")) {
		print_line("check %s: FAIL: there is no such check", word);
		failed++;
	}
}

void bare_main(const struct boot_info *bi, uint64_t tsc)
{
	static char line[BOOT_CMDLINE_SIZE];
	static char *words[MAX_WORDS];
	enum power_end end = POWER_OFF;
	unsigned int count, i;
	const char *how;

	print_line("bare: main() at TSC %lu, booted by %s, clock %s",
		   (unsigned long)tsc, bi->protocol, clock_name());
	memcpy(line, bi->cmdline, bi->cmdline_len + 1);
	count = split_words(line, words, MAX_WORDS);
	print_line("cmdline: %lu bytes, %u words",
		   (unsigned long)bi->cmdline_len, count);
	for (i = 0; i < count; i++)
		print_line("word %u: [%s]", i, words[i]);
	show_memory(bi);
	show_modules(bi);

	for (i = 0; i < count; i++) {
		if (has_prefix(words[i], "check=")) {
			run_check(bi, words[i] + strlen("check="));
		} else if (has_prefix(words[i], "end=")) {
			how = words[i] + strlen("end=");
			if (!strcmp(how, "reboot"))
				end = POWER_REBOOT;
			else if (!strcmp(how, "crash"))
				end = POWER_CRASH;
		}
	}
	print_line("bare: %u checks passed, %u failed, %u skipped", passed,
		   failed, skipped);
	power_end(end);
}
