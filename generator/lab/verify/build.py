# SPDX-License-Identifier: BSD-3-Clause
"""Building the application of `app/` with a Unikraft checkout, outside of both."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ...commands import Request, gen
from ...load.levels import level_names, load_level
from ...load.spec import Scalar, load_spec
from ...pipeline import Pipeline
from ...unikraft import config
from ...unikraft.faults import faults
from ...unikraft.make import Order, call
from .. import ROOT
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
            return {"LIBUKPAGING" if self.checkout.pal else "PAGING": "y"}
        return {}

    def make(self, jobs: int) -> Path:
        """Write the tree, configure, build; the image for PVH."""
        shutil.rmtree(self.folder, ignore_errors=True)
        tree = self.folder / "platform"
        tree.parent.mkdir(parents=True)
        if gen(Pipeline(ROOT), Request([self.platform], self.checkout.level, tree, quiet=True)):
            raise BuildError(f"{self.platform} cannot be generated at core level {self.checkout.level}")
        spec = load_spec(ROOT / "platforms" / f"{self.platform}.yaml").or_stop()
        out = self.folder / "out"
        out.mkdir()
        order = Order(self.checkout.path, APP, tree, out, out / ".config", name=NAME, compiler=self.compiler)
        needs = {**config.needed(order.checkout, spec.unikraft, tree), **self.options}
        order.config.write_text(config.asked("", needs).text)
        self._run(order, "config.log", "olddefconfig")
        if refused := config.refused(needs, config.values(order.config.read_text())):
            raise BuildError(f"Unikraft's configuration refuses {', '.join(refused)}")
        self._run(order, "prepare.log", "prepare")
        self._run(order, "build.log", "-Otarget", f"-j{jobs}", "all")
        image = out / f"{NAME}_{spec.unikraft.platform}-x86_64"
        if not image.is_file():
            raise BuildError(f"the build produced no {image.name}")
        return image

    def _run(self, order: Order, log: str, *targets: str) -> None:
        path = self.folder / log
        if not call((*order.command, *targets), path):
            lines = path.read_text(errors="replace").splitlines()
            raise BuildError(str(faults(lines, order.checkout, f"see {path.relative_to(ROOT)}")[0]))

    def warnings(self) -> list[str]:
        """The compiler's warnings about files of the platform's tree."""
        tree = str(self.folder / "platform")
        lines = (self.folder / "build.log").read_text(errors="replace").splitlines()
        return [line for line in lines if line.startswith(tree) and "warning:" in line]


def bare_image(platform: str, folder: Path, facts: Mapping[str, tuple[str, ...] | Scalar]) -> Path | None:
    """The freestanding 64-bit image with all checks; None for a platform that runs on Xen alone.

    `facts` replace those of the spec's machine section.
    """
    if "qemu-microvm" not in read_target(platform, ROOT).machines:
        return None
    spec = platform
    if facts:
        data = yaml.safe_load((ROOT / "platforms" / f"{platform}.yaml").read_text())
        platform = data["name"] = f"{platform}-altered"
        data["machine"] |= {key: list(value) if isinstance(value, tuple) else value for key, value in facts.items()}
        spec = str(folder / f"{platform}.yaml")
        Path(spec).write_text(yaml.safe_dump(data, sort_keys=False))
    tree, out = folder / f"{platform}-bare", folder / f"{platform}-bare-out"
    if gen(Pipeline(ROOT), Request([spec], "bare", tree, quiet=True)):
        raise BuildError(f"{platform} cannot be generated without Unikraft")
    make = ("make", "-s", "-C", str(tree), f"O={out}", f"CHECKS={ROOT / 'generator/lab/guest'}", "CC=gcc")
    log = folder / f"{platform}-bare.log"
    if not call(make, log):
        raise BuildError(str(faults(log.read_text(errors="replace").splitlines(), tree, f"see {log}")[0]))
    return out / f"{platform}-bare.elf"
