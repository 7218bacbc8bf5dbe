/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads the zero page.
 */
#include <plat/boot.h>
#include <plat/core.h>
#include <plat/linux_boot.h>

void linux64_start(uint64_t zero_page);

static uint64_t wide(uint32_t low, uint32_t high)
{
	return low | (uint64_t)high << 32;
}

void linux64_start(uint64_t zero_page)
{
	const struct linux_boot_params *params;
	const struct linux_e820_entry *e;
	struct boot_info *bi;
	uint64_t cmdline;
	unsigned int i;

	bi = boot_begin("Linux 64-bit");
	params = boot_item(bi, zero_page, sizeof(*params), "zero page");
	if (params->header != LINUX_BOOT_MAGIC)
		core_crash("Linux 64-bit: no zero page at 0x%lx: header is 0x%x, not 0x%x",
			   (unsigned long)zero_page, params->header,
			   LINUX_BOOT_MAGIC);
	if (!params->e820_entries || params->e820_entries > LINUX_BOOT_E820_MAX)
		core_crash("Linux 64-bit: memory map of %u entries",
			   params->e820_entries);
	boot_add_module(bi,
			wide(params->ramdisk_image, params->ext_ramdisk_image),
			wide(params->ramdisk_size, params->ext_ramdisk_size));
	cmdline = wide(params->cmd_line_ptr, params->ext_cmd_line_ptr);
	if (cmdline)
		boot_set_cmdline(bi, boot_item(bi, cmdline, BOOT_CMDLINE_SIZE,
					       "command line"));
	bi->rsdp = params->acpi_rsdp_addr;
	for (i = 0; i < params->e820_entries; i++) {
		e = &params->e820_table[i];
		memory_map_add(&bi->map, e->addr, e->size,
			       memory_kind_of_e820(e->type));
	}
	boot_finish(bi);
}
