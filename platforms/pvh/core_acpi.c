/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/core_acpi.c. DO NOT EDIT. */
/*
 * Unikraft finds the ACPI tables by an EFI system table, or else in the BIOS
 * area. A PVH loader has their address in its boot block: it becomes the only
 * entry of a system table made here.
 */
#include <uk/efi.h>

#include <plat/core_uk.h>

void core_acpi_init(struct ukplat_bootinfo *ubi, uint64_t rsdp)
{
	static struct uk_efi_cfg_tbl tables[1];
	static struct uk_efi_sys_tbl system_table = {
		.number_of_table_entries = 1,
		.configuration_table = tables,
	};

	if (!rsdp)
		return;
	tables[0].vendor_guid = *UK_EFI_ACPI20_TABLE_GUID;
	tables[0].vendor_table = (void *)rsdp;
	ubi->efi_st = (uint64_t)&system_table;
}
