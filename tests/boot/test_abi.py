# SPDX-License-Identifier: BSD-3-Clause
"""Our headers say the same as Xen's own (Debian's libxen-dev), number by number."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab import ROOT
from generator.lab.conformance import need

XEN_HEADERS = Path("/usr/include/xen")
OURS = ROOT / "platforms" / "xen-pvh" / "include"

XEN_INCLUDES = (
    *("xen.h", "memory.h", "sched.h", "arch-x86/hvm/start_info.h", "elfnote.h", "hvm/params.h"),
    *("vcpu.h", "hvm/hvm_vcpu.h"),
)
OUR_INCLUDES = ("pvh.h", "shared_info.h", "xen_memory.h", "hypercall.h", "pvclock.h", "xen_vcpu.h")

# (Xen's struct, ours, the members of both)
STRUCTS: list[tuple[str, str, str]] = [
    (
        "hvm_start_info",
        "hvm_start_info",
        "magic version flags nr_modules modlist_paddr cmdline_paddr rsdp_paddr memmap_paddr memmap_entries",
    ),
    ("hvm_modlist_entry", "hvm_modlist_entry", "paddr size cmdline_paddr"),
    ("hvm_memmap_table_entry", "hvm_memmap_entry", "addr size type"),
    ("vcpu_info", "vcpu_info", "evtchn_upcall_pending evtchn_pending_sel time"),
    ("vcpu_time_info", "pvclock_time", "version tsc_timestamp system_time tsc_to_system_mul tsc_shift flags"),
    ("xen_add_to_physmap", "xen_add_to_physmap", "domid size space idx gpfn"),
    ("vcpu_hvm_context", "vcpu_hvm_context", "mode cpu_regs cpu_regs.x86_64"),
    ("vcpu_hvm_x86_64", "vcpu_hvm_x86_64", "rax rcx rdx rbx rsp rbp rsi rdi rip rflags cr0 cr3 cr4 efer"),
    ("vcpu_register_vcpu_info", "vcpu_register_vcpu_info", "mfn offset"),
    ("xen_memory_map", "xen_memory_map", "nr_entries buffer"),
]
# Xen's shared_info goes on behind what we use.
PARTS = {"evtchn_pending": "evtchn_pending", "evtchn_mask": "evtchn_mask", "wc_version": "wc", "wc_sec_hi": "wc_sec_hi"}
NUMBERS = {
    "XEN_HVM_START_MAGIC_VALUE": "HVM_START_MAGIC",
    "__HYPERVISOR_memory_op": "HYPERCALL_MEMORY_OP",
    "__HYPERVISOR_vcpu_op": "HYPERCALL_VCPU_OP",
    "VCPUOP_initialise": "VCPUOP_INITIALISE",
    "VCPUOP_up": "VCPUOP_UP",
    "VCPUOP_is_up": "VCPUOP_IS_UP",
    "VCPUOP_register_vcpu_info": "VCPUOP_REGISTER_VCPU_INFO",
    "VCPU_HVM_MODE_64B": "VCPU_HVM_MODE_64B",
    "__HYPERVISOR_sched_op": "HYPERCALL_SCHED_OP",
    "__HYPERVISOR_hvm_op": "HYPERCALL_HVM_OP",
    "XENMEM_add_to_physmap": "XENMEM_ADD_TO_PHYSMAP",
    "XENMEM_memory_map": "XENMEM_MEMORY_MAP",
    "XENMAPSPACE_shared_info": "XENMAPSPACE_SHARED_INFO",
    "DOMID_SELF": "DOMID_SELF",
    "XEN_LEGACY_MAX_VCPUS": "XEN_LEGACY_MAX_VCPUS",
}


def expressions() -> list[tuple[str, str, str]]:
    """(name, Xen's expression, ours)."""
    found = [(xen, xen, ours) for xen, ours in NUMBERS.items()]
    for xen, ours, members in STRUCTS:
        found.append((f"sizeof {xen}", f"sizeof(struct {xen})", f"sizeof(struct {ours})"))
        for member in members.split():
            xen_member, our_member = f"((struct {xen} *)0)->{member}", f"((struct {ours} *)0)->{member}"
            found.append((f"{xen}.{member}", f"(unsigned long)&{xen_member}", f"(unsigned long)&{our_member}"))
            found.append((f"sizeof {xen}.{member}", f"sizeof({xen_member})", f"sizeof({our_member})"))
    for theirs, mine in PARTS.items():
        found.append(
            (
                f"shared_info.{theirs}",
                f"(unsigned long)&((struct shared_info *)0)->{theirs}",
                f"(unsigned long)&((struct shared_info *)0)->{mine}",
            )
        )
    return found


def values(folder: Path, name: str, head: str, wanted: list[tuple[str, str]], *flags: str) -> dict[str, int]:
    """Compile and run a program that prints each expression."""
    lines = "".join(
        f'\tprintf("%s\\t%lu\\n", "{what}", (unsigned long)({expression}));\n' for what, expression in wanted
    )
    source = folder / f"{name}.c"
    source.write_text(f"{head}#include <stdio.h>\n\nint main(void)\n{{\n{lines}\treturn 0;\n}}\n")
    command = ["gcc", "-std=gnu11", "-Wall", "-Wextra", "-Wno-pointer-arith", *flags, str(source), "-o"]
    subprocess.run([*command, str(folder / name)], check=True)
    output = subprocess.run([str(folder / name)], check=True, capture_output=True, text=True).stdout
    return {line.split("\t")[0]: int(line.split("\t")[1]) for line in output.splitlines()}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], dict[str, int]]:
    need.tools(gcc="gcc")
    if not XEN_HEADERS.is_dir():
        need.lacking(f"missing {XEN_HEADERS} (Debian package libxen-dev)")
    folder = tmp_path_factory.mktemp("abi")
    wanted = expressions()
    xen_head = "#include <stddef.h>\n#include <stdint.h>\n#define __XEN_INTERFACE_VERSION__ 0x00040a00\n"
    xen_head += "".join(f"#include <xen/{name}>\n" for name in XEN_INCLUDES)
    our_head = "".join(f"#include <plat/{name}>\n" for name in OUR_INCLUDES)
    theirs = values(folder, "xen", xen_head, [(name, xen) for name, xen, _ in wanted])
    ours = values(folder, "ours", our_head, [(name, mine) for name, _, mine in wanted], f"-I{OURS}")
    return theirs, ours


@pytest.mark.parametrize("name", [name for name, _, _ in expressions()])
def test_same_as_xen(name: str, both: tuple[dict[str, int], dict[str, int]]) -> None:
    theirs, ours = both
    assert ours[name] == theirs[name]


def test_shutdown_reasons_and_note(tmp_path: Path) -> None:
    """Numbers that stand in our C files: compared with their text, since no header of ours has them."""
    need.tools(gcc="gcc")
    if not XEN_HEADERS.is_dir():
        need.lacking(f"missing {XEN_HEADERS} (Debian package libxen-dev)")
    names = ("SCHEDOP_shutdown", "SHUTDOWN_poweroff", "SHUTDOWN_reboot", "SHUTDOWN_crash", "XEN_ELFNOTE_PHYS32_ENTRY")
    head = "#include <stdint.h>\n#include <xen/xen.h>\n#include <xen/sched.h>\n#include <xen/elfnote.h>\n"
    theirs = values(tmp_path, "reasons", head, [(name, name) for name in names])
    power = (ROOT / "platforms" / "xen-pvh" / "xen_power.c").read_text()
    entry = (ROOT / "platforms" / "xen-pvh" / "pvh_entry.S").read_text()
    assert f"#define SCHEDOP_SHUTDOWN\t{theirs['SCHEDOP_shutdown']}\n" in power
    assert f"[POWER_OFF] = {theirs['SHUTDOWN_poweroff']}," in power
    assert f"[POWER_REBOOT] = {theirs['SHUTDOWN_reboot']}," in power
    assert f"[POWER_CRASH] = {theirs['SHUTDOWN_crash']}," in power
    assert f"#define XEN_ELFNOTE_PHYS32_ENTRY\t{theirs['XEN_ELFNOTE_PHYS32_ENTRY']}\n" in entry
