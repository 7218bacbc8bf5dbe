# SPDX-License-Identifier: BSD-3-Clause
"""Files and commands that start a platform's image: for xl, QEMU, libvirt, Firecracker, Cloud Hypervisor."""
