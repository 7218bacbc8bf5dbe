/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A check is a function that the command line calls by name:
 * `check=NAME` or `check=NAME:ARGUMENT`. Linking its file in is enough.
 */
#ifndef BARE_CHECK_H
#define BARE_CHECK_H

#include <stdbool.h>

#include <plat/boot.h>

enum check_result {
	CHECK_PASS,
	CHECK_FAIL,
	CHECK_SKIP,
};

struct check {
	const char *name;
	const char *what;	/* one line: what holds if it passes */
	/* `arg` is the text behind the colon, or "" */
	enum check_result (*run)(const struct boot_info *bi, const char *arg);
};

#define CHECK(id, text)							\
	static enum check_result check_##id(const struct boot_info *,	\
					    const char *);		\
	static const struct check check_entry_##id			\
	__attribute__((section(".checks"), used, aligned(8))) = {	\
		.name = #id,						\
		.what = text,						\
		.run = check_##id,					\
	};								\
	static enum check_result check_##id(				\
		const struct boot_info *bi __attribute__((unused)),	\
		const char *arg __attribute__((unused)))

/** A check's handler of exceptions: whether to go on behind this one. */
extern bool (*check_exception)(int number);

/** Says why a check failed or is skipped, and makes that its result. */
#define check_fail(...)	(print_line("  " __VA_ARGS__), CHECK_FAIL)
#define check_skip(...)	(print_line("  " __VA_ARGS__), CHECK_SKIP)

#include <bare/print.h>

#endif /* BARE_CHECK_H */
