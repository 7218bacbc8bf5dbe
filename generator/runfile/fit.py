# SPDX-License-Identifier: BSD-3-Clause
"""Which host of a consumer fits a spec and what is asked for; where none does, why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import Diagnostic, Outcome, did_you_mean
from ..load.components import Component
from ..load.spec import Spec
from .hosts import HOSTS, Host
from .request import USER_NET, Request

CODE = "no-runfile"


def fitting(spec: Spec, components: Iterable[Component], request: Request) -> Outcome[Host]:
    """The best host of the consumer; where none fits, the errors of the one with the fewest."""
    kinds = _kinds(spec, components)
    if request.hypervisor and request.hypervisor not in kinds:
        message = f"the spec has no hypervisor '{request.hypervisor}'"
        at = spec.document.at("machine", "hypervisors")
        return Outcome(None, (Diagnostic(CODE, at, message, did_you_mean(request.hypervisor, kinds)),))
    if request.hypervisor:
        kinds = {request.hypervisor: kinds[request.hypervisor]}
    order = list(kinds.values())

    def preference(host: Host) -> tuple[int, int]:
        known = host.bed in spec.machines
        return (
            order.index(host.kind) if host.kind in order else len(order),
            spec.machines.index(host.bed) if known else len(spec.machines),
        )

    hosts = sorted(HOSTS[request.consumer], key=preference)
    hosts = [host for host in hosts if host.kind in order] or hosts[:1]
    found = {number: tuple(_faults(spec, kinds, request, host)) for number, host in enumerate(hosts)}
    best = min(found, key=lambda number: len(found[number]))
    return Outcome(None, found[best]) if found[best] else Outcome(hosts[best])


def faults(spec: Spec, components: Iterable[Component], request: Request, host: Host) -> tuple[Diagnostic, ...]:
    """Why a host cannot start the image, or give it what is asked for."""
    return tuple(_faults(spec, _kinds(spec, components), request, host))


def _kinds(spec: Spec, components: Iterable[Component]) -> dict[str, str]:
    """By hypervisor of the spec the host that it takes, as its component says; empty for any."""
    served = {fact: attributes for component in components for fact, attributes in component.serves.items()}
    facts = (fact for fact in spec.facts if fact.startswith("hypervisors."))
    return {fact.partition(".")[2]: str(served.get(fact, {}).get("host", "")) for fact in facts}


def _faults(spec: Spec, kinds: dict[str, str], request: Request, host: Host) -> Iterator[Diagnostic]:
    at, name = spec.document.at, " ".join(filter(None, (request.consumer, host.machine)))
    if host.kind not in kinds.values():
        known = f"the image is a guest of {' and '.join(kinds)} alone" if kinds else "the spec names no hypervisor"
        others = [consumer for consumer, hosts in HOSTS.items() if {h.kind for h in hosts} & set(kinds.values())]
        hint = f"it can be started by {', '.join(others)}" if others else ""
        message = f"{request.consumer or host.machine} cannot start it: {known}"
        yield Diagnostic(CODE, at("machine", "hypervisors"), message, hint)
        return
    if not any(f"boot.{boot}" in spec.facts for boot in host.boots):
        message = f"{name} enters an image by {' or '.join(host.boots)}, which the spec's 'boot' does not list"
        yield Diagnostic(CODE, at("machine", "boot"), message)
    for device in request.devices:
        if device not in host.devices:
            yield Diagnostic(CODE, None, f"{name} has no device for --{device}")
        for group in host.devices.get(device, ()):
            if not set(group) & set(spec.facts):
                key = group[0].partition(".")[0]
                message = f"--{device} on {name} needs the fact {' or '.join(group)}"
                yield Diagnostic(CODE, at("machine", key), message)
    if request.net == USER_NET and not host.has_user_net:
        yield Diagnostic(CODE, None, f"{name} has no --net {USER_NET}", "name an interface or bridge of the host")
    room = spec.machine.get("max-cpus", 1)
    if isinstance(room, int) and request.cpus > room:
        message = f"the platform has room for {room} CPU{'s' * (room != 1)}, not for {request.cpus}"
        yield Diagnostic(CODE, at("machine", "max-cpus"), message, "max-cpus of the spec's machine says how many")
    if request.cpus > host.max_cpus:
        yield Diagnostic(CODE, None, f"{name} gives a guest {host.max_cpus} CPUs at most, not {request.cpus}")
