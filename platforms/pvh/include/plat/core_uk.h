/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/include/plat/core_uk.h. DO NOT EDIT. */
/*
 * Between the files that implement plat/core.h on Unikraft.
 */
#ifndef PLAT_CORE_UK_H
#define PLAT_CORE_UK_H

#include <stdbool.h>

#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/plat/common/bootinfo.h>

#include <plat/boot.h>

/** Fills Unikraft's boot information; stops the guest if there is none. */
struct ukplat_bootinfo *core_fill_bootinfo(const struct boot_info *bi);

/**
 * Hands over the command line, puts the list of memory regions in order and
 * brings up Unikraft's consoles.
 */
void core_early_init(struct ukplat_bootinfo *ubi, const struct boot_info *bi);

/** Takes Unikraft's own page tables and allocators into use. */
void core_memory_init(void);

/** Enters Unikraft, which calls the application's main(). */
_Noreturn void core_start(void);

/* What follows does nothing where Unikraft is configured without it. */

#if CONFIG_LIBUKACPI
/** Tells Unikraft where the ACPI tables are, if the loader knew. */
void core_acpi_init(struct ukplat_bootinfo *ubi, uint64_t rsdp);
#else /* !CONFIG_LIBUKACPI */
static inline void core_acpi_init(struct ukplat_bootinfo *ubi __unused,
				  uint64_t rsdp __unused)
{
}
#endif /* !CONFIG_LIBUKACPI */

#if CONFIG_LIBUKINTCTLR
/** Has Unikraft look for its interrupt controllers. */
void core_intctlr_init(void);
#else /* !CONFIG_LIBUKINTCTLR */
static inline void core_intctlr_init(void)
{
}
#endif /* !CONFIG_LIBUKINTCTLR */

#if CONFIG_HAVE_SMP
/** Tells Unikraft the APIC id of the boot CPU. */
void core_smp_name_boot_cpu(void);

/** Tells Unikraft which CPUs were found, so that it may start them. */
void core_smp_init(void);
#else /* !CONFIG_HAVE_SMP */
static inline void core_smp_name_boot_cpu(void)
{
}

static inline void core_smp_init(void)
{
}
#endif /* !CONFIG_HAVE_SMP */

#if CONFIG_HAVE_SYSCALL
/** Programs the entry of system calls on this CPU. */
void core_syscall_init(void);
#else /* !CONFIG_HAVE_SYSCALL */
static inline void core_syscall_init(void)
{
}
#endif /* !CONFIG_HAVE_SYSCALL */

/** Whether Unikraft's log reaches a console by now. */
extern bool core_log_shows;

#endif /* PLAT_CORE_UK_H */
