/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/cmos/cmos.c. DO NOT EDIT. */
/*
 * Source: Motorola MC146818A data sheet. The clock is read until two readings
 * agree, which needs no waiting for its update cycle.
 */
#include <plat/clock.h>
#include <plat/x86.h>

#define CMOS_INDEX	0x70
#define CMOS_DATA	0x71
#define REG_B		0x0b
#define B_24_HOURS	0x02
#define B_BINARY	0x04
#define TRIES		100

enum { SEC, MIN, HOUR, DAY, MONTH, YEAR, FIELDS };

static uint8_t cmos_get(uint8_t reg)
{
	outb(CMOS_INDEX, reg);
	return inb(CMOS_DATA);
}

static void read_fields(uint8_t f[FIELDS])
{
	static const uint8_t regs[FIELDS] = { 0, 2, 4, 7, 8, 9 };
	unsigned int i;

	for (i = 0; i < FIELDS; i++)
		f[i] = cmos_get(regs[i]);
}

static bool same_fields(const uint8_t a[FIELDS], const uint8_t b[FIELDS])
{
	unsigned int i;

	for (i = 0; i < FIELDS; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

/* Days since 1970-01-01 in the Gregorian calendar; March is month 0 here, so
 * that the leap day is the last of a year.
 */
static uint64_t days_since_1970(unsigned int year, unsigned int month,
				unsigned int day)
{
	unsigned int m = (month + 9) % 12;
	unsigned int y = year - (month <= 2);

	return 365UL * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 +
	       day - 1 - 719468;
}

static bool cmos_read(uint64_t *nsec)
{
	uint8_t f[FIELDS], again[FIELDS], mode = cmos_get(REG_B);
	unsigned int i, tries = TRIES;
	bool pm;

	read_fields(f);
	for (; tries; tries--) {
		read_fields(again);
		if (same_fields(f, again))
			break;
		for (i = 0; i < FIELDS; i++)
			f[i] = again[i];
	}
	pm = !(mode & B_24_HOURS) && (f[HOUR] & 0x80);
	f[HOUR] &= 0x7f;
	if (!(mode & B_BINARY))
		for (i = 0; i < FIELDS; i++)
			f[i] = (uint8_t)((f[i] >> 4) * 10 + (f[i] & 15));
	if (!(mode & B_24_HOURS))
		f[HOUR] = (uint8_t)(f[HOUR] % 12 + (pm ? 12 : 0));
	/* Ports without a device read as ones. */
	if (!tries || f[SEC] > 59 || f[MIN] > 59 || f[HOUR] > 23 ||
	    f[DAY] < 1 || f[DAY] > 31 || f[MONTH] < 1 || f[MONTH] > 12)
		return false;
	*nsec = (((days_since_1970(2000 + f[YEAR], f[MONTH], f[DAY]) * 24 +
		   f[HOUR]) * 60 + f[MIN]) * 60 + f[SEC]) * NSEC_PER_SEC;
	return true;
}

const struct wall_clock cmos = {
	.name = "CMOS",
	.read = cmos_read,
};
