# SPDX-License-Identifier: BSD-3-Clause
"""Whether KVM works on this host, and what sort of KVM it is; asked at run time, never required."""

from __future__ import annotations

import fcntl
import os
from functools import cache
from pathlib import Path

DEVICE = Path("/dev/kvm")
EMULATOR = Path("/sys/module/kvm_pvm")
"""A KVM for hosts that are guests without nested virtualization: it emulates what a foreign guest's kernel does."""
# Linux's Documentation/virt/kvm/api.rst, 4.1 and 4.2
GET_API_VERSION, CREATE_VM, API_VERSION = 0xAE00, 0xAE01, 12


@cache
def works() -> bool:
    """A machine can be made; the device alone proves nothing."""
    try:
        device = os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if fcntl.ioctl(device, GET_API_VERSION) != API_VERSION:
            return False
        os.close(fcntl.ioctl(device, CREATE_VM, 0))
    except OSError:
        return False
    finally:
        os.close(device)
    return True


@cache
def emulates() -> bool:
    """Guests' kernels run instruction by instruction: slowly, and without SSE or AVX in ring 0."""
    return works() and EMULATOR.exists()
