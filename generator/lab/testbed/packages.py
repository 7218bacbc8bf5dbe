# SPDX-License-Identifier: BSD-3-Clause
"""Files out of Debian packages, unpacked into a cache folder and never installed.

A `Selection` names packages and the files wanted from them.  The first `unpack`
downloads and picks them; later calls find the finished tree and ask nobody.
Two processes may call at once (a lock orders them), and a killed run leaves only
a `.tmp-` folder that the next run throws away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from .phase import phase

# A new number makes every cached tree of an older layout unknown.
LAYOUT = "2"
QUIET = ("--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances")


class PackageError(Exception):
    """A package could not be had; the text names it and says why."""


@dataclass(frozen=True)
class Selection:
    """Which files of which packages.

    roots:  packages by name; of each, also what it depends on is followed ...
    follow: ... where the dependency's name matches one of these patterns.
    keep:   patterns of the paths to keep, without a leading slash and with a merged /usr.
    """

    name: str
    roots: tuple[str, ...]
    follow: tuple[str, ...] = ()
    keep: tuple[str, ...] = ("*",)

    def key(self) -> str:
        """A folder's name: another selection has another one."""
        text = repr((LAYOUT, self.roots, self.follow, self.keep))
        return f"{self.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def cache_dir() -> Path:
    """`testbed` in $PLATGEN_CACHE, which is by default `platgen` in the user's cache folder."""
    own = os.environ.get("PLATGEN_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return (Path(own) if own else Path(base) / "platgen") / "testbed"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time; the kernel frees the lock of a process that dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for stale in folder.glob(".tmp-*"):
            shutil.rmtree(stale, ignore_errors=True)
        yield


@contextmanager
def finished_dir(final: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name only when the block ends well.

    To be used under `locked(final.parent)`.
    """
    work = Path(tempfile.mkdtemp(prefix=".tmp-", dir=final.parent))
    try:
        yield work
        work.chmod(0o755)
        work.rename(final)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def missing() -> list[str]:
    """What this module itself needs, as "tool (Debian package)"."""
    needs = {"apt-get": "apt", "apt-cache": "apt", "dpkg-deb": "dpkg"}
    return [f"{tool} (Debian package {package})" for tool, package in needs.items() if not shutil.which(tool)]


def unpack(selection: Selection) -> Path:
    """The folder that holds the selection's files, made at the first call."""
    final = cache_dir() / selection.key()
    if final.is_dir():
        return final
    if missing():
        raise PackageError(f"cannot fetch {', '.join(selection.roots)}: missing {', '.join(missing())}")
    with locked(final.parent):
        if final.is_dir():
            return final
        with finished_dir(final) as work:
            debs = work / "debs"
            debs.mkdir()
            _download(selection, debs)
            with phase(f"unpacking them for {selection.name}"):
                for deb in sorted(debs.glob("*.deb")):
                    _extract(deb, work, selection.keep)
            (work / "PACKAGES").write_text("".join(f"{deb.name}\n" for deb in sorted(debs.glob("*.deb"))))
            shutil.rmtree(debs)
            shutil.rmtree(work / "apt", ignore_errors=True)
    return final


def _run(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def _download(selection: Selection, folder: Path) -> None:
    """Get the packages with the system's lists, or else with fresh lists of our own.

    The system's lists may be absent (a new container) or too old (the archive
    has dropped the version); lists of our own need no right to change the system.
    """
    fault = "apt-get said nothing"
    for options in ((), _own_lists(folder)):
        if options:
            with phase("fetching lists of Debian packages"):
                _run(["apt-get", *options, "update"], folder)
        names = _closure(selection, options, folder)
        size = _size(names, options, folder)
        with phase(f"downloading Debian packages for {selection.name} ({len(names)}{size})"):
            done = _run(["apt-get", *options, "download", *names], folder)
        if done.returncode == 0:
            return
        errors = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        fault = errors[0] if errors else done.stderr.strip() or fault
    raise PackageError(f"cannot download Debian packages {', '.join(selection.roots)}: {fault}")


def _size(names: Sequence[str], options: Sequence[str], folder: Path) -> str:
    """How much there is to download, as `, 12 MB`; nothing where apt-get does not tell."""
    told = _run(["apt-get", *options, "download", "--print-uris", *names], folder)
    sizes = re.findall(r"^'\S+' \S+ (\d+)", told.stdout, re.M)
    return f", {sum(map(int, sizes)) / 1e6:.0f} MB" if sizes and told.returncode == 0 else ""


def _own_lists(folder: Path) -> tuple[str, ...]:
    state = folder.parent / "apt"
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True, exist_ok=True)
    return ("-o", f"Dir::State::lists={state}/lists", "-o", f"Dir::Cache={state}/cache", "-o", "APT::Sandbox::User=")


def _closure(selection: Selection, options: Sequence[str], cwd: Path) -> list[str]:
    """The roots and, as far as `follow` allows, what they depend on."""
    wanted: list[str] = []
    todo = list(selection.roots)
    while todo:
        wanted += [name for name in todo if name not in wanted]
        shown = _run(["apt-cache", *options, "depends", *QUIET, *todo], cwd).stdout
        found = dict.fromkeys(re.findall(r"^[ |]*(?:Pre)?Depends: ([^<\s]\S*)", shown, re.M))
        todo = [n for n in found if n not in wanted and any(fnmatchcase(n, p) for p in selection.follow)]
    return wanted


def _extract(deb: Path, target: Path, keep: Sequence[str]) -> None:
    """Stream the package's files and write those that match; links are kept as links."""
    command = ["dpkg-deb", "--fsys-tarfile", str(deb)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                for member in archive:
                    path = merged(member.name)
                    if any(fnmatchcase(path, pattern) for pattern in keep):
                        _write(archive, member, target, target / path)
        except tarfile.TarError as error:
            raise PackageError(f"{deb.name}: {error}") from error
    if process.returncode:
        raise PackageError(f"{deb.name}: dpkg-deb ended with {process.returncode}")


def merged(name: str) -> str:
    """A path as on a system with a merged /usr: Debian 12's packages still ship /bin and /lib, later ones do not."""
    path = name.removeprefix("./")
    return f"usr/{path}" if path.partition("/")[0] in ("bin", "sbin", "lib", "lib64") else path


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if member.issym():
        path.symlink_to(member.linkname)
    elif member.islnk():  # the same file under a second name
        original = target / merged(member.linkname)
        if original.exists():
            path.hardlink_to(original)
    elif member.isreg():
        content = archive.extractfile(member)
        assert content is not None
        with open(path, "wb") as handle:
            shutil.copyfileobj(content, handle)
        path.chmod(0o755 if member.mode & 0o111 else 0o644)
