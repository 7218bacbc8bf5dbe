/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No emulator looks at the polarity that an IOAPIC was told. This check does: it
 * reads the entries of lines back, of some that no table names and of one that the
 * MADT or the MP table names, which nobody can change. No second device gets a
 * line that it drives otherwise. Source: Intel 82093AA (IOAPIC) data sheet, 3.2.4.
 *
 * number: 33
 * on: qemu-q35*
 * because: QEMU's tables of interrupts are the same in all its machines, Xen has no IOAPIC
 */
#include <bare/check.h>

#if __has_include(<plat/irq_lines.h>) && __has_include(<plat/ioapic_tables.h>)
#include <plat/device_irqs.h>
#include <plat/ioapic_registers.h>
#include <plat/ioapic_tables.h>
#include <plat/irq_lines.h>

#define IOAPIC_AT	0xfec00000U
#define ENTRY(gsi)	(0x10 + 2 * (gsi))
#define ENTRY_LOW	(1U << 13)
#define ENTRY_LEVEL	(1U << 15)
#define ENTRY_MASKED	(1U << 16)

#define FREE_LINES	20	/* each is wired once: then it is a device's */
#define ACPI_LINE	9	/* by an override: level, high */

static uint32_t entry_of(unsigned int line)
{
	return ioapic_get(IOAPIC_AT, ENTRY(ioapic_lines[line].gsi)) &
	       (ENTRY_LOW | ENTRY_LEVEL | ENTRY_MASKED);
}

static enum check_result wire(unsigned int line, unsigned int how,
			      uint32_t wanted)
{
	uint32_t entry;

	if (!irq_line_wire(line, how & 1, how & 2))
		return check_fail("no IOAPIC has line %u", line);
	device_irq_unmask(line);
	entry = entry_of(line);
	device_irq_mask(line);
	print_line("  line %u: entry 0x%x", line, entry);
	if (entry != wanted)
		return check_fail("line %u, asked for 0x%x", line, wanted);
	return CHECK_PASS;
}

static enum check_result run(void)
{
	enum check_result result = CHECK_PASS;
	unsigned int how;

	if (!ioapic_present())
		return check_skip("this machine has no IOAPIC");
	device_irqs_init();
	if (!ioapic_lines[ACPI_LINE].told)
		return check_fail("other tables than expected");
	for (how = 0; result == CHECK_PASS && how < 4; how++) {
		if (ioapic_lines[FREE_LINES + how].told)
			return check_fail("other tables than expected");
		result = wire(FREE_LINES + how, how,
			      (how & 1 ? ENTRY_LEVEL : 0) |
			      (how & 2 ? ENTRY_LOW : 0));
	}
	if (result == CHECK_PASS && irq_line_wire(FREE_LINES, true, true))
		return check_fail("a device's line was wired to another's");
	for (how = 0; result == CHECK_PASS && how < 4; how++)
		result = wire(ACPI_LINE, how, ENTRY_LEVEL);
	return result;
}
#else
static enum check_result run(void)
{
	return check_skip("this platform leaves devices to the core");
}
#endif

CHECK(irq_wire, "a line is as firmware says, level or edge, high or low")
{
	return run();
}
