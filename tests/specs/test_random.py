# SPDX-License-Identifier: BSD-3-Clause
"""Random specs, each fact in or out: the generator refuses one with a located message, or gcc and
clang build it without a warning and it links. A sample of what was built boots.

PLATGEN_SPECS=N draws N specs, PLATGEN_SEED=N others. Most files are the same in most trees: each is
compiled once for each distinct text of itself and of what it includes.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.diagnostics import Diagnostics
from generator.lab.conformance import need
from generator.load.components import COMMON
from generator.load.schema import schema_data
from generator.load.spec import load_spec
from generator.pipeline import Pipeline

ROOT = Path(__file__).parent.parent.parent
WANTED = int(os.environ.get("PLATGEN_SPECS", "200"))
SEED = int(os.environ.get("PLATGEN_SEED", "1"))
INCLUDE = re.compile(r"^\s*#\s*include\s*[<\"]([^>\"]+)[>\"]", re.MULTILINE)
SCALARS: dict[str, tuple[object, ...]] = {
    "max-cpus": (1, 64),
    "load-mib": (1, 2, 9),
    "lapic-timer-hz": (100_000_000, 1_000_000_000),
    "event-upcall-vector": (True, False),
    "debug-port-readback": (True, False),
    "triple-fault": (True, False),
}
NUMBERS = "include/plat/machine.h"
DEFINE = re.compile(r"^#define (MACHINE_\w+)\t.*$", re.MULTILINE)
PRESENT = 0.85  # else nearly every spec lacks something that the core asks for
Tree = dict[str, bytes]


@cache
def served_facts(layers: tuple[str, ...]) -> list[str]:
    """What these layers' manifests serve at the bare level."""
    pipeline = Pipeline(ROOT)
    components = (c for name in (COMMON, *layers) for c in pipeline.layer(name).or_stop())
    return sorted({fact for c in components if not c.levels or "bare" in c.levels for fact in c.serves})


def draw(random_: random.Random, layers: tuple[str, ...], name: str) -> dict[str, Any]:
    """A spec that the schema admits, of facts that these layers' manifests serve."""
    served = served_facts(layers)
    machine: dict[str, Any] = {}
    for fact in random_.sample(served, len(served)):
        key, _, item = fact.partition(".")
        if random_.random() < PRESENT:
            machine.setdefault(key, []).append(item)
    for key, values in SCALARS.items():
        if random_.random() < PRESENT:
            machine[key] = random_.choice(values)
    names = {"platform": "rx", "symbol": "PLAT_RX", "library": "librxplat", "prompt": "drawn"}
    return {"name": name, "summary": "drawn", "layers": list(layers), "unikraft": names, "machine": machine}


def draws(folder: Path) -> Iterator[tuple[dict[str, Any], Tree | None, Diagnostics]]:
    random_ = random.Random(SEED)
    pipeline = Pipeline(ROOT)
    level = pipeline.level("bare").or_stop()
    for number in range(WANTED * 20):
        spec_file = folder / f"drawn{number}.yaml"
        drawn = draw(random_, random_.choice((("kvm",), ("xen",), ("kvm", "xen"))), spec_file.stem)
        spec_file.write_text(yaml.safe_dump(drawn, sort_keys=False))
        found = Diagnostics()
        spec = found.take(load_spec(spec_file))
        plan = found.take(pipeline.plan(spec, level)) if spec else None
        tree = found.take(pipeline.render(plan)) if plan else None
        yield drawn, None if found else tree, found


class Builder:
    """One compiler; objects by the hash of all that goes into them."""

    def __init__(self, compiler: str, folder: Path) -> None:
        self.compiler, self.folder = compiler, folder / compiler
        self.folder.mkdir()
        self.flags: dict[str, list[str]] = {}

    def words(self, tree: Tree, variable: str) -> list[str]:
        """What the generated Makefile itself says."""
        if variable not in self.flags:
            makefile = self.folder / "Makefile"
            makefile.write_bytes(tree["Makefile"] + f"\nshow-{variable}:\n\t@echo '$({variable})'\n".encode())
            command = ["make", "-s", "-f", str(makefile), f"show-{variable}", f"CC={self.compiler}"]
            clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
            self.flags[variable] = subprocess.check_output(command, text=True, env=clean).split()
        return self.flags[variable]

    def make(self, source: str, tree: Tree, *extra: str) -> Path:
        """One object, or the linker script without its conditions."""
        files = closure(source, tree)
        digest = hashlib.sha256(repr((extra, relevant(files, tree))).encode()).hexdigest()
        place = self.folder / digest
        target = place / ("script.lds" if extra else "object.o")
        if not target.exists():
            for path in files:
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(tree[path])
            flags = self.words(tree, "CFLAGS")
            run([self.compiler, *flags, *(extra or ("-c",)), source, "-o", target.name], place)
        return target

    def link(self, tree: Tree, name: str) -> Path:
        makefile = tree["Makefile"].decode()
        sources = re.findall(r"^\t(\S+\.[cS])(?: \\)?$", makefile, re.MULTILINE)
        assert len(sources) > 20
        objects = [str(self.make(source, tree)) for source in sources]
        preprocess = ("-E", "-P", "-x", "assembler-with-cpp")
        scripts = [self.make("link.lds.S", tree, *preprocess)]
        if ".mb.elf" in makefile:
            scripts.append(self.make("link.lds.S", tree, "-DMULTIBOOT", *preprocess))
        images = []
        for entry, script in zip(dict.fromkeys(re.findall(r"--entry=(\w+)", makefile)), scripts, strict=False):
            image = self.folder / f"{name}-{entry}.elf"
            flags = self.words(tree, "LDFLAGS")
            run([self.compiler, *flags, f"-Wl,-T,{script}", f"-Wl,--entry={entry}", *objects, "-o", str(image)])
            images.append(image)
        return images[0]


def closure(source: str, tree: Tree) -> list[str]:
    """The file and all of the tree that it includes, directly or not."""
    found = [source]
    for path in found:
        for name in INCLUDE.findall(tree[path].decode()):
            if (header := f"include/{name}") in tree and header not in found:
                found.append(header)
    return found


def relevant(files: list[str], tree: Tree) -> list[str]:
    """The texts that go into an object; of the machine's numbers only those that the others name."""
    texts = [f"{path}\n{tree[path].decode()}" for path in files if path != NUMBERS]
    others = "".join(texts)
    numbers = DEFINE.finditer(tree[NUMBERS].decode()) if NUMBERS in files else ()
    return texts + sorted(found[0] for found in numbers if found[1] in others)


def run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr


def test_what_the_generator_accepts_is_built_and_boots(tmp_path: Path) -> None:
    need.tools(gcc="gcc", clang="clang", ld="binutils", make="make")
    accepted: list[tuple[dict[str, Any], Tree]] = []
    for drawn, tree, found in draws(tmp_path):
        if tree is None:
            assert all(error.location and error.location.line for error in found), found
            continue
        accepted.append((drawn, tree))
        if len(accepted) == WANTED:
            break
    assert len(accepted) == WANTED, "the generator refuses too many"
    broken: list[str] = []
    images: list[tuple[dict[str, Any], Path]] = []

    def build(compiler: str) -> None:
        builder = Builder(compiler, tmp_path)
        for drawn, tree in accepted:
            try:
                images.append((drawn, builder.link(tree, drawn["name"])))
            except AssertionError as error:
                broken.append(f"{compiler}: {yaml.safe_dump(drawn['machine'])}{error}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(build, ("gcc", "clang")))
    assert not broken, f"{len(broken)} of {2 * WANTED}\n" + "\n".join(broken[:3])
    bed = need.ready("qemu-pc")
    sample = [
        (drawn, image)
        for drawn, image in images
        if "kvm" in drawn["machine"]["hypervisors"]
        and "pvh_entry" in image.name
        and "com1" in drawn["machine"].get("consoles", ())
    ][:: max(1, WANTED // 5)]
    assert sample
    for drawn, image in sample:
        outcome = bed.run(image, limit=10)
        said = f"{drawn['machine']}\n{outcome.console}\n{outcome.debug}\n{outcome.detail}"
        assert "bare: 0 checks passed, 0 failed" in outcome.console + outcome.debug, said
        assert outcome.end != "crash", said
        assert outcome.end != "triple-fault" or "all ways to end this guest failed: power off\n" in said, said


def test_every_scalar_of_the_schema_is_drawn() -> None:
    machine = schema_data("spec")["properties"]["machine"]["properties"]
    assert {key for key, rule in machine.items() if "type" in rule} == SCALARS.keys()
