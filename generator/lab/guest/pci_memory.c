/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registers below 4 GiB and plain memory of any size beside them: an NVMe
 * controller that nobody drives. All bridges on the way have to forward both.
 * Source: NVM Express base specification 1.4, 3.1.2 (VS), 4.7 (controller memory
 * buffer, which QEMU has at BAR 2).
 *
 * number: 34
 * on: nowhere
 * because: the device is where the check asks for it
 * with: argument=low on=qemu-microvm machine=acpi=on,pcie=on device=pcie-root-port,id=rp,chassis=1 device=nvme,bus=rp,serial=1,cmb_size_mb=2,legacy-cmb=on says="memory at 0x[cd][0-9a-f]{7}\n"
 * with: argument=high on=qemu-microvm machine=acpi=on,pcie=on device=pcie-root-port,id=rp,chassis=1 device=pci-bridge,id=br,bus=rp,chassis_nr=2 device=nvme,bus=br,addr=1,serial=1,cmb_size_mb=1024,legacy-cmb=on says="memory at 0x[0-9a-f]{10}\n"
 * with: argument=firmware on=qemu-q35 device=nvme,serial=1,cmb_size_mb=2048,legacy-cmb=on says="memory at 0x[0-9a-f]{9,10}\n"
 */
#include <bare/check.h>

#if __has_include(<plat/pci.h>)
#include <stddef.h>

#include <plat/pci.h>

#define CLASS_NVME	0x010802U	/* with the programming interface */
#define REGISTERS_BAR	0
#define REGISTERS_SIZE	0x1000
#define VERSION		0x08
#define OLDEST_VERSION	0x00010200U	/* the first one with such a buffer */
#define NEWEST_VERSION	0x0002ffffU
#define MEMORY_BAR	2
#define PIECE		0x1000U
#define PIECES		3
#define PATTERN(i)	(0x9e3779b9U * ((i) + 1))

static bool is_nvme(const struct pci_function *f, void *arg)
{
	if (pci_read(f, PCI_CLASS) >> 8 != CLASS_NVME)
		return true;
	*(struct pci_function *)arg = *f;
	return false;
}

static const char *try_registers(const struct pci_function *f)
{
	volatile uint32_t *const registers = pci_map(f, REGISTERS_BAR, 0,
						     REGISTERS_SIZE);
	uint32_t version;

	if (!registers)
		return "its registers are out of reach";
	version = registers[VERSION / 4];
	print_line("  version 0x%x", version);
	return version < OLDEST_VERSION || version > NEWEST_VERSION ?
	       "its registers do not answer" : NULL;
}

/* Pieces at the begin, in the middle and at the end, each with its own words */
static const char *try_memory(const struct pci_function *f,
			      const struct pci_bar *bar)
{
	const uint64_t offsets[PIECES] = {
		0, bar->size / 2, bar->size - PIECE,
	};
	volatile uint32_t *piece[PIECES];
	unsigned int i;

	for (i = 0; i < PIECES; i++) {
		piece[i] = pci_map(f, MEMORY_BAR, (uint32_t)offsets[i],
				   PIECE);
		if (!piece[i])
			return "its memory is out of reach";
		piece[i][0] = PATTERN(i);
		piece[i][PIECE / 4 - 1] = ~PATTERN(i);
	}
	for (i = 0; i < PIECES; i++)
		if (piece[i][0] != PATTERN(i) ||
		    piece[i][PIECE / 4 - 1] != ~PATTERN(i))
			return "its memory does not keep what is written";
	return NULL;
}

static enum check_result run(void)
{
	struct pci_function f = { .device = UINT8_MAX };
	struct pci_bar bar;
	const char *wrong;

	pci_walk(is_nvme, &f);
	if (f.device == UINT8_MAX)
		return check_fail("no device");
	pci_enable(&f, false);
	wrong = try_registers(&f);
	if (wrong)
		return check_fail("%s", wrong);
	if (!pci_bar(&f, MEMORY_BAR, &bar))
		return check_fail("no memory");
	print_line("  device %x:%x.%x, memory at 0x%lx", f.bus, f.device,
		   f.function, (unsigned long)bar.address);
	wrong = try_memory(&f, &bar);
	return wrong ? check_fail("%s", wrong) : CHECK_PASS;
}
#else
static enum check_result run(void)
{
	return check_skip("this platform has no PCI");
}
#endif

CHECK(pci_memory, "a device's registers and memory answer wherever they lie")
{
	return run();
}
