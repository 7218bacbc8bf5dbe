# SPDX-License-Identifier: BSD-3-Clause
"""What a monitor writes into guest memory: start_info with its lists, and ACPI tables.

Sources: Xen, public/arch-x86/hvm/start_info.h; ACPI 6.5, 5.2 (tables), 20.2 (AML).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from ..forge import Module, StartInfo
from .states import State

IOAPIC = 0xFEC00000
LAPIC = 0xFEE00000
_HEADER = struct.Struct("<4sIBB6s8sI4sI")
_HW_REDUCED, _RESET_SUPPORTED = 1 << 20, 1 << 10
_FADT_SIZE, _RSDP_SIZE = 276, 36
_SOFT_OFF = bytes.fromhex("08 5f53355f 1207 04 0a05 00 00 00")  # Name (\_S5, Package {5, 0, 0, 0})


def start_info(state: State, memory: int, modules: Sequence[tuple[int, int]]) -> bytes:
    """The block at `state.start_info`, behind it the modules (address, size) and the memory map."""
    block = StartInfo(
        modules=[Module(address, size) for address, size in modules] or None,
        memmap=state.memory_map(memory),
        rsdp=state.tables if state.tells_rsdp else 0,
        lies={"cmdline": state.cmdline},  # it lies elsewhere
    )
    return block.tables(state.start_info)


def zero_page(state: State, memory: int, modules: Sequence[tuple[int, int]]) -> bytes:
    """The block at `state.start_info` for Linux's 64-bit protocol (Documentation/arch/x86/zero-page.rst)."""
    page = bytearray(4096)
    ranges = state.memory_map(memory)
    address, size = modules[0] if modules else (0, 0)
    struct.pack_into("<Q", page, 0x070, state.tables if state.tells_rsdp else 0)
    struct.pack_into("<B", page, 0x1E8, len(ranges))
    struct.pack_into("<H", page, 0x1FE, 0xAA55)
    struct.pack_into("<4s", page, 0x202, b"HdrS")
    struct.pack_into("<II", page, 0x218, address, size)
    struct.pack_into("<I", page, 0x228, state.cmdline)
    for i, r in enumerate(ranges):
        struct.pack_into("<QQI", page, 0x2D0 + 20 * i, r.address, r.size, r.type)
    return bytes(page)


def page_tables(at: int) -> bytes:
    """Three pages that map the first GiB one to one in pages of 2 MiB."""
    present, large = 3, 0x80
    upper = [struct.pack("<Q", at + 4096 * level | present).ljust(4096, b"\0") for level in (1, 2)]
    return b"".join(upper) + struct.pack("<512Q", *(i << 21 | present | large for i in range(512)))


def acpi(state: State, apic_ids: Sequence[int]) -> bytes:
    """RSDP, XSDT, FADT, MADT and DSDT, as they lie at `state.tables`."""
    dsdt = _table(b"DSDT", 2, _SOFT_OFF if state.sleep else b"")
    madt = _table(b"APIC", 5, struct.pack("<II", LAPIC, 0) + b"".join(_controllers(state, apic_ids)))
    at = state.tables + _RSDP_SIZE
    fadt = _table(b"FACP", 6, _fadt(state, at + _FADT_SIZE))
    at_madt = at + len(fadt) + len(dsdt)
    at_xsdt = at_madt + len(madt)
    xsdt = _table(b"XSDT", 1, struct.pack("<QQ", at, at_madt))
    rsdp = struct.pack("<8sB6sBIIQB3x", b"RSD PTR ", 0, b"LAB   ", 2, 0, _RSDP_SIZE, at_xsdt, 0)
    rsdp = _summed(rsdp, 8, 20)
    return _summed(rsdp, 32, _RSDP_SIZE) + fadt + dsdt + madt + xsdt


def _controllers(state: State, apic_ids: Sequence[int]) -> Iterator[bytes]:
    for uid, apic_id in enumerate(apic_ids):
        if state.x2apic:
            yield struct.pack("<BBHIII", 9, 16, 0, apic_id, 1, uid)
        else:
            yield struct.pack("<BBBBI", 0, 8, uid, apic_id, 1)
    yield struct.pack("<BBBBII", 1, 12, 0, 0, IOAPIC, 0)


def _fadt(state: State, dsdt: int) -> bytes:
    body = bytearray(_FADT_SIZE - _HEADER.size)

    def put(offset: int, layout: str, *values: int) -> None:
        struct.pack_into(layout, body, offset - _HEADER.size, *values)

    flags = _HW_REDUCED | (_RESET_SUPPORTED if state.reset else 0)
    put(112, "<I", flags)
    put(140, "<Q", dsdt)
    if state.reset:
        put(116, "<BBBBQB", *_register(state.reset), 1)
    if state.sleep:
        put(244, "<BBBBQ", *_register(state.sleep))
        put(256, "<BBBBQ", *_register(state.sleep))
    return bytes(body)


def _register(port: int) -> tuple[int, int, int, int, int]:
    """A generic address: I/O space, 8 bits wide, byte access."""
    return 1, 8, 0, 1, port


def _table(signature: bytes, revision: int, body: bytes) -> bytes:
    size = _HEADER.size + len(body)
    head = _HEADER.pack(signature, size, revision, 0, b"LAB   ", b"MONITOR ", 1, b"LAB ", 1)
    return _summed(head + body, 9, size)


def _summed(data: bytes, at: int, size: int) -> bytes:
    """The same with the byte at `at` making the sum of `size` bytes zero."""
    content = bytearray(data)
    content[at] = 0
    content[at] = -sum(content[:size]) % 256
    return bytes(content)
