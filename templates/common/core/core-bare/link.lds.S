/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One segment for each set of rights, near 1 MiB by default: that is
 * within every PVH loader's limits. The PVH note has a separate program
 * header: QEMU reads the entry from there and takes it only with an alignment
 * of 4.
 */
#include <plat/machine.h>

OUTPUT_FORMAT(elf64-x86-64)
OUTPUT_ARCH(i386:x86-64)

PHDRS
{
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
	note PT_NOTE FLAGS(4);
	stack PT_GNU_STACK FLAGS(6);
}

SECTIONS
{
	. = MACHINE_LOAD_MIB << 20;
	_base_addr = .;
	_text = .;
	.text : {
#ifdef MULTIBOOT
		KEEP(*(.multiboot))
#endif
		KEEP(*(.text.boot))
		*(.text .text.*)
	} :text
	_etext = .;

	. = ALIGN(0x1000);
	_rodata = .;
	.note.pvh : {
		KEEP(*(.note.pvh))
	} :rodata :note
	.rodata : {
		*(.rodata .rodata.*)
		. = ALIGN(8);
		checks_start = .;
		KEEP(*(.checks))
		checks_end = .;
	} :rodata
	_erodata = .;

	. = ALIGN(0x1000);
	_data = .;
	.data : {
		*(.data .data.*)
	} :data
	_edata = .;
	. = ALIGN(0x1000);
	.bss : {
		*(.bss.boot)
		*(.bss.pages)
		_bss_pages_end = .;
		*(.bss .bss.*)
		*(COMMON)
		. = ALIGN(0x1000);
	} :data
	_end = .;
	ASSERT(boot_pml4 % 0x1000 == 0, "boot page tables")
	ASSERT(_bss_pages_end % 0x1000 == 0, "whole pages")

	/DISCARD/ : {
		*(.multiboot)
		*(.eh_frame .eh_frame_hdr)
		*(.note.gnu.* .comment)
	}
}
