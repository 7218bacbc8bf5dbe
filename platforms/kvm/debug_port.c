/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/debug-port/debug_port.c. DO NOT EDIT. */
/*
 * One byte out, one character of text. Xen takes it from any domain and writes
 * whole lines to its log; QEMU's isa-debugcon shows it as it comes.
 */
#include <plat/console.h>
#include <plat/hypervisor.h>
#include <plat/machine.h>
#include <plat/pc_ports.h>
#include <plat/x86.h>

static bool debug_port_init(void)
{
	/* A port that can be read back shows whether it exists. */
	return hypervisor_has_debug_port() || !MACHINE_DEBUG_PORT_READBACK ||
	       inb(DEBUG_PORT) == DEBUG_PORT;
}

static void debug_port_putc(char c)
{
	outb(DEBUG_PORT, c);
}

const struct console debug_port = {
	.name = "port 0xe9",
	.init = debug_port_init,
	.putc = debug_port_putc,
};
