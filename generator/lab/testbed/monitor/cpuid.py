# SPDX-License-Identifier: BSD-3-Clause
"""What CPUID shows to a guest of /dev/kvm: the host's features, the CPU's own APIC id, and hypervisors as asked for.

Source: Linux, Documentation/virt/kvm/api.rst (KVM_GET_SUPPORTED_CPUID) and Documentation/virt/kvm/x86/cpuid.rst.
"""

from __future__ import annotations

import fcntl
import struct
from collections.abc import Iterator, Sequence

SUPPORTED_CPUID, MAX_CPUID = 0xC008AE05, 256
ENTRY = struct.Struct("<IIIIIII12x")
FIRST_RANGE, LAST_RANGE, RANGE_SIZE = 0x40000000, 0x4000FFFF, 0x100
KVM = "KVMKVMKVM"
HYPERVISOR = 1 << 31
"""The bit of leaf 1, ECX, that says there is one."""

Leaf = tuple[int, int, int, int, int, int, int]
"""(leaf, subleaf, flags, EAX, EBX, ECX, EDX)"""


def cpuid(device: int, apic_id: int, hypervisors: Sequence[str] | None) -> bytearray:
    """The argument of KVM_SET_CPUID2; `hypervisors` are names in place of KVM's own, 256 leaves apart."""
    buffer = bytearray(struct.pack("<II", MAX_CPUID, 0) + bytes(ENTRY.size * MAX_CPUID))
    fcntl.ioctl(device, SUPPORTED_CPUID, buffer, True)
    (count,) = struct.unpack_from("<I", buffer)
    leaves = [_own(ENTRY.unpack_from(buffer, 8 + i * ENTRY.size), apic_id) for i in range(count)]
    if hypervisors is not None:
        leaves = list(_renamed(leaves, hypervisors))
    return bytearray(struct.pack("<II", len(leaves), 0) + b"".join(ENTRY.pack(*leaf) for leaf in leaves))


def _own(leaf: Leaf, apic_id: int) -> Leaf:
    function, index, flags, eax, ebx, ecx, edx = leaf
    if function == 1:
        ebx, ecx = ebx & 0x00FFFFFF | apic_id << 24, ecx | HYPERVISOR
    elif function in (0xB, 0x1F):
        edx = apic_id
    return function, index, flags, eax, ebx, ecx, edx


def _renamed(leaves: Sequence[Leaf], hypervisors: Sequence[str]) -> Iterator[Leaf]:
    features = next((leaf[3:] for leaf in leaves if leaf[0] == FIRST_RANGE + 1), (0, 0, 0, 0))
    for function, index, flags, eax, ebx, ecx, edx in leaves:
        shown = ecx if hypervisors or function != 1 else ecx & ~HYPERVISOR
        if not FIRST_RANGE <= function <= LAST_RANGE:
            yield function, index, flags, eax, ebx, shown, edx
    for base, name in zip(range(FIRST_RANGE, LAST_RANGE, RANGE_SIZE), hypervisors, strict=False):
        yield (base, 0, 0, base + 1, *struct.unpack("<III", name.encode().ljust(12, b"\0")))
        yield (base + 1, 0, 0, *(features if name == KVM else (0, 0, 0, 0)))
