/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/aml/include/plat/aml.h. DO NOT EDIT. */
/*
 * ACPI's byte code as text: devices, names, numbers, packages and buffers that
 * stand in it as they are. What a method would have to compute is not read.
 * Lengths are limits here, never steps out of the code. Source: ACPI
 * specification 6.5, 20.2 (encoding).
 */
#ifndef PLAT_AML_H
#define PLAT_AML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AML_ZERO	0x00
#define AML_ONE		0x01
#define AML_NAME	0x08
#define AML_BYTE	0x0a
#define AML_WORD	0x0b
#define AML_DWORD	0x0c
#define AML_QWORD	0x0e
#define AML_SCOPE	0x10
#define AML_BUFFER	0x11
#define AML_PACKAGE	0x12
#define AML_VAR_PACKAGE	0x13
#define AML_METHOD	0x14
#define AML_EXTENDED	0x5b
#define AML_DEVICE	0x82	/* behind AML_EXTENDED */
#define AML_RETURN	0xa4

#define AML_SEGMENT	4	/* letters of a name */

/* What is left of a stretch of code */
struct aml {
	const uint8_t *at;
	size_t left;
};

/** The DSDT's code; nothing if there is none. The table is searched for once */
struct aml aml_dsdt(void);

bool aml_skip(struct aml *a, size_t count);

/** Whether these bytes come next. */
bool aml_is(const struct aml *a, const void *bytes, size_t count);

/** The number in the first `count` bytes, which are there; 8 at most. */
uint64_t aml_bytes(const struct aml *a, unsigned int count);

/** Reads an integer and steps over it. @return false if there is none */
bool aml_integer(struct aml *a, uint64_t *value);

/** Steps over a name, however long. @return its last segment, or NULL */
const uint8_t *aml_name(struct aml *a);

/**
 * Reads how long something is, and steps over all of it.
 * @return the rest of it; empty, and no step, if it is longer than the code
 */
struct aml aml_length(struct aml *a);

/**
 * Steps over a package.
 * @return its elements; none if it is no package
 */
struct aml aml_package(struct aml *a);

/** The contents of a buffer that begins here; nothing if none does. */
struct aml aml_buffer(struct aml a);

/** Where the next of these segments is, behind it; steps on to there. */
bool aml_find(struct aml *a, const char segment[AML_SEGMENT]);

/** The value that the first Name() of this segment has, as code. */
bool aml_value(struct aml a, const uint8_t segment[AML_SEGMENT],
	       struct aml *value);

/* A device, or a scope that adds to one */
struct aml_node {
	const uint8_t *name;	/* its last segment */
	struct aml body;
};

/** The next one, be it within the one before; steps into it. */
bool aml_next_node(struct aml *a, struct aml_node *node);

/** The innermost one that holds this place of the code. */
bool aml_owner(struct aml code, const uint8_t *place, struct aml_node *node);

/* An item of a list of resources: ACPI specification 6.5, 6.4 */
struct aml_resource {
	uint8_t tag;		/* without the length of a short one */
	struct aml body;
};

#define AML_IRQ			0x20
#define AML_MEMORY32_FIXED	0x86
#define AML_SPACE32		0x87
#define AML_INTERRUPT		0x89
#define AML_SPACE64		0x8a

/** Steps over the next item of a buffer's contents. */
bool aml_next_resource(struct aml *list, struct aml_resource *item);

/* One interrupt, as AML_INTERRUPT or AML_IRQ describes it */
struct aml_interrupt {
	uint32_t gsi;
	bool level;
	bool low;
};

/** @return false if the item is none, or names none */
bool aml_interrupt(const struct aml_resource *item,
		   struct aml_interrupt *interrupt);

#endif /* PLAT_AML_H */
