# SPDX-License-Identifier: BSD-3-Clause
"""Building the application of `app/` with a Unikraft checkout, outside of both."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ...load.levels import level_names, load_level
from ...load.spec import load_spec
from .. import ROOT, TOOL
from ..testbed.target import read_target

APP = Path(__file__).resolve().parent / "app"
NAME = "verify"
FIRST_PAL_RELEASE = (0, 21)

# What each variant sets, by a name that means the same at every release.
VARIANTS = ("plain", "paging")


class BuildError(Exception):
    """What a person should know of a build that gave no image."""


@dataclass(frozen=True)
class Checkout:
    """One Unikraft checkout: where it is and what it says it is."""

    path: Path
    release: str
    """`0.18.0`, or `0.21.0+be744898` behind the release's own commit."""
    level: str
    pal: bool
    """Whether paging is a library and not an option of the core."""

    @classmethod
    def look(cls, path: Path) -> Checkout:
        """Read the version, and from git whether this is the release itself."""
        try:
            text = (path / "version.mk").read_text()
        except OSError as error:
            raise BuildError(f"{path} is not a Unikraft checkout: {error}") from None
        numbers = tuple(int(number) for number in re.findall(r"^UK_(?:SUB|EXTRA)?VERSION\s*=\s*(\d+)", text, re.M))
        version = ".".join(map(str, numbers))
        commit = subprocess.run(
            ["git", "-C", str(path), "log", "-1", "--format=%h %s"], capture_output=True, text=True, check=False
        ).stdout.strip()
        changed = subprocess.run(
            ["git", "-C", str(path), "status", "--porcelain"], capture_output=True, text=True, check=False
        ).stdout
        if changed:
            raise BuildError(
                f"{path} is not as released, {len(changed.splitlines())} files differ: pass an unpatched checkout"
            )
        release = version if not commit or "Release: v" in commit else f"{version}+{commit.split()[0]}"
        return cls(path, release, _level_of(version), numbers[:2] >= FIRST_PAL_RELEASE)


def _level_of(version: str) -> str:
    templates = ROOT / "templates"
    for name in level_names(templates).or_stop():
        if version in load_level(templates, name).or_stop().releases:
            return name
    raise BuildError(f"no core level serves release {version}; name it in templates/common/core")


@dataclass(frozen=True)
class Build:
    """One image to be made."""

    checkout: Checkout
    platform: str
    compiler: str
    variant: str

    @property
    def folder(self) -> Path:
        """Where it is built, and where its logs are."""
        return ROOT / "build" / "verify" / f"{self.checkout.release}-{self.platform}-{self.compiler}-{self.variant}"

    @property
    def options(self) -> dict[str, str]:
        """The user's settings beside the platform itself."""
        if self.variant == "paging":
            return {"CONFIG_LIBUKPAGING" if self.checkout.pal else "CONFIG_PAGING": "y"}
        return {}

    def make(self, jobs: int) -> Path:
        """Write the tree, configure, build; the image for PVH."""
        shutil.rmtree(self.folder, ignore_errors=True)
        tree = self.folder / "platform"
        tree.parent.mkdir(parents=True)
        generate = [sys.executable, "-m", TOOL, "gen", self.platform]
        self._run([*generate, "--core", self.checkout.level, "-o", str(tree)], "gen.log", ROOT)
        spec = load_spec(ROOT / "platforms" / f"{self.platform}.yaml").or_stop()
        wanted = {"CONFIG_ARCH_X86_64": "y", f"CONFIG_{spec.unikraft.symbol}": "y", **self.options}
        out = self.folder / "out"
        out.mkdir()
        config = out / ".config"
        config.write_text("".join(f"{key}={value}\n" for key, value in wanted.items()))
        command = ["make", "-C", str(self.checkout.path), f"A={APP}", f"O={out}", f"C={config}"]
        command += [f"N={NAME}", f"P={tree}", f"COMPILER={self.compiler}"]
        self._run([*command, "olddefconfig"], "config.log")
        got = config.read_text().splitlines()
        refused = [f"{key}={value}" for key, value in wanted.items() if f"{key}={value}" not in got]
        if refused:
            raise BuildError(f"Unikraft's configuration refuses {', '.join(refused)}")
        self._run([*command, "prepare"], "prepare.log")
        self._run([*command, "-Otarget", f"-j{jobs}", "all"], "build.log")
        image = out / f"{NAME}_{spec.unikraft.platform}-x86_64"
        if not image.is_file():
            raise BuildError(f"the build produced no {image.name}")
        return image

    def _run(self, command: list[str], log: str, cwd: Path | None = None) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
        with (self.folder / log).open("w") as file:
            done = subprocess.run(
                command, stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env={**environment, "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"}, cwd=cwd, check=False,
            )  # fmt: skip
        if done.returncode:
            lines = (self.folder / log).read_text(errors="replace").splitlines()
            first = next((line for line in lines if re.search(r"error|undefined", line)), lines[-1] if lines else "")
            raise BuildError(f"{first.strip()} (see {(self.folder / log).relative_to(ROOT)})")

    def warnings(self) -> list[str]:
        """The compiler's warnings about files of the platform's tree."""
        tree = str(self.folder / "platform")
        lines = (self.folder / "build.log").read_text(errors="replace").splitlines()
        return [line for line in lines if line.startswith(tree) and "warning:" in line]


def bare_image(platform: str, folder: Path) -> Path | None:
    """The freestanding image with all checks, for PVH; None for a platform that runs on Xen alone."""
    if "qemu-microvm" not in read_target(platform, ROOT).machines:
        return None
    tree, out = folder / f"{platform}-bare", folder / f"{platform}-bare-out"
    call = [sys.executable, "-m", TOOL, "gen", platform, "--core", "bare", "-o", str(tree)]
    make = ["make", "-s", "-C", str(tree), f"O={out}", f"CHECKS={ROOT / 'generator/lab/guest'}", "CC=gcc"]
    for command in (call, make):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildError((done.stderr or done.stdout).strip())
    return out / f"{platform}-bare.elf"
