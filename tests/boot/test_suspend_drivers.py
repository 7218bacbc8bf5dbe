# SPDX-License-Identifier: BSD-3-Clause
"""What Unikraft's Xen drivers mean for a suspension, with devices and event channels of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot import hosted

HEADERS = {
    "uk/config.h": "",
    "uk/arch/limits.h": "",
    "common/events.h": """#include <stdint.h>
typedef uint16_t domid_t;
typedef uint32_t evtchn_port_t;
typedef void (*evtchn_handler_t)(evtchn_port_t port, void *regs, void *data);
"""
}
MAIN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <plat/console_note.h>
#include <plat/core.h>
#include <plat/suspend.h>
#include <plat/xen_devices.h>
#include <plat/xen_driver_ports.h>

#define DEVICES	3

struct driver_port driver_ports[DRIVER_PORTS];
extern const struct suspend_part core_drivers_part;

static int busy = -1, stuck = -1;	/* devices */

bool xen_device_next(uint32_t *at, struct core_node *state)
{
	static const char *const names[DEVICES] = { "a", "b", "c" };

	if (*at == DEVICES)
		return false;
	state->path = names[(*at)++];
	return true;
}

static int number(const struct core_node *state)
{
	return state->path[0] - 'a';
}

bool xen_device_idle(const struct core_node *state)
{
	return number(state) != busy;
}

const char *xen_device_close(const struct core_node *state)
{
	printf("close %s\n", state->path);
	return number(state) == stuck ? "stuck" : NULL;
}

const char *xen_device_open(const struct core_node *state)
{
	printf("open %s\n", state->path);
	return NULL;
}

bool xen_device_has_port(uint32_t port)
{
	return port == 7;
}

bool core_nodes_overflow(void) { return false; }
bool events_masked(uint32_t port) { return port; }
bool xen_grants_overflow(void) { return false; }
long events_alloc_unbound(uint16_t domid, event_handler handler, void *data) { return domid + !handler + !data; }
long events_send(uint32_t port) { return port; }
void console_note(const char *what, const char *which) { printf("%s%s\n", what, which); }
void core_crash(const char *fmt, ...) { exit(!!fmt); }
void driver_port_call(uint32_t port, void *data) { (void)port; (void)data; }
void events_close(uint32_t port) { (void)port; }
void events_set_handler(uint32_t port, event_handler handler, void *data) { (void)port; (void)handler; (void)data; }
void events_unmask(uint32_t port) { (void)port; }
void xen_grants_keep(void) {}
void xen_grants_put(void) {}

/* offered PORT PEER | bound PORT | busy DEVICE | stuck DEVICE */
int main(int argc, char **argv)
{
	const char *why;
	int i;

	for (i = 1; i + 1 < argc; i += 2) {
		const int n = atoi(argv[i + 1]);

		if (argv[i][0] == 'o')
			driver_ports[n] = (struct driver_port){ .offered = true, .peer = (domid_t)atoi(argv[++i + 1]) };
		if (argv[i][0] == 'b' && argv[i][1] == 'o')
			driver_ports[n].call = (evtchn_handler_t)main;
		if (argv[i][0] == 'b' && argv[i][1] == 'u')
			busy = n;
		if (argv[i][0] == 's')
			stuck = n;
	}
	why = core_drivers_part.obstacle();
	if (!why)
		why = core_drivers_part.prepare();
	printf("%s\n", why ? why : "ready");
	core_drivers_part.resumed(false);
	return 0;
}
"""
ELSEWHERE = "a driver of Unikraft is connected to another domain\n"


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, options = tmp_path_factory.mktemp("drivers"), ("-DCONFIG_LIBXENBUS", "-Wno-cast-function-type")
    return hosted.program(folder, "0.21", ("xen_drivers_suspend.c",), MAIN, *options, headers=HEADERS)


def test_all_devices_let_go_and_come_back(guest: Path) -> None:
    text = "close a\nclose b\nclose c\nready\nopen a\nopen b\nopen c\n"
    assert hosted.run(guest, "offered", "7", "0") == text


def test_a_busy_disk_costs_no_other_device_its_backend(guest: Path) -> None:
    assert hosted.run(guest, "busy", "2") == "a disk does not answer\n"


def test_only_devices_that_were_told_to_let_go_are_connected_again(guest: Path) -> None:
    assert hosted.run(guest, "stuck", "1") == "close a\nclose b\nstuck\nopen a\nopen b\n"


@pytest.mark.parametrize(
    "words", [("offered", "7", "3"), ("offered", "8", "0"), ("bound", "7")], ids=["driver-domain", "early", "bound"]
)
def test_a_channel_to_elsewhere_keeps_the_guest_here(guest: Path, words: tuple[str, ...]) -> None:
    assert hosted.run(guest, *words) == ELSEWHERE
