/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device is found, its registers are mapped, it reads and writes memory, and
 * the CPU sleeps until its interrupt comes: a message, or the line of PCI that
 * firmware has wired to the first free input of an interrupt controller.
 *
 * number: 34
 * on: nowhere
 * because: the device is on other machines, and no firmware of microvm wires lines of PCI
 * with: argument=msix on="qemu-pc qemu-q35" device=virtio-rng-pci,disable-legacy=on
 * with: argument=msix,port on=qemu-q35 device=pcie-root-port,id=rp,chassis=1 device=virtio-rng-pci,bus=rp
 * with: argument=msix,function on=qemu-pc device=virtio-rng-pci,addr=5.3 device=pci-testdev,addr=5.0,multifunction=on
 * with: argument=msix,unassigned on=qemu-microvm machine=acpi=on,pcie=on device=virtio-rng-pci,disable-legacy=on
 * with: argument=msix,high on=qemu-q35 device=virtio-rng-pci,disable-legacy=on device=pci-testdev,membar=8G says="registers at 0x[0-9a-f]{9}"
 * with: argument=msix,cpu on=qemu-microvm vcpus=4 machine=acpi=on,pcie=on device=virtio-rng-pci,disable-legacy=on
 * with: argument=intx on="qemu-pc qemu-q35" device=virtio-rng-pci,disable-legacy=on,vectors=0
 * with: argument=intx,acpi on=qemu-microvm machine=acpi=on,pcie=on device=virtio-rng-pci,disable-legacy=on,vectors=0,addr=6
 * with: argument=intx,bridges on=qemu-microvm machine=acpi=on,pcie=on device=pcie-root-port,id=rp,chassis=1,addr=2 device=pci-bridge,id=br,bus=rp,chassis_nr=2 device=virtio-rng-pci,bus=br,addr=3,vectors=0,disable-legacy=on
 * with: argument=msix,bridges on=qemu-microvm machine=acpi=on,pcie=on device=pcie-root-port,id=rp,chassis=1 device=virtio-rng-pci,bus=rp
 */
#include <bare/check.h>

#if __has_include(<plat/msix.h>)
#include <bare/string.h>
#include <plat/clock.h>
#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/lapic.h>
#include <plat/msix.h>
#include <plat/pci_irq.h>
#include <plat/timer.h>

#include "line.h"
#include "rng.h"

#define HAVE_MSIX	1
#define MESSAGE_IRQ	48	/* above the pins of every IOAPIC */
#define WANTED		3

static struct virtio_pci rng;
static volatile unsigned int came, elsewhere;
static unsigned int target;	/* the CPU that the device interrupts */

static void got_message(void)
{
	elsewhere += core_cpu() != target;
	came++;
	core_note_work();
	lapic_eoi();
}

static void got_line(void)
{
	came += *rng.isr & 1;	/* reading it silences the line */
	core_note_work();
	line_done();
}

/* An interrupt of another CPU wakes nobody here. */
static void wait(uint64_t until)
{
	if (target)
		__builtin_ia32_pause();
	else
		timer_block_until(until);
}

static const char *serve(void)
{
	uint64_t until;
	unsigned int i;

	for (i = 1; i <= WANTED; i++) {
		until = clock_monotonic() + NSEC_PER_SEC;
		rng_ask();
		while (came < i && clock_monotonic() < until)
			wait(until);
		if (rng_served() < i)
			return "the device did not serve a request";
		if (came < i)
			return "no interrupt came within a second";
	}
	if (elsewhere)
		return "an interrupt came to another CPU";
	return came == WANTED ? NULL : "more interrupts came than requests";
}

static const char *by_message(void)
{
	struct msix msix;
	const char *wrong;

	if (!msix_find(&rng.function, &msix))
		return "no MSI-X";
	core_irq_register(MESSAGE_IRQ, got_message);
	msix_set(&msix, 0, 32 + MESSAGE_IRQ, target);
	msix_unmask(&msix, 0);
	msix_enable(&msix);
	wrong = rng_start(&rng, 0);
	return wrong ? wrong : serve();
}

static const char *by_line(void)
{
	const int irq = pci_irq(&rng.function);
	const char *wrong;

	if (irq < 0)
		return "no interrupt is wired to it";
	print_line("  line %d", irq);
	wrong = rng_start(&rng, NO_VECTOR);
	if (wrong)
		return wrong;
	core_irq_register((unsigned int)irq, got_line);
	if (!line_open((unsigned int)irq))
		return "no controller has the line";
	return serve();
}

static const char *drive(const char *how)
{
	const char *wrong = rng_find(&rng);

	if (wrong)
		return wrong;
	print_line("  device %x:%x.%x, registers at 0x%lx", rng.function.bus,
		   rng.function.device, rng.function.function,
		   (unsigned long)rng.address);
	pci_enable(&rng.function, true);
	target = strcmp(how, "msix,cpu") ? 0 : cpus_count - 1;
	return how[0] == 'i' ? by_line() : by_message();
}
#else
#define HAVE_MSIX	0

static const char *drive(const char *how)
{
	return how;
}
#endif

CHECK(pci_irq, "a device on PCI is driven and interrupts")
{
	const char *wrong;

	if (!HAVE_MSIX)
		return check_skip("this platform has no MSI");
	wrong = drive(arg);
	return wrong ? check_fail("%s", wrong) : CHECK_PASS;
}
