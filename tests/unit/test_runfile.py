# SPDX-License-Identifier: BSD-3-Clause
"""`runfile`: each consumer reads back what was asked for, and the spec's facts decide what it may be asked."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from generator import parser
from generator.escape import Refused
from generator.runfile.command import TEMPLATES
from generator.runfile.hosts import HOSTS
from generator.runfile.languages import rendered
from generator.runfile.request import Request
from tests.unit.helpers import ROOT, Run

CMDLINE = "app '\"two  words\"' $HOME `id` \\n <&> #%{{ 7*7 }} \N{GREEK SMALL LETTER LAMDA}"
"""What each language would read as code of its own."""
IMAGE = '/a b/it\'s $x & <"y">'
FLAGS = ("-nodefaults", "-no-user-config", "-no-reboot")
SCHEMA = json.loads((Path(__file__).parent / "data/firecracker.schema.json").read_text())


@pytest.fixture
def made(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `runfile` on the platforms of this checkout."""
    monkeypatch.chdir(ROOT)

    def command(*arguments: str) -> Any:
        return run("runfile", *arguments)

    return command


def text_of(made: Run, *arguments: str) -> str:
    result = made(*arguments)
    assert (result.code, result.err) == (0, "")
    return result.out


def assignments(config: str) -> dict[str, Any]:
    """Of xl's configuration: it writes strings, numbers and lists as Python does."""
    tree = ast.parse(config)
    assert all(isinstance(node, ast.Assign) for node in tree.body)
    return {ast.unparse(n.targets[0]): ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign)}


def options(script: str, folder: Path) -> dict[str, list[str]]:
    """By option the values that a shell gives the program which the script starts."""
    for name in ("qemu-system-x86_64", "cloud-hypervisor"):
        (folder / name).write_text("#!/bin/sh\nprintf '%s\\0' \"$@\"\n")
        (folder / name).chmod(0o755)
    call = ["sh", "-eu", "-c", script]
    done = subprocess.run(call, env={"PATH": f"{folder}:/usr/bin:/bin"}, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    found: dict[str, list[str]] = {}
    words = [word for word in done.stdout.split("\0")[:-1] if word not in FLAGS]
    for name, value in zip(words[::2], words[1::2], strict=True):
        found.setdefault(name, []).append(value)
    return found


def spec(folder: Path, name: str, /, **machine: Any) -> str:
    """A copy of a platform's spec with other facts; None leaves a key out."""
    data = yaml.safe_load((ROOT / f"platforms/{name}.yaml").read_text())
    changed = {**data["machine"], **{key.replace("_", "-"): value for key, value in machine.items()}}
    data["machine"] = {key: value for key, value in changed.items() if value is not None}
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return str(path)


def test_every_consumer_has_its_hosts_and_template() -> None:
    asked = next(a for a in parser.command_parser("runfile")._actions if a.dest == "consumer")
    assert tuple(asked.choices or ()) == tuple(HOSTS) == tuple(TEMPLATES)


def test_xl_reads_back_what_was_asked_for(made: Run) -> None:
    devices = ["--net", "xenbr0", "--disk", "/d,i [sk]", "--share", "/s h", "--initrd", "/i'n"]
    asked = ["--cpus", "4", "--memory", "48", "--image", IMAGE, "--cmdline", CMDLINE]
    assert assignments(text_of(made, "xen-pvh", "--for", "xl", *asked, *devices)) == {
        "type": "pvh",
        "name": "xen-pvh",
        "memory": 48,
        "vcpus": 4,
        "tsc_mode": "native",
        "kernel": IMAGE,
        "ramdisk": "/i'n",
        "cmdline": CMDLINE,
        "vif": ["bridge=xenbr0"],
        "disk": ["format=raw,vdev=xvda,access=rw,backendtype=phy,target=/d,i [sk]"],
        "p9": ["tag=share,security_model=none,path=/s h"],
    }


def test_qemu_reads_back_what_was_asked_for(made: Run, tmp_path: Path) -> None:
    devices = ["--net", "tap0", "--disk", "/d,i $sk", "--share", "/s,h", "--initrd", "/i,n"]
    asked = ["--cpus", "4", "--memory", "48", "--image", IMAGE, "--cmdline", CMDLINE]
    found = options(text_of(made, "kvm", "--for", "qemu", *asked, *devices), tmp_path)
    assert (found["-kernel"], found["-append"], found["-initrd"]) == ([IMAGE], [CMDLINE], ["/i,n"])
    assert (found["-machine"], found["-smp"], found["-m"]) == (["microvm"], ["4"], ["48M"])
    assert found["-drive"] == ["if=none,id=disk0,format=raw,file=/d,,i $sk"]
    assert found["-fsdev"] == ["local,id=share,security_model=none,path=/s,,h"]
    assert found["-netdev"] == ["tap,id=net0,script=no,downscript=no,ifname=tap0"]
    kinds = [device.partition(",")[0] for device in found["-device"]]
    assert kinds == ["pvpanic", "virtio-net-device", "virtio-blk-device", "virtio-9p-device"]


def test_qemu_takes_the_machine_that_the_facts_allow(made: Run, tmp_path: Path) -> None:
    """Devices on PCI alone rule microvm out; without PVH there is multiboot on a pc, with its own image."""
    found = options(
        text_of(made, spec(tmp_path, "kvm", buses=["virtio-pci"]), "--for", "qemu", "--disk", "/d"), tmp_path
    )
    assert found["-machine"] == ["pc"]  # which the spec's `machines` names before q35
    assert "virtio-blk-pci,drive=disk0" in found["-device"]
    alone = spec(tmp_path, "kvm", boot=["multiboot"])
    found = options(text_of(made, alone, "--for", "qemu", "--initrd", "/i,n"), tmp_path)
    assert (found["-machine"], found["-initrd"]) == (["pc"], ["/i,,n"])
    assert found["-kernel"] == [str(ROOT / f"build/{ROOT.name}_kvmx-x86_64.multiboot")]
    assert "-append" not in found  # the loader puts the image's path in front


def test_qemu_gets_a_console_and_an_end_by_the_facts(made: Run, tmp_path: Path) -> None:
    other = spec(tmp_path, "kvm", consoles=["debug-port"], power=["debug-exit"])
    found = options(text_of(made, other, "--for", "qemu", "--net", "user"), tmp_path)
    assert "-serial" not in found
    assert "isa-debugcon,iobase=0xe9,chardev=console" in found["-device"]
    assert "isa-debug-exit,iobase=0x501,iosize=2" in found["-device"]
    assert found["-netdev"] == ["user,id=net0"]


DEVICES = {
    "--net": ("devices/interface/source", "bridge", "br.0"),
    "--disk": ("devices/disk/source", "file", "/d <&\"'"),
    "--share": ("devices/filesystem/source", "dir", "/s'"),
}


@pytest.mark.parametrize(
    ("platform", "number"),
    [("kvm", 0), ("kvm", 3), ("xen-pvh", 1), ("xen-pvh", 2), ("pvh", 0), ("pvh --hypervisor kvm", 0)],
)
def test_libvirt_reads_back_what_was_asked_for(platform: str, number: int, made: Run, tmp_path: Path) -> None:
    on_xen = platform in ("xen-pvh", "pvh")
    asked = [word for option in list(DEVICES)[:number] for word in (option, DEVICES[option][2])]
    texts = ["--image", IMAGE, "--cmdline", CMDLINE, "--initrd", IMAGE]
    text = text_of(made, *platform.split(), "--for", "libvirt", *texts, *asked)
    domain = ET.fromstring(text)
    assert domain.get("type") == ("xen" if on_xen else "kvm")
    assert (domain.findtext("os/type"), domain.findtext("name")) == ("xenpvh" if on_xen else "hvm", platform.split()[0])
    assert [domain.findtext(f"os/{tag}") for tag in ("kernel", "initrd", "cmdline")] == [IMAGE, IMAGE, CMDLINE]
    for option, (place, attribute, value) in DEVICES.items():
        assert [n.get(attribute) for n in domain.iterfind(place)] == [value] * (option in asked)
    validate(text, tmp_path)


def validate(text: str, folder: Path) -> None:
    """By libvirt's own schema, where its tool is."""
    if (program := shutil.which("virt-xml-validate")) and shutil.which("xmllint"):
        (folder / "domain.xml").write_text(text)
        subprocess.run([program, "domain.xml", "domain"], cwd=folder, check=True, capture_output=True)


def test_libvirt_is_told_of_a_block_device(made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_block_device", lambda path: str(path) == "/dev/vg0/a")
    other = spec(tmp_path, "kvm", consoles=["debug-port"])
    text = text_of(made, other, "--for", "libvirt", "--disk", "/dev/vg0/a", "--net", "user")
    domain = ET.fromstring(text)
    assert [n.get("type") for n in domain.iterfind("devices/disk")] == ["block"]
    assert [n.attrib for n in domain.iterfind("devices/disk/source")] == [{"dev": "/dev/vg0/a"}]
    assert [n.get("type") for n in domain.iterfind("devices/interface")] == ["user"]
    assert domain.find("devices/interface/source") is None
    assert domain.find("devices/serial/target[@type='isa-debug']") is not None
    validate(text, tmp_path)


def test_firecracker_reads_back_what_was_asked_for(made: Run) -> None:
    validator = Draft202012Validator(SCHEMA)
    plain = json.loads(text_of(made, "kvm", "--for", "firecracker"))
    asked = ["--cpus", "4", "--memory", "48", "--image", IMAGE, "--cmdline", CMDLINE, "--initrd", "/i"]
    full = json.loads(text_of(made, "pvh", "--for", "firecracker", *asked, "--net", "tap0", "--disk", '/d,"'))
    for config in (plain, full):
        validator.validate(config)
    assert full["boot-source"] == {"kernel_image_path": IMAGE, "initrd_path": "/i", "boot_args": CMDLINE}
    assert full["machine-config"] == {"vcpu_count": 4, "mem_size_mib": 48}
    assert (full["drives"][0]["path_on_host"], full["network-interfaces"][0]["host_dev_name"]) == ('/d,"', "tap0")
    assert plain["boot-source"]["boot_args"] == "kvm"  # or the monitor would put a Linux's words there
    assert not validator.is_valid({**plain, "drives": [{"drive_id": "a"}]})
    assert not validator.is_valid({**plain, "machine-config": {"vcpu_count": 33, "mem_size_mib": 1}})


def test_cloud_hypervisor_reads_back_what_was_asked_for(made: Run, tmp_path: Path) -> None:
    asked = ["--cpus", "4", "--memory", "48", "--image", IMAGE, "--cmdline", CMDLINE]
    found = options(
        text_of(made, "kvm", "--for", "cloud-hypervisor", *asked, "--net", "tap0", "--disk", "/d $"), tmp_path
    )
    assert (found["--kernel"], found["--cmdline"]) == ([IMAGE], [CMDLINE])
    assert (found["--cpus"], found["--memory"]) == (["boot=4"], ["size=48M"])
    assert (found["--net"], found["--disk"]) == (["tap=tap0"], ["image_type=raw,path=/d $"])
    assert (found["--serial"], found["--console"]) == (["tty"], ["off"])


def test_paths_do_not_depend_on_the_reader_s_folder(made: Run) -> None:
    config = assignments(text_of(made, "xen-pvh", "--for", "xl", "--disk", "d", "--initrd", "../i"))
    assert config["kernel"] == str(ROOT / f"build/{ROOT.name}_xen-pvh-x86_64")
    assert (config["disk"][0].rpartition("=")[2], config["ramdisk"]) == (str(ROOT / "d"), str(ROOT.parent / "i"))


FITS = {
    "kvm": {"qemu", "libvirt", "firecracker", "cloud-hypervisor"},
    "xen-pvh": {"xl", "libvirt"},
    "pvh": set(HOSTS),
}


@pytest.mark.parametrize("platform", FITS)
def test_hypervisors_of_the_spec_choose_the_consumers(platform: str, made: Run) -> None:
    results = {consumer: made(platform, "--for", consumer) for consumer in HOSTS}
    assert {consumer for consumer, result in results.items() if result.code == 0} == FITS[platform]
    for result in (result for result in results.values() if result.code):
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"platforms/{platform}.yaml:{18 if platform == 'kvm' else 17}:16: error: ")
        assert all(f" {consumer}" in result.err.partition("hint:")[2] for consumer in FITS[platform])


@pytest.mark.parametrize(
    ("changes", "arguments", "place", "message"),
    [
        ({"boot": ["multiboot"]}, ["firecracker"], "boot:", "firecracker enters an image by pvh or linux64"),
        ({"boot": ["linux64"]}, ["libvirt"], "boot:", "libvirt pc enters an image by pvh"),
        ({"buses": ["virtio-pci"]}, ["firecracker", "--disk", "d"], "buses:", "needs the fact buses.virtio-mmio"),
        ({"buses": ["virtio-mmio"]}, ["libvirt", "--net", "b"], "buses:", "the fact buses.virtio-pci or buses.pci"),
        ({"interrupts": ["ioapic"]}, ["cloud-hypervisor", "--net", "t"], "interrupts:", "the fact interrupts.msi"),
        ({"buses": None}, ["qemu", "--share", "s"], "machine:", "needs the fact buses.virtio-mmio"),
        ({"max_cpus": 2}, ["qemu", "--cpus", "3"], "max-cpus:", "room for 2 CPUs, not for 3"),
        ({"max_cpus": None}, ["qemu", "--cpus", "2"], "machine:", "room for 1 CPU, not for 2"),
        ({}, ["firecracker", "--cpus", "33"], "", "firecracker gives a guest 32 CPUs at most"),
        ({}, ["firecracker", "--share", "s"], "", "firecracker has no device for --share"),
        ({}, ["cloud-hypervisor", "--net", "user"], "", "cloud-hypervisor has no --net user"),
        ({}, ["cloud-hypervisor", "--disk", "a,b"], "", "',' in a path would end an option"),
        ({}, ["libvirt", "--hypervisor", "xen"], "hypervisors:", "the spec has no hypervisor 'xen'"),
        ({}, ["qemu", "--cmdline", "a\nb"], "", "--cmdline holds U+000A (a control character)"),
        ({}, ["qemu", "--disk", "\udcff"], "", "--disk holds U+DCFF (a lone surrogate)"),
    ],
)
def test_what_a_consumer_cannot_do_is_an_error_at_the_fact(
    changes: dict[str, Any], arguments: list[str], place: str, message: str, made: Run, tmp_path: Path
) -> None:
    path = spec(tmp_path, "kvm", **changes)
    result = made(path, "--for", *arguments)
    assert (result.code, result.out) == (2, "")
    first = result.err.splitlines()
    assert message in first[0]
    if place:
        number = int(first[0].removeprefix(f"{path}:").partition(":")[0])
        lines = Path(path).read_text().splitlines()
        assert any(line.strip().startswith(place) for line in lines[number - 2 : number])
    else:
        assert first[0].startswith("platgen: error: ")


def test_a_bad_spec_gives_its_errors_and_no_others(made: Run, tmp_path: Path) -> None:
    path = spec(tmp_path, "kvm", boot=7)
    result = made(path, "--for", "xl")
    assert (result.code, result.out) == (2, "")
    assert "[no-runfile]" not in result.err


@pytest.mark.parametrize("name", ["a,b", "a b", "a/b", "x" * 16, "\N{LATIN SMALL LETTER E WITH ACUTE}0"])
def test_an_interface_s_name_ends_no_option(name: str, made: Run) -> None:
    result = made("xen-pvh", "--for", "xl", "--net", name)
    assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "\N{SUPERSCRIPT TWO}", "9" * 30])
def test_counts_are_whole_numbers(number: str, made: Run) -> None:
    result = made("kvm", "--for", "qemu", "--memory", number)
    assert (result.code, result.out) == (2, "")


def test_no_template_prints_a_text_that_is_not_quoted() -> None:
    """What is neither word nor number is refused, so that a template cannot forget its filter."""
    known = {"guest": Request("a", "xl", image="/i"), "cmdline": "b c", "has": bool}
    assert rendered("xl.cfg", {"name": "a", **known}).startswith("# Starts a:")
    with pytest.raises(Refused):
        rendered("xl.cfg", {"name": "a\nb", **known})
