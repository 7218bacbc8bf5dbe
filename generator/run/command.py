# SPDX-License-Identifier: BSD-3-Clause
"""`platgen run`: build, boot on a test machine, show the console, tell the end.

Exit 0: the guest powered off; 1: it ended in another way; 2: there was no image or no machine.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, did_you_mean, fail, stop_if_any
from ..formats.document import begin, show
from ..lab.testbed import ALL, Guest, Machine, Outcome, Qemu, TestbedError, Xl, machine
from ..lab.testbed.elf import end_in_memory
from ..lab.testbed.ends import ended_well, ends_of
from ..lab.testbed.initramfs import dom0
from ..lab.testbed.keyboard import letter_by_letter, standard_input
from ..lab.testbed.packages import PackageError
from ..lab.testbed.qemu import CORE_CPU
from ..lab.testbed.target import fits, machines_for
from ..lab.testbed.xl import kit_for
from ..load.components import Component
from ..load.spec import Spec
from ..pipeline import Pipeline
from ..progress import Phase, hide
from ..runfile import request as runfile
from ..unikraft import inputs
from ..unikraft.command import Image, make_image
from .bare import bare_image
from .console import Console
from .devices import CODE, copied, qemu_options, unfit
from .ended import ended

if TYPE_CHECKING:
    from ..formats.document import Format

BARE_LIMIT, APP_LIMIT = 20, 24 * 60 * 60
"""Seconds: checks end soon, a server does not."""
NOTES = {"begin": "dom0 is up", "created": "the guest runs"}


class Request(NamedTuple):
    """The options of `platgen run`; without an application's folder or a checkout the bare image is meant."""

    platform: str
    unikraft: Path | None = None
    app: Path | None = None
    libraries: Sequence[Path] = ()
    level: str | None = None
    config: Path | None = None
    output: Path | None = None
    jobs: int | None = None
    machine: str | None = None
    cmdline: str = ""
    initrd: str = ""
    memory: int = 64
    cpus: int = 1
    net: str = ""
    disk: str = ""
    share: str = ""
    limit: int | None = None
    with_log: bool = False
    format: Format = "text"

    @property
    def is_text(self) -> bool:
        """Whether a person reads it; else one document ends the run."""
        return self.format == "text"

    @property
    def is_bare(self) -> bool:
        """Whether Unikraft has no part in it."""
        return self.app is None and self.unikraft is None

    @property
    def guest(self) -> runfile.Request:
        """What the guest is to have, as for a run file."""
        names = ("cmdline", "initrd", "memory", "cpus", "net", "disk", "share")
        return runfile.Request(self.platform, "", **{name: getattr(self, name) for name in names}).placed("")


def run(pipeline: Pipeline, request: Request) -> int:
    """Do it all; raises BadInput."""
    (spec,) = pipeline.specs([request.platform]).or_stop()
    components = pipeline.components(spec).or_stop()
    stop_if_any(_unfit_options(request))
    bed = _machine(spec, components, request.machine)
    stop_if_any(unfit(spec, components, request.guest, bed))
    if lacks := bed.missing():
        fail(CODE, None, f"{bed.name} needs {', '.join(lacks)}")
    hide(hidden=not request.is_text)
    if not request.is_text:
        begin()
    image = _image(pipeline, spec, request)
    _stop_without_room(image.path, request.memory)
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was begun is cleared away
    try:
        outcome, console, booted = _boot(spec, bed, image.path, request)
    except (TestbedError, PackageError) as error:
        fail(CODE, None, str(error))
    finally:
        signal.signal(signal.SIGTERM, before)
    is_well = ended_well(outcome, ends_of(spec, components), is_bare=request.is_bare)
    code = 0 if is_well else 1
    if not request.is_text:
        body = {**image.told, **ended(outcome, booted, is_well=is_well, with_log=request.with_log)}
        return show(request.format, "run", code, body)
    console.finish(outcome, is_well=is_well, with_log=request.with_log)
    return code


def _unfit_options(request: Request) -> Iterable[Diagnostic]:
    """Options that do not go together, and texts that hold what cannot be seen."""
    yield from (error._replace(code=CODE) for error in request.guest.hidden_texts())
    if request.app is not None and request.unikraft is None:
        yield Diagnostic("usage", None, "--app needs a checkout to build it with", "name it with --unikraft")
    if request.is_bare:
        for option, value in (("--lib", request.libraries), ("--config", request.config), ("--core", request.level)):
            if value:
                yield Diagnostic("usage", None, f"{option} is for an application", "name it with --app")


def _machine(spec: Spec, components: Sequence[Component], name: str | None) -> Machine:
    fitting = [bed.name for bed in ALL.values() if fits(spec, components, bed)]
    usual = machines_for(spec, components)
    if name is None:
        if not usual:
            fail(CODE, spec.document.at("machine"), f"no test machine fits the facts of {spec.name}")
        return machine(usual[0])
    if name not in ALL:
        fail(CODE, None, f"there is no test machine '{name}'", did_you_mean(name, ALL))
    if name not in (*fitting, *usual):
        hint = f"it runs on {', '.join(fitting)}" if fitting else ""
        fail(CODE, spec.document.at("machine"), f"{spec.name} cannot run on {name}", hint)
    return machine(name)


def _image(pipeline: Pipeline, spec: Spec, request: Request) -> Image:
    jobs = request.jobs or os.cpu_count() or 1
    if request.is_bare or request.unikraft is None:
        return bare_image(pipeline, spec, request.platform, request.output, jobs)
    names = ("platform", "unikraft", "libraries", "level", "config", "output", "format")
    asked = {name: getattr(request, name) for name in names}
    return make_image(pipeline, inputs.Request(**asked, app=request.app or Path(), jobs=jobs))


def _stop_without_room(image: Path, mib: int) -> None:
    """A loader may put an image past the end of memory, where nothing of it can say so."""
    end = end_in_memory(image.read_bytes())
    if end > mib << 20:
        where = f"--memory {mib}: the image itself ends at {end / (1 << 20):.1f} MiB"
        fail(CODE, None, where, "the guest has 64 MiB without this option")


def _boot(spec: Spec, bed: Machine, image: Path, request: Request) -> tuple[Outcome, Console, Path]:
    """The end, what was shown, and the file that the machine has loaded."""
    asked = request.guest
    limit = request.limit or (BARE_LIMIT if request.is_bare else APP_LIMIT)
    is_multiboot = bed.boot == "multiboot"
    if is_multiboot:
        image = image.with_suffix(".mb.elf") if request.is_bare else image.with_name(f"{image.name}.multiboot")
    cmdline = asked.cmdline or ("" if is_multiboot or request.is_bare else spec.name)
    initrd = Path(asked.initrd) if asked.initrd else None
    guest = Guest(image, cmdline, asked.memory, asked.cpus, initrd, limit, vif=bool(asked.net))
    if isinstance(bed, Xl):
        guest = guest.with_copies(Path(asked.disk) if asked.disk else None, copied(asked.share))
        bed = bed.with_options(cpu=f"qemu64,+svm,+npt,{CORE_CPU}")
    bed.prepare()
    if isinstance(bed, Xl):
        dom0(kit_for([guest]))
    with Phase(f"booting {bed.name}") as phase, ExitStack() as stack:
        channel = "debug" if isinstance(bed, Qemu) and "consoles.com1" not in spec.facts else "console"
        console = Console(channel if request.is_text else "", phase)
        source = standard_input()
        keyboard = None if source is None else stack.enter_context(letter_by_letter(source))
        modules = [initrd] if initrd else []
        if isinstance(bed, Xl):
            (outcome,) = bed.run_guests(
                [guest], lambda _, word: phase.tell(NOTES.get(word, "")), hear=console.hear, keyboard=keyboard
            )
        elif isinstance(bed, Qemu):
            bed = bed.with_options(cpu=f"qemu64,{CORE_CPU}" if bed.accel == "tcg" else None, smp=asked.cpus)
            extra = qemu_options(asked, bed)
            outcome = bed.run(image, cmdline, modules, asked.memory, limit, extra, console.hear, keyboard)
        else:
            outcome = bed.run(image, cmdline, modules, asked.memory, limit, hear=console.hear)
        return outcome, console, image
