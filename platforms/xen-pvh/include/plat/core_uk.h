/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/include/plat/core_uk.h. DO NOT EDIT. */
/*
 * Between the files that implement plat/core.h on Unikraft.
 */
#ifndef PLAT_CORE_UK_H
#define PLAT_CORE_UK_H

#include <stdbool.h>

#include <plat/boot.h>
#include <uk/plat/common/bootinfo.h>

/** Fills the core's boot information; stops the guest if there is none. */
struct ukplat_bootinfo *core_fill_bootinfo(const struct boot_info *bi);

/**
 * Hands over the command line, puts the list of memory regions in order and
 * brings up the core's consoles.
 */
void core_early_init(struct ukplat_bootinfo *ubi, const struct boot_info *bi);

/** Takes the core's own page tables and allocators into use. */
void core_memory_init(void);

/** Tells the core where the ACPI tables are, if the loader knew. */
void core_acpi_init(struct ukplat_bootinfo *ubi, uint64_t rsdp);

/** Programs the entry of system calls on this CPU. */
void core_syscall_init(void);

/** Tells the core how its local APIC names the CPU that boots. */
void core_smp_name_boot_cpu(void);

/** Tells the core which CPUs were found, so that it may start them. */
void core_smp_init(void);

/** Goes on in the core, which calls the application's main(). */
_Noreturn void core_start(void);

/** Whether text in the core's log comes to a console by now. */
extern bool core_log_shows;

#endif /* PLAT_CORE_UK_H */
