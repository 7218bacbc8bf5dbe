/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A register of configuration space takes two accesses by ports, and memory is
 * mapped for one bus at a time. Each CPU has a function of its own, whose line
 * register it writes and reads back, and a bus of its own, of which it knows what
 * answers: any mixture of two CPUs' accesses shows as a value that is not theirs.
 *
 * number: 34
 * on: nowhere
 * because: the devices are on other machines
 * with: argument=50000 vcpus=2 on="qemu-pc qemu-q35" device=virtio-rng-pci device=virtio-rng-pci
 * with: argument=50000,memory vcpus=2 on=qemu-microvm machine=acpi=on,pcie=on device=virtio-rng-pci device=virtio-rng-pci
 */
#include <bare/check.h>

#if __has_include(<plat/pci.h>)
#include <plat/cpus.h>
#include <plat/pci.h>
#include <plat/smp.h>

#include "number.h"
#include "patience.h"

#define CPUS		2
#define VIRTIO_VENDOR	0x1af4
#define LINE		0xffU

static struct pci_function own[CPUS];
static uint32_t ids[CPUS], answers[CPUS];
static unsigned int found, begun, ended;
static unsigned long rounds, wrong[CPUS];

static bool take(const struct pci_function *f, void *arg)
{
	(void)arg;
	if ((pci_read(f, PCI_ID) & 0xffff) == VIRTIO_VENDOR)
		own[found++] = *f;
	return found < CPUS;
}

static struct pci_function on_bus(unsigned int cpu)
{
	return (struct pci_function){ own[cpu].host, (uint8_t)cpu, 0, 0 };
}

static void hammer(void *arg)
{
	const unsigned int cpu = *(const unsigned int *)arg;
	const struct pci_function *const f = &own[cpu], other = on_bus(cpu);
	const uint32_t rest = pci_read(f, PCI_INTERRUPT) & ~LINE;
	unsigned long i;
	uint32_t value;

	__atomic_add_fetch(&begun, 1, __ATOMIC_RELEASE);
	while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < CPUS)
		__builtin_ia32_pause();
	for (i = 0; i < rounds; i++) {
		/* In no order that both have in common */
		value = rest | ((uint32_t)(i * (2 * cpu + 3)) & LINE);
		pci_write(f, PCI_INTERRUPT, value);
		wrong[cpu] += pci_read(&other, PCI_ID) != answers[cpu];
		wrong[cpu] += pci_read(f, PCI_ID) != ids[cpu];
		wrong[cpu] += pci_read(f, PCI_INTERRUPT) != value;
	}
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
}

static enum check_result run(const char *arg)
{
	static unsigned int numbers[CPUS];
	struct pci_function other;
	uint64_t end;
	unsigned int i;

	rounds = number(arg);
	pci_walk(take, NULL);
	if (found < CPUS)
		return check_fail("%u functions instead of %u", found, CPUS);
	if (!cpus_running(1))
		return check_fail("the second CPU does not run");
	for (i = 0; i < CPUS; i++) {
		numbers[i] = i;
		other = on_bus(i);
		answers[i] = pci_read(&other, PCI_ID);
		ids[i] = pci_read(&own[i], PCI_ID);
	}
	if (answers[0] == answers[1])
		return check_fail("both buses answer 0x%x", answers[0]);
	if (!call_surely(smp_run, 1, hammer, &numbers[1]))
		return check_fail("the second CPU is deaf");
	hammer(&numbers[0]);
	end = clock_monotonic() + PATIENCE;
	while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < CPUS)
		if (clock_monotonic() > end)
			return check_fail("the second CPU does not end");
	if (wrong[0] || wrong[1])
		return check_fail("%lu and %lu of %lu values are wrong",
				  wrong[0], wrong[1], 3 * rounds);
	return CHECK_PASS;
}
#else
static enum check_result run(const char *arg)
{
	(void)arg;
	return check_skip("this platform has no PCI");
}
#endif

CHECK(pci_cpus, "two CPUs reach registers of PCI at the same time")
{
	return run(arg);
}
