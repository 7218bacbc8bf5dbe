/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What must hold of a boot_info, told in the plainest way: every edge of every
 * range is looked at, and each place must have the highest kind of all ranges
 * that cover it.
 */
#ifndef FUZZ_MODEL_H
#define FUZZ_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include <plat/boot.h>

#define MODEL_RANGES	1024

struct model_range {
	uint64_t start;
	uint64_t size;
	enum memory_kind kind;
};

struct model {
	struct model_range claim[32];	/* image, holes, modules */
	unsigned int claims;
	struct model_range tell[MODEL_RANGES];
	unsigned int told;
	unsigned int modules;
	size_t cmdline_len;
	uint8_t lied;			/* not 0: put_lies() was at work */
};

/** What the platform claims for itself, whatever it is told. */
void model_claims(struct model *m, uint64_t image, uint64_t image_end);

/** A module, as the loader tells it. */
void model_module(struct model *m, uint64_t start, uint64_t size);

/** An entry of the memory map, as the loader tells it. */
void model_tell(struct model *m, uint64_t start, uint64_t size,
		enum memory_kind kind);

/** Ends the fuzzer's run with a fault if the boot_info is not as it must be. */
void model_check(const struct model *m, const struct boot_info *bi);

/** The same for RAM from `end` on: one line tells that it is lost. */
void model_check_lost(const struct memory_map *map, uint64_t end,
		      unsigned int lines);

/** The same for the place that memory_map_find_hole() found. */
void model_check_hole(const struct memory_map *map, uint64_t at, uint64_t size);

/** The same for the RAM that memory_map_take() took out of a map. */
void model_check_taken(const struct memory_map *before,
		       const struct memory_map *after, uint64_t at,
		       uint64_t size, uint64_t below);

#endif /* FUZZ_MODEL_H */
