/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One segment for each set of rights, near 1 MiB by default: that is
 * within every PVH loader's limits. Every section that takes memory has its
 * place here: one that the linker placed by itself could end up inside one of
 * Unikraft's tables. The PVH note has a separate program header, since QEMU
 * reads the entry from there and takes it only with an alignment of 4.
 */
#include <uk/arch/limits.h>
#include <uk/plat/common/common.lds.h>

#include <plat/machine.h>

/*
 * Threads copy their variables' initial values, nobody writes to those. A
 * separate segment would be empty where nothing is thread-local, and GRUB takes
 * no image with an empty segment on top of another one.
 */
#undef UK_SEGMENT_TLS_LOAD
#define UK_SEGMENT_TLS_LOAD	:rodata

PHDRS
{
	text PT_LOAD FLAGS(PHDRS_PF_RX);
	rodata PT_LOAD FLAGS(PHDRS_PF_R);
	data PT_LOAD FLAGS(PHDRS_PF_RW);
	tls PT_TLS FLAGS(PHDRS_PF_R);
	note PT_NOTE FLAGS(PHDRS_PF_R);
	stack PT_GNU_STACK FLAGS(PHDRS_PF_RW);
}

SECTIONS
{
	. = MACHINE_LOAD_MIB << 20;
	_base_addr = .;
	_text = .;
	.text : {
		KEEP(*(.text.boot))
		*(.text .text.*)
	} :text
	_etext = .;

	. = ALIGN(__PAGE_SIZE);
	_rodata = .;
	.note.pvh : {
		KEEP(*(.note.pvh))
	} :rodata :note
	.rodata : {
		*(.rodata .rodata.*)
	} :rodata
	_erodata = .;

/* Read-only as well: separate pages would be mere padding. */
#undef __PAGE_SIZE
#define __PAGE_SIZE	8
	EXCEPTION_SECTIONS
	CTORTAB_SECTION
	INITTAB_SECTION
	EVENTTAB_SECTION
#undef __PAGE_SIZE
#define __PAGE_SIZE	0x1000

	. = ALIGN(8);
	_ctors = .;
	.preinit_array : {
		PROVIDE_HIDDEN(__preinit_array_start = .);
		KEEP(*(.preinit_array))
		PROVIDE_HIDDEN(__preinit_array_end = .);
	}
	. = ALIGN(8);
	.init_array : {
		PROVIDE_HIDDEN(__init_array_start = .);
		KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*)
		       SORT_BY_INIT_PRIORITY(.ctors.*)))
		KEEP(*(.init_array .ctors))
		PROVIDE_HIDDEN(__init_array_end = .);
	}
	_ectors = .;

	TLS_SECTIONS
	. = ALIGN(__PAGE_SIZE);
	_data = .;
	.data : {
		*(.data .data.*)
	} :data
	_edata = .;

	/*
	 * The boot page tables and other whole pages come first, where a page
	 * begins. They ask for no alignment: that of a segment is kept within
	 * the file, too.
	 */
	. = ALIGN(__PAGE_SIZE);
	__bss_start = .;
	.bss : {
		*(.bss.boot)
		*(.bss.pages)
		_bss_pages_end = .;
		*(.bss .bss.*)
		*(COMMON)
		. = ALIGN(__PAGE_SIZE);
	}
	_end = .;
	ASSERT(boot_pml4 % __PAGE_SIZE == 0, "boot page tables")
	ASSERT(_bss_pages_end % __PAGE_SIZE == 0, "whole pages")

	.comment 0 : { *(.comment) }
	DEBUG_SYMBOLS
	DISCARDS
	/DISCARD/ : { *(.multiboot) }
}
