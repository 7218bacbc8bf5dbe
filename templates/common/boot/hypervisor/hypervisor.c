/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include <plat/core.h>
#include <plat/hypervisor.h>
#include <plat/x86.h>

#define SIGNATURE_SIZE	12

static const struct hypervisor *current;

static void log_signature(uint32_t base)
{
	const struct cpuid_regs r = cpuid(base, 0);
	const uint32_t words[] = { r.ebx, r.ecx, r.edx };
	char text[SIGNATURE_SIZE + 1] = "";
	unsigned int i;

	for (i = 0; i < SIGNATURE_SIZE; i++) {
		text[i] = (char)(words[i / 4] >> 8 * (i % 4));
		/* It may be anything, and it goes to a terminal. */
		if (text[i] && (text[i] < ' ' || text[i] > '~'))
			text[i] = '?';
	}
	core_error("CPUID leaf 0x%x shows hypervisor '%s'", base, text);
}

static _Noreturn void none_found(void)
{
	uint32_t base = hypervisor_cpuid_next(0);
	unsigned int i;

	if (!base)
		core_error("CPUID shows no hypervisor");
	for (; base; base = hypervisor_cpuid_next(base))
		log_signature(base);
	for (i = 0; machine_hypervisors[i + 1]; i++)
		core_error("this image looks for %s, too",
			   machine_hypervisors[i]->name);
	core_crash("this image runs on %s only", machine_hypervisors[i]->name);
}

void hypervisor_init(void)
{
	unsigned int i;

	for (i = 0; machine_hypervisors[i]; i++)
		if (machine_hypervisors[i]->find()) {
			current = machine_hypervisors[i];
			return;
		}
	none_found();
}

int hypervisor_memory_map(struct memory_map *map)
{
	return current->memory_map ? current->memory_map(map) : -1;
}

void hypervisor_map(struct memory_map *map)
{
	if (current->map)
		current->map(map);
}

void hypervisor_yield(void)
{
	/* A host that shares its processors sees a loop of these. */
	__builtin_ia32_pause();
	if (current && current->yield)
		current->yield();
}

uint32_t hypervisor_lapic_timer_hz(void)
{
	return current->lapic_timer_hz;
}

bool hypervisor_has_debug_port(void)
{
	return current && current->debug_port;
}
