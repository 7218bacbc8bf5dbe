# SPDX-License-Identifier: BSD-3-Clause
"""The Linux dom0: kernel, and an initramfs of Xen's tools made from Debian packages."""

from __future__ import annotations

import hashlib
import lzma
import shutil
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .cpio import Archive
from .elf import is_elf64, needed
from .outcome import TestbedError
from .packages import PackageError, Selection, finished_dir, locked, unpack
from .phase import phase

HERE = Path(__file__).parent
INIT = HERE / "dom0_init.sh"
PEER = HERE / "peer.c"
# The program that saves and restores, which libxl looks for where its package has it.
HELPER = "libxl-save-helper"
TOOLS = ("xl", "xenstored", "xenconsoled", "xen-init-dom0", HELPER)
STORE_TOOLS = ("xenstore-read", "xenstore-write", "xenstore-watch", "xenstore-ls")
APPLETS = ("sh", "cat", "insmod", "killall", "ls", "mkdir", "mount", "poweroff", "printf", "sleep", "stat", "stty")
MORE_APPLETS = ("grep", "gzip", "head", "kill", "ln", "rm", "seq", "tail", "timeout", "tr")
DEVICE_APPLETS = ("brctl", "crc32", "echo", "ip", "losetup", "sync", "truncate", "wc")
# In the order of loading; names that the kernel has built in are skipped.
MODULES = ("xen-privcmd", "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xenfs")
DEVICE_MODULES = ("llc", "stp", "bridge", "xen-netback", "xen-blkback", "loop")
# What xl runs to bring a backend up, by the names under which it looks for them.
HOTPLUG = {"vif-bridge": HERE / "dom0_vif.sh", "block": HERE / "dom0_block.sh"}
# libgcc_s is named by no program: libc opens it when a thread is cancelled.
OPENED_LATER = ("libgcc_s.so.1",)
LIBRARIES = "usr/lib/x86_64-linux-gnu"
KEPT_LIBRARIES = (
    f"{LIBRARIES}/*.so*",
    "usr/lib/xen-*/lib/x86_64-linux-gnu/lib*.so*",
)

DOM0 = Selection(
    name="dom0",
    roots=("xen-system-amd64", "xenstore-utils", "linux-image-amd64", "busybox-static"),
    follow=("xen-hypervisor-*", "xen-utils-*", "linux-image-*", "lib*", "zlib1g"),
    keep=(
        "boot/vmlinuz-*",
        "usr/bin/busybox",
        "usr/lib64/ld-linux-*",
        *(f"usr/lib/xen-*/bin/{tool}" for tool in TOOLS),
        *(f"usr/bin/{tool}" for tool in (*STORE_TOOLS, "xenstore")),
        f"{LIBRARIES}/l*.so*",
        "usr/lib/xen-*/lib/x86_64-linux-gnu/lib*.so*",
        *(f"usr/lib/modules/*/{module}.ko*" for module in (*MODULES, *DEVICE_MODULES)),
    ),
)
PING = Selection(
    name="dom0-ping",
    roots=("iputils-ping",),  # busybox's own cannot flood
    follow=("lib*",),
    keep=("usr/bin/ping", *KEPT_LIBRARIES),
)
# QEMU serves 9p; of its libraries some would draw in a whole desktop.
NINEP = Selection(
    name="dom0-9p",
    roots=("qemu-system-xen",),
    follow=("lib*", "zlib1g"),
    keep=("usr/libexec/xen-qemu-system-i386", *KEPT_LIBRARIES),
)


@dataclass(frozen=True)
class Kit:
    """What a dom0 holds besides the tools: the less, the sooner it is up."""

    devices: bool = False
    """Backends for network interfaces and disks, on the bridge xenbr0 and on loop devices."""
    ninep: bool = False
    """A server for 9p shares."""


@dataclass(frozen=True)
class Dom0:
    """Two files for Xen to boot."""

    kernel: Path
    initramfs: Path


def dom0(kit: Kit = Kit()) -> Dom0:
    """The kernel and the initramfs, built when the packages or the scripts have changed."""
    trees = [unpack(selection) for selection in (DOM0, *(PING,) * kit.devices, *(NINEP,) * kit.ninep)]
    tree = trees[0]
    sources = (INIT, PEER, *HOTPLUG.values(), Path(__file__), HERE / "cpio.py")
    recipe = b"".join(source.read_bytes() for source in sources) + repr(kit).encode()
    final = tree.parent / f"{tree.name}-{hashlib.sha256(recipe).hexdigest()[:12]}"
    if not final.is_dir():
        with locked(final.parent):
            if not final.is_dir():
                with phase("building a dom0"), finished_dir(final) as work:
                    (work / "vmlinux").write_bytes(unpacked_kernel(_only(tree, "boot/vmlinuz-*").read_bytes()))
                    (work / "initramfs").write_bytes(_archive(trees, kit))
    return Dom0(final / "vmlinux", final / "initramfs")


def compiler_missing() -> list[str]:
    """What compiled() lacks, as "tool (Debian package)"."""
    needs = {"gcc": shutil.which("gcc"), "libc6-dev": Path("/usr/include/stdio.h").exists()}
    return [f"gcc for dom0 (Debian package {package})" for package, there in needs.items() if not there]


def compiled(source: Path) -> bytes:
    """A program of our own, which needs nothing else in dom0."""
    with tempfile.TemporaryDirectory(prefix="testbed-") as folder:
        target = Path(folder) / source.stem
        command = ["gcc", "-static", "-s", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(target), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise TestbedError(f"{source.name}: {done.stderr.strip()}")
        return target.read_bytes()


def unpacked_kernel(image: bytes) -> bytes:
    """The ELF inside a bzImage, so that the emulated CPU need not decompress it."""
    sectors = image[0x1F1] or 4
    offset, length = struct.unpack_from("<II", image, 0x248)
    start = (sectors + 1) * 512 + offset
    payload = image[start : start + length]
    if payload[:6] != b"\xfd7zXZ\0":
        return image  # another packer: Xen's domain builder knows more of them
    kernel = lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(payload)
    return kernel if is_elf64(kernel) else image


def _only(tree: Path, pattern: str) -> Path:
    found = sorted(tree.glob(pattern))
    if not found:
        raise PackageError(f"the packages {', '.join(DOM0.roots)} hold no {pattern}")
    return found[-1]


def _archive(trees: list[Path], kit: Kit) -> bytes:
    archive = Archive()
    tree = trees[0]
    for folder in ("proc", "sys", "dev", "tmp", "run/xen", "var/lock", "var/lib/xen", "var/log"):
        archive.folder(folder)
    archive.link("var/run", "/run")
    helper = _only(tree, f"usr/lib/xen-*/bin/{HELPER}")
    archive.link(helper.relative_to(tree).as_posix(), f"/xen/{HELPER}")
    archive.file("etc/xen/xl.conf", b"")
    archive.device("dev/console", 5, 1)
    archive.device("dev/null", 1, 3)
    archive.file("init", INIT.read_bytes(), executable=True)
    archive.file("bin/busybox", _only(tree, "usr/bin/busybox").read_bytes(), executable=True)
    for applet in (*APPLETS, *MORE_APPLETS, *(DEVICE_APPLETS if kit.devices else ())):
        archive.link(f"bin/{applet}", "busybox")
    programs = [_only(tree, f"usr/lib/xen-*/bin/{tool}") for tool in TOOLS]
    programs += [_only(tree, f"usr/bin/{tool}") for tool in STORE_TOOLS]
    if kit.devices:
        for name, script in HOTPLUG.items():
            archive.file(f"etc/xen/scripts/{name}", script.read_bytes(), executable=True)
    if kit.ninep:
        archive.file("usr/share/qemu/keymaps/en-us", b"")  # xl has QEMU read one, for no screen
    archive.file("bin/peer", compiled(PEER), executable=True)
    wanted = list(OPENED_LATER)
    for other, selection in zip(trees[1:], (*(PING,) * kit.devices, *(NINEP,) * kit.ninep), strict=True):
        path = selection.keep[0]
        content = (other / path).read_bytes()
        archive.file(path, content, executable=True)
        wanted += needed(content)
    for program in programs:
        content = program.read_bytes()
        archive.file(f"xen/{program.name}", content, executable=True)
        wanted += needed(content)
    _libraries(archive, trees, wanted)
    order = []
    for module in (*MODULES, *(DEVICE_MODULES if kit.devices else ())):
        for found in sorted(tree.glob(f"usr/lib/modules/*/**/{module}.ko*"))[-1:]:
            content = found.read_bytes()
            archive.file(f"modules/{module}.ko", lzma.decompress(content) if found.suffix == ".xz" else content)
            order.append(module)
    archive.file("modules/order", " ".join(order).encode())
    return archive.finish()


def _libraries(archive: Archive, trees: list[Path], wanted: list[str]) -> None:
    """Everything that the programs ask for, and what that asks for in turn."""
    loader = _only(trees[0], "usr/lib64/ld-linux-*")
    archive.file(f"lib64/{loader.name}", _only(trees[0], f"{LIBRARIES}/{loader.name}").read_bytes(), True)
    folders = [tree / LIBRARIES for tree in trees]
    folders += [folder for tree in trees for folder in tree.glob("usr/lib/xen-*/lib/x86_64-linux-gnu")]
    done: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in done or name == loader.name:
            continue
        done.add(name)
        path = next((folder / name for folder in folders if (folder / name).exists()), None)
        if path is None:
            raise PackageError(f"no package among those that {', '.join(DOM0.roots)} need holds {name}")
        content = path.read_bytes()
        archive.file(f"lib/{name}", content)
        wanted += needed(content)
