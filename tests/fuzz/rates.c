/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who tells the LAPIC timer's rate, and who the TSC's, built for the host with
 * CPUs and hypervisors that QEMU cannot be: each case is the leaves that they show.
 */
#include <stdio.h>
#include <stdlib.h>

#include <plat/x86.h>

#define CPUID1_ECX_HYPERVISOR	(1U << 31)

struct cpuid_regs {
	uint32_t eax, ebx, ecx, edx;
};

static struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf);
static uint64_t mul_div(uint64_t a, uint64_t b, uint64_t c);

#define MACHINE_LAPIC_TIMER_HZ	1000000000

#include <boot/hypervisor/hypervisor_cpuid.c>
#include <time/lapic-rate/lapic_rate.c>
#include <time/tsc-clock/tsc_frequency.c>

static struct {
	uint32_t max, hypervisor_max, bus_khz, crystal_hz;
} shown;

/* What the hypervisor's own layer knows */
static uint32_t own_hz;

uint32_t hypervisor_lapic_timer_hz(void)
{
	return own_hz;
}

static struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct cpuid_regs r = { 0, 0, 0, 0 };

	(void)subleaf;
	if (leaf == 0)
		r.eax = shown.max;
	else if (leaf == 1)
		r.ecx = shown.hypervisor_max ? 1U << 31 : 0;
	else if (leaf == 0x15)
		r.ecx = shown.crystal_hz;
	else if (leaf == 0x40000000)
		r.eax = shown.hypervisor_max;
	else if (leaf == 0x40000010)
		r.ebx = shown.bus_khz;
	return r;
}

static uint64_t mul_div(uint64_t a, uint64_t b, uint64_t c)
{
	return (uint64_t)((unsigned __int128)a * b / c);
}

uint64_t rdtsc(void)
{
	return 0;
}

static unsigned int errors;

void core_error(const char *fmt, ...)
{
	errors += fmt[0] != 0;
}

static void must(uint64_t got, uint64_t want, const char *what)
{
	if (got == want)
		return;
	fprintf(stderr, "does not hold: %s: %lu instead of %lu\n", what,
		(unsigned long)got, (unsigned long)want);
	exit(1);
}

static uint64_t rate(uint32_t max, uint32_t hypervisor_max, uint32_t bus_khz,
		     uint32_t crystal_hz)
{
	const char *source;

	shown.max = max;
	shown.hypervisor_max = hypervisor_max;
	shown.bus_khz = bus_khz;
	shown.crystal_hz = crystal_hz;
	return lapic_timer_hz(&source);
}

static uint64_t absurd(void)
{
	return 103000000000UL;
}

static uint64_t sound(void)
{
	return 2600000000UL;
}

static const struct tsc_frequency_source one = { "one", absurd };
static const struct tsc_frequency_source other = { "other", sound };
const struct tsc_frequency_source *const machine_tsc_frequencies[] = {
	&one, &other, NULL,
};

int main(void)
{
	const char *who;

	must(rate(0xd, 0, 0, 0), MACHINE_LAPIC_TIMER_HZ, "nobody tells");
	must(rate(0x16, 0, 7, 25000000), 25000000, "the crystal");
	own_hz = 100000000;
	must(rate(0x16, 0, 7, 25000000), own_hz, "the hypervisor's layer");
	must(rate(0xd, 0x40000010, 62500, 0), 62500000, "its leaf comes first");
	own_hz = 0;
	must(rate(0x14, 0, 0, 25000000), MACHINE_LAPIC_TIMER_HZ,
	     "a crystal beyond the last leaf");
	must(rate(0x16, 0x40000010, 1000000, 24000000), 1000000000,
	     "the hypervisor, not the host's crystal");
	must(rate(0x16, 0x40000010, 0, 24000000), 24000000,
	     "a hypervisor that does not tell");
	must(rate(0xd, 0x40000001, 200000, 0), MACHINE_LAPIC_TIMER_HZ,
	     "a rate beyond the hypervisor's last leaf");
	must(tsc_frequency(&who), 2600000000UL, "a TSC of 103 GHz is none");
	must(who == other.name && errors == 1, 1, "a line says so");
	return 0;
}
