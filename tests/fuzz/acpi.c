/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ACPI's tables and all who read them (power off, reset, HPET, PM timer), built
 * for the host and fed by libFuzzer. Tables lie at odd addresses, one of them
 * ends where memory does, page 0 cannot be touched. What honest tables say must
 * happen; whatever others say, all looking ends, and nothing is read or written
 * where no table said that something is.
 */
#include <sys/mman.h>

#include "acpi_limits.h"
#include "acpi_tables.h"

static void check_power(const struct acpi_fadt *f, int type, bool reboot)
{
	const struct acpi_address *reg = reboot ? &f->reset : &f->sleep_control;
	uint16_t value = reboot ? f->reset_value : (uint16_t)((unsigned int)type << 2 | 32);
	uint64_t to = reg->space == ACPI_SPACE_IO ? reg->address : 0;

	if (!reboot && !(f->flags & FADT_HW_REDUCED)) {
		to = f->pm1a_control;
		value = (uint16_t)((unsigned int)type << 10 | 1 << 13);
		reg = NULL;
	}
	if (reboot ? !(f->flags & FADT_RESET_SUPPORTED) : type < 0)
		to = 0;
	else if (reg && reg->space == ACPI_SPACE_MEMORY &&
		 reg->address == REGISTER_AT)
		must(memory[REGISTER_AT] == value, "the register is written");
	must(outs == (to && to <= UINT16_MAX), "what was told is written");
	if (outs)
		must(out.port == to && out.value == value,
		     "the right value goes to the right port");
}

static void check_found(const char *signature)
{
	const struct acpi_header *t = acpi_find(signature);

	if (!t)
		return;
	must(!memcmp(t->signature, signature, 4), "it is what was asked for");
	must(t->length >= sizeof(*t), "it is no shorter than any table");
	must(sum_is_zero(t, t->length), "its checksum is right");
}

static void read_all(const struct acpi_fadt *f, bool honest, int type,
		     uint64_t hz)
{
	struct acpi_fadt copy;
	bool there;

	memset(&copy, 0xee, sizeof(copy));
	there = acpi_copy("FACP", &copy, sizeof(copy));
	if (honest) {
		must(there, "the table is found");
		copy.header.checksum = f->header.checksum;
		must(!memcmp(&copy, f, sizeof(copy)),
		     "it is copied, zeros behind its end");
	}
	check_found("FACP");
	check_found("HPET");
	tsc_by_hpet.hz();
	must(!told_hz || told_hz >= FEMTOSECONDS / MAX_PERIOD,
	     "the HPET's rate is one");
	must(!honest || told_hz == hz, "it is the one that the HPET tells");
	tsc_by_pm_timer.hz();
	memory[REGISTER_AT] = 0xee;
	outs = 0;
	acpi_power.end(POWER_OFF);
	if (honest)
		check_power(f, type, false);
	outs = 0;
	acpi_power.end(POWER_REBOOT);
	if (honest)
		check_power(f, type, true);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	unsigned int i;

	(void)argc;
	(void)argv;
	memory = mmap(NULL, ACPI_REACH_END + 0x1000, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED ||
	    mprotect(memory + ACPI_REACH_END, 0x1000, PROT_NONE) ||
	    mprotect(memory, 0x1000, PROT_NONE))
		abort();
	boot_rsdp = RSDP_AT;
	for (i = 0; i < TABLES; i++)
		at[i] = 0x1000000 + i * SLOT + i;
	check_endless_roots();
	check_reach();
	check_short_tables();
	check_cut_packages();
	return 0;
}

/* Names the other tables by entries of this many bytes. */
static void put_root(unsigned int width)
{
	static uint8_t table[36 + 3 * 8];
	unsigned int i;

	for (i = FADT; i < TABLES; i++)
		memcpy(table + 36 + (i - 1) * width, &at[i], width);
	put_table(ROOT, table, 36 + 3 * width);
}

/* Leaves in `f` what a reader has to see: zeros behind the table's end. */
static void put_fadt(struct input *in, struct acpi_fadt *f, uint32_t length)
{
	static uint8_t table[0x1000];
	const size_t seen = length < sizeof(*f) ? length : sizeof(*f);
	unsigned int i;

	memset(f, 0, sizeof(*f));
	for (i = 36; i < 256; i++)
		((uint8_t *)f)[i] = (uint8_t)take(in, 1);
	f->dsdt = (uint32_t)at[DSDT];
	f->x_dsdt = f->reset_value & 1 ? at[DSDT] : 0;
	f->reset.space %= 3;
	f->sleep_control.space %= 3;
	if (f->reset.space == ACPI_SPACE_MEMORY)
		f->reset.address = REGISTER_AT;
	if (f->sleep_control.space == ACPI_SPACE_MEMORY)
		f->sleep_control.address = REGISTER_AT;
	memset((uint8_t *)f + seen, 0, sizeof(*f) - seen);
	memcpy(table, f, sizeof(*f));
	put_table(FADT, table, length);
	memcpy(f, memory + at[FADT], seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	static uint8_t table[0x1000];
	struct acpi_fadt f;
	struct acpi_address reg = { .address = HPET_AT };
	uint32_t lengths[TABLES];
	uint64_t period;
	bool honest;
	int type;
	unsigned int i, width, last = (unsigned int)take(&in, 1);

	work_left = MOST_WORK;
	work_told = false;
	errors = 0;
	told_hz = 0;
	width = last & 0x80 ? 4 : 8;
	honest = !(last & 0x40);
	names[ROOT] = width == 8 ? "XSDT" : "RSDT";
	lengths[ROOT] = 36 + 3 * width;
	lengths[FADT] = 116 + (uint32_t)take(&in, 1) % 180;
	lengths[DSDT] = 36 + (uint32_t)take(&in, 1);
	lengths[HPET] = 36 + (uint32_t)take(&in, 1) % 24;
	for (i = 0; i < TABLES; i++)
		at[i] = i == last % 8 ? ACPI_REACH_END - lengths[i]
				      : SLOT + (i << 20) + take(&in, 1);
	put_rsdp(width == 8 ? 2 : 0);
	put_root(width);
	put_fadt(&in, &f, lengths[FADT]);
	type = put_dsdt(&in, table, lengths[DSDT], (uint8_t)take(&in, 1));
	put_table(DSDT, table, lengths[DSDT]);
	reg.address += take(&in, 1) & 1 ? 4 : 0;
	memcpy(table + 40, &reg, sizeof(reg));
	put_table(HPET, table, lengths[HPET]);
	period = take(&in, 8) >> take(&in, 1) % 64;
	memcpy(memory + HPET_AT, &period, 8);
	if (!honest)
		put_lies(&in, lengths);
	period >>= 32;
	read_all(&f, honest, type,
		 reg.address == HPET_AT && lengths[HPET] >= 48 && period &&
		 period <= MAX_PERIOD ? FEMTOSECONDS / period : 0);
	must(!honest || !errors, "honest tables are no work");
	return 0;
}
