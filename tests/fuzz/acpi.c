/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ACPI's tables and all who read them (power off, reset, HPET, PM timer), built
 * for the host and fed by libFuzzer. Tables lie at odd addresses, one of them
 * ends where memory does, page 0 cannot be touched. What honest tables say must
 * happen; whatever others say, all looking ends, and nothing is read or written
 * where no table said that something is.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>

/* As one unit, so that each run can begin with fresh data */
#include <pc/acpi/acpi.c>
#include <pc/acpi-registers/acpi_registers.c>
#include <pc/acpi-power/acpi_power.c>
#include <pc/hpet/hpet.c>
#include <pc/pm-timer/pm_timer.c>

#define RSDP_AT		0x200001UL
#define SLOT		0x300000UL	/* + one table's number in MiB */
#define HPET_AT		0xfed00000UL
#define REGISTER_AT	0x800000UL
#define MOST_SECONDS	2

enum { ROOT, FADT, DSDT, HPET, TABLES };

uint64_t boot_rsdp;

static uint8_t *memory;
static uint64_t at[TABLES];
static struct { uint16_t port, value; } out;
static unsigned int outs, errors;
static uint64_t told_hz;
static const char *names[] = { "XSDT", "FACP", "DSDT", "HPET" };

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

struct input {
	const uint8_t *at;
	size_t left;
};

static uint64_t take(struct input *in, size_t size)
{
	uint64_t value = 0;

	if (size > in->left)
		size = in->left;
	memcpy(&value, in->at, size);
	in->at += size;
	in->left -= size;
	return value;
}

uint64_t rdtsc(void)
{
	static uint64_t ticks;

	return ticks += HOST_ACTS_TICKS / 4;
}

uint32_t inl(uint16_t from)
{
	must(from, "a port is read that was told");
	return 7;
}

void outw(uint16_t to, uint16_t v)
{
	out.port = to;
	out.value = v;
	outs++;
}

void outb(uint16_t to, uint8_t v)
{
	outw(to, v);
}

void core_error(const char *fmt, ...)
{
	must(fmt[0], "a message says something");
	errors++;
}

void *core_phys(uint64_t paddr)
{
	return memory + paddr;
}

uint64_t tsc_measure(const struct tsc_reference *ref)
{
	(void)ref->read();
	return told_hz = ref->hz;
}

static void sum_up(uint64_t table, uint32_t length)
{
	uint8_t *p = memory + table, sum = 0;
	uint32_t i;

	p[9] = 0;
	for (i = 0; i < length; i++)
		sum = (uint8_t)(sum + p[i]);
	p[9] = (uint8_t)-sum;
}

static void put_table(unsigned int which, const void *content, uint32_t length)
{
	uint8_t *p = memory + at[which];

	memcpy(p, content, length);
	memcpy(p, names[which], 4);
	memcpy(p + 4, &length, 4);
	sum_up(at[which], length);
}

static void put_rsdp(uint8_t revision)
{
	struct rsdp *r = (void *)(memory + RSDP_AT);
	uint8_t sum = 0;
	unsigned int i;

	memset(r, 0, sizeof(*r));
	memcpy(r->signature, "RSD PTR ", 8);
	r->revision = revision;
	r->rsdt = (uint32_t)at[ROOT];
	r->length = sizeof(*r);
	r->xsdt = at[ROOT];
	for (i = 0; i < RSDP_V1_SIZE; i++)
		sum = (uint8_t)(sum + ((uint8_t *)r)[i]);
	r->checksum = (uint8_t)-sum;
}

/* Byte code without the name, but for one package where the caller wants it */
static int put_dsdt(struct input *in, uint8_t *p, uint32_t length, uint8_t how)
{
	const uint8_t further = how >> 6, type = how & 7;
	uint8_t package[16] = { '_', 'S', '5', '_', AML_PACKAGE };
	uint32_t i, size = 7U + further, start;

	package[5] = (uint8_t)(further << 6);
	if (type > 1 || (how & 8))
		package[size++] = AML_BYTE;
	package[size++] = type;
	for (i = 36; i < length; i++) {
		p[i] = (uint8_t)take(in, 1);
		if (p[i] == '_' && !(how & 16))
			p[i] = 'x';
	}
	if ((how & 32) || length < 36 + size)
		return -1;
	start = length - size - (uint32_t)take(in, 1) % (length - 35 - size);
	memcpy(p + start, package, size);
	return type;
}

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

static void too_late(int signal)
{
	(void)signal;
	must(false, "work as a whole has an end");
}

/* Of the processor's time; no time at all ends the limit. */
static void limit_work(int seconds)
{
	const struct itimerval t = { .it_value.tv_sec = seconds };

	signal(SIGVTALRM, too_late);
	setitimer(ITIMER_VIRTUAL, &t, NULL);
}

/* Roots that would keep a guest busy for minutes */
static void check_endless_roots(void)
{
	const uint32_t length = 0x100000 - 4, entries = (length - 36) / 8;
	static uint8_t table[0x300000];
	struct acpi_fadt f = { .flags = 1 };
	uint32_t i;

	limit_work(MOST_SECONDS);
	for (i = 0; i < entries; i++)
		memcpy(table + 36 + 8 * i, &at[i + 1 < entries ? ROOT : FADT], 8);
	put_rsdp(2);
	put_table(ROOT, table, length);
	put_table(FADT, &f, sizeof(f));
	must(acpi_copy("FACP", &f, sizeof(f)) && f.flags == 1,
	     "a table behind a root that names itself is found");
	for (i = 0; i + 1 < entries; i++)
		memcpy(table + 36 + 8 * i, &at[DSDT], 8);
	put_table(ROOT, table, length);
	memset(table, 1, sizeof(table));
	put_table(DSDT, table, sizeof(table));
	memcpy(memory + at[DSDT], "FACP", 4);
	must(!acpi_copy("FACP", &f, sizeof(f)), "no wrong checksum is believed");
	must(errors == 1, "a line says that not all was looked at");
	limit_work(0);
}

/* The sum over no bytes at all is right. */
static void check_short_tables(void)
{
	static const uint8_t table[sizeof(struct acpi_header)];
	uint32_t length;

	for (length = 12; length < sizeof(table); length++) {
		put_table(FADT, table, length);
		must(!acpi_table(at[FADT], "FACP"), "a header is whole");
	}
}

/* Byte code that ends within the package, where memory does: there is no type */
static void check_cut_packages(void)
{
	static const uint8_t package[] = {
		'_', 'S', '5', '_', AML_PACKAGE, 0xc0, 0, 0, 0, 4, AML_BYTE, 5,
	};
	static uint8_t table[sizeof(struct acpi_header) + sizeof(package)];
	uint32_t cut, length;

	memcpy(table + sizeof(struct acpi_header), package, sizeof(package));
	for (cut = 0; cut <= sizeof(package); cut++) {
		length = (uint32_t)sizeof(table) - cut;
		at[DSDT] = ACPI_REACH_END - length;
		put_table(DSDT, table, length);
		must(soft_off_type(core_phys(at[DSDT])) == (cut ? -1 : 5),
		     "only a whole package has a type");
	}
}

static void check_reach(void)
{
	static const uint64_t nowhere[] = {
		0, 0xfff, ACPI_REACH_END - 0x3ff, ACPI_REACH_END,
		1UL << 40, -8UL, 0x100000, 0x14fc00, HPET_AT + 4,
	};
	struct acpi_address reg = { .address = HPET_AT };
	unsigned int i;

	must(acpi_registers(&reg, HPET_SIZE), "the HPET is within reach");
	for (i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
		reg.address = nowhere[i];
		must(!acpi_registers(&reg, HPET_SIZE),
		     "no register is out of reach, askew or in the image");
		must(!acpi_table(nowhere[i], "FACP"), "nor is a table");
	}
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

/* A field or a byte that lies: what must hold then, must hold in any case */
static void put_lies(struct input *in, const uint32_t lengths[])
{
	unsigned int which;
	uint64_t where;

	while (in->left) {
		which = (unsigned int)take(in, 1);
		if (which & 0x80) {
			memory[RSDP_AT + which % sizeof(struct rsdp)] =
				(uint8_t)take(in, 1);
			continue;
		}
		where = at[which % TABLES];
		memory[where + take(in, 2) % lengths[which % TABLES]] =
			(uint8_t)take(in, 1);
		if (which & 0x40)
			sum_up(where, lengths[which % TABLES]);
	}
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
	for (i = FADT; i < TABLES; i++)
		memcpy(table + 36 + (i - 1) * width, &at[i], width);
	put_table(ROOT, table, lengths[ROOT]);

	memset(&f, 0, sizeof(f));
	for (i = 36; i < 256; i++)
		((uint8_t *)&f)[i] = (uint8_t)take(&in, 1);
	f.dsdt = (uint32_t)at[DSDT];
	f.x_dsdt = f.reset_value & 1 ? at[DSDT] : 0;
	f.reset.space %= 3;
	f.sleep_control.space %= 3;
	if (f.reset.space == ACPI_SPACE_MEMORY)
		f.reset.address = REGISTER_AT;
	if (f.sleep_control.space == ACPI_SPACE_MEMORY)
		f.sleep_control.address = REGISTER_AT;
	memset((uint8_t *)&f + (lengths[FADT] < sizeof(f) ? lengths[FADT]
							  : sizeof(f)), 0,
	       lengths[FADT] < sizeof(f) ? sizeof(f) - lengths[FADT] : 0);
	memcpy(table, &f, sizeof(f));
	put_table(FADT, table, lengths[FADT]);
	memcpy(&f, memory + at[FADT],
	       lengths[FADT] < sizeof(f) ? lengths[FADT] : sizeof(f));

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
