# SPDX-License-Identifier: BSD-3-Clause
"""`run`, as far as no machine is needed: devices in the machine's words, what is shown, what cannot be had."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.formats.images import built
from generator.lab.testbed import Outcome, Xl, elf, machine
from generator.lab.testbed.live import Live
from generator.lab.testbed.process import Recording
from generator.lab.testbed.qemu import Qemu
from generator.load.spec import Spec
from generator.pipeline import Pipeline
from generator.progress import Phase, hide
from generator.run import command, console
from generator.run.devices import copied, qemu_options, unfit
from generator.runfile.request import Request
from generator.unikraft.command import Image
from tests.unit.documents import read
from tests.unit.helpers import ROOT, Run


def faults(platform: str, name: str, **asked: Any) -> list[str]:
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs([platform]).or_stop()
    components = pipeline.components(spec).or_stop()
    return [error.message for error in unfit(spec, components, Request(platform, "", **asked), machine(name))]


def test_each_machine_of_qemu_gets_devices_on_its_bus() -> None:
    asked = Request("kvm", "", net="user", disk="/a,b", share="/c")
    for name, bus in (("qemu-microvm", "device"), ("qemu-q35", "pci"), ("qemu-pc-kvm", "pci")):
        bed = machine(name)
        assert isinstance(bed, Qemu)
        text = " ".join(qemu_options(asked, bed))
        assert text == (
            f"-netdev user,id=net0 -device virtio-net-{bus},netdev=net0"
            f" -drive if=none,id=disk0,format=raw,file=/a,,b -device virtio-blk-{bus},drive=disk0"
            f" -fsdev local,id=share,security_model=none,path=/c -device virtio-9p-{bus},fsdev=share,mount_tag=share"
        )
        assert "tap,id=net0,script=no,downscript=no,ifname=tap0" in qemu_options(asked._replace(net="tap0"), bed)


def test_what_a_machine_cannot_give_is_told(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate((256 << 20) + 1)
    assert not faults("kvm", "qemu-q35", net="user", cpus=4)
    assert not faults("kvm", "qemu-q35", disk=str(large), share=str(tmp_path))
    assert not faults("xen-pvh", "xl", net="xenbr0", share=str(ROOT / "docs"))
    assert faults("xen-pvh", "xen-dom0", net="xenbr0") == ["xen-dom0 has no device for --net"]
    assert faults("kvm", "like-firecracker", share="/") == ["like-firecracker has no device for --share"]
    assert faults("xen-pvh", "xl", net="br7") == ["xl's dom0 has no bridge br7"]
    assert faults("xen-pvh", "xl", net="user") == ["xl has no --net user", "xl's dom0 has no bridge user"]
    message = "256 MiB; xl's dom0 takes a copy, of 256 MiB at most"
    assert faults("xen-pvh", "xl", disk=str(large)) == [f"--disk: {message}"]
    assert faults("kvm", "qemu-pc", initrd="/nowhere") == ["--initrd: there is no such file"]
    assert faults("kvm", "qemu-pc", cpus=999)[0].startswith("the platform has room for ")


def test_a_share_is_copied_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").write_text("x")
    assert copied(str(tmp_path)) == {"a/b/file": b"x"}
    assert copied("") is None


def test_the_detail_is_qemus_word_and_none_where_the_limit_ended_it() -> None:
    word = {"event": "SHUTDOWN", "data": {"reason": "guest-panic"}}
    assert Recording({}, events=[word], timed_out=True, status=-9).detail() == "guest-panic"
    assert Recording({}, status=-9).detail() == "QEMU's exit status -9"
    assert not Recording({}, timed_out=True, status=-9).detail()


def test_live_hands_on_each_byte_once() -> None:
    heard: list[tuple[str, bytes]] = []
    live = Live(lambda channel, data: heard.append((channel, data)))
    log = bytearray(b"(XEN) other\n(XEN) (d0) one\n(d1) no\n(d0) tw")
    live.take_lines("console", log, "d0")
    log += b"o\n(XEN) [2026] (d0) three\n"
    live.take_lines("console", log, "d0")
    for text in (b"a", b"ab", b"ab", b"abc"):
        live.take("debug", bytearray(text))
    assert heard == [
        ("console", b"one\n"), ("console", b"two\nthree\n"), ("debug", b"a"), ("debug", b"b"), ("debug", b"c"),
    ]  # fmt: skip


OUTCOME = Outcome("m", "poweroff", "one\ntwo\n", 1.0, detail="why")


def show(outcome: Outcome, *pieces: tuple[str, bytes], is_well: bool = True) -> None:
    shown = console.Console("console", Phase("waits"))
    for channel, data in pieces:
        shown.hear(channel, data)
    shown.finish(outcome, is_well=is_well, with_log=False)


def test_the_console_is_shown_once_whatever_came_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    for pieces in ([], [b"one\r\nt"], [b"one\n", b"two\n"]):
        show(OUTCOME, *(("console", piece) for piece in pieces), ("debug", b"noise"))
        assert capsys.readouterr() == ("one\ntwo\n", "---- m: poweroff after 1.00 s\n")


def test_a_letter_that_comes_in_two_pieces_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    show(replace(OUTCOME, console="\u20ac\n"), ("console", b"\xe2\x82"), ("console", b"\xac\n"))
    assert capsys.readouterr().out == "\u20ac\n"


def test_last_words_are_shown_where_the_end_was_not_good(capsys: pytest.CaptureFixture[str]) -> None:
    crash = replace(OUTCOME, end="crash", debug="page fault at 0\n")
    show(crash, is_well=False)
    assert capsys.readouterr().err == "---- debug port\npage fault at 0\n---- m: crash after 1.00 s (why)\n"


IMAGE_END = 0x180000
ELF = elf.HEADER.pack(b"\x7fELF\2\1\1", 2, 62, 1, 0, elf.HEADER.size, 0, 0, 64, elf.PROGRAM.size, 1, 0, 0, 0)
ELF += elf.Segment(elf.PT_LOAD, 5, 0, 0x100000, 0x100000, 120, IMAGE_END - 0x100000, 4096).pack()


@pytest.fixture
def booted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """`run` without image and machine: what it was going to boot, and the end that it is told."""
    seen = SimpleNamespace(outcome=OUTCOME, made=[], bed="")

    def boot(spec: Spec, bed: Any, image: Path, request: command.Request) -> tuple[Outcome, console.Console, Path]:
        seen.bed = bed.name
        return seen.outcome, console.Console("console", Phase("waits")), image

    def image(pipeline: Pipeline, spec: Spec, request: command.Request) -> Image:
        seen.made.append(request)
        path = tmp_path / "image"
        path.write_bytes(ELF)
        return Image(spec, path, built(spec.name, "bare", ROOT / "platforms/kvm", path, ROOT / "make.log", 1.5))

    monkeypatch.setattr(command, "_boot", boot)
    monkeypatch.setattr(command, "_image", image)
    monkeypatch.setattr(Qemu, "missing", lambda self: [])
    monkeypatch.setattr(Xl, "missing", lambda self: ["a Xen"])
    return seen


def test_exit_status_tells_the_end(booted: SimpleNamespace, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert (run("run", "kvm").code, booted.bed) == (0, "qemu-microvm")
    for end in ("crash", "reboot", "timeout", "failed"):
        booted.outcome = replace(OUTCOME, end=end)
        assert (run("run", "kvm", "--on", "qemu-q35").code, booted.bed) == (1, "qemu-q35")
    booted.outcome = replace(OUTCOME, end="exit", status=0)
    assert run("run", "kvm").code == 0


def test_programs_get_one_document_and_no_other_word(
    booted: SimpleNamespace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    left = replace(OUTCOME, end="exit", status=1, log="host", debug="last\n")
    for outcome, more in ((OUTCOME, {}), (left, {"status": 1})):
        booted.outcome = outcome
        result = run("run", "kvm", "--format", "json")
        data = read(result)
        is_well = outcome.end == "poweroff"
        assert (result.code, result.err, data["well"]) == (int(not is_well), "", is_well)
        words = {"end": outcome.end, "console": "one\ntwo\n", "debug-port": outcome.debug, "seconds": 1.0, **more}
        assert words.items() <= data.items()
        assert "host-log" not in data
    assert read(run("run", "kvm", "--format", "json", "--log"))["host-log"] == "host"
    (error,) = read(run("run", "kvm", "--on", "nowhere", "--format", "json"))["errors"]
    assert error["code"] == "no-machine"


def test_nothing_is_built_for_a_machine_that_is_not_here(
    booted: SimpleNamespace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = run("run", "xen-pvh", "--on", "xl", "--app", "x", "--unikraft", "y")
    assert (result.code, "xl needs a Xen [no-machine]" in result.err, booted.made) == (2, True, [])
    assert run("run", "kvm", "--on", "xl").err.count("hint: it runs on qemu-microvm, qemu-pc, qemu-q35") == 1


def test_an_image_that_memory_cannot_hold_is_not_booted(
    booted: SimpleNamespace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = run("run", "kvm", "--memory", "1")
    assert (result.code, "--memory 1: the image itself ends at 1.5 MiB" in result.err, booted.bed) == (2, True, "")
    assert run("run", "kvm", "--memory", "2").code == 0


def test_a_phase_says_nothing_where_nobody_looks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(hidden=False)
    with Phase("builds"):
        pass
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with Phase("builds") as phase:
        phase.tell("1 of 2 files")
        phase.stop()
    told = capsys.readouterr().err
    assert told.startswith("\r\033[Kbuilds ... 0 s")
    assert told.endswith("\r\033[K")
