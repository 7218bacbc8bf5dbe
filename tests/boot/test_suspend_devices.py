# SPDX-License-Identifier: BSD-3-Clause
"""Network and disk of Unikraft's drivers in a suspension, with a store and a backend of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot import hosted

SOURCES = ("core_xenstore_nodes.c", "xen_devices.c", "xen_devices_walk.c")
MAIN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <plat/suspend_hooks.h>
#include <plat/xen_devices.h>
#include <plat/xenstore_parts.h>

struct xenstore_link xenstore_link;
static uint64_t now;
static char backends[] = "44";	/* of the network and of the disk */
static int deaf;		/* the state that no backend takes */
static unsigned int ring[4];	/* requests, -, answers, - */
static int answers;		/* how many it still gives */

void suspend_announce(void)
{
	printf("announce\n");
}

uint64_t xen_time_now(void)
{
	return now += 1000000000;
}

void hypervisor_yield(void)
{
	if (answers-- > 0)
		ring[2]++;
}

void xenstore_read_on(void)
{
}

volatile void *xen_grant_page_at(uint32_t ref)
{
	return ref == 8 ? ring : NULL;
}

static char *backend_of(const char *path)
{
	return &backends[!!strstr(path, "vbd")];
}

bool xenstore_read(const char *path, xenstore_answer answer, void *data)
{
	const char state[] = { *backend_of(path), 0 };

	if (strstr(path, "/backend/"))
		answer(data, XENSTORE_DONE, state);
	else if (strstr(path, "/backend"))
		answer(data, XENSTORE_DONE, strstr(path, "vbd") ? "/backend/vbd" : "/backend/vif");
	else
		answer(data, XENSTORE_MISSING, "ENOENT");
	answer((char *)data - 1, XENSTORE_DONE, "the answer to the question before, which comes late");
	return true;
}

bool xenstore_write(const char *path, const char *value, xenstore_answer answer, void *data)
{
	static const char follows[] = { 0, '2', '2', '2', '4', '5', '6' };
	const size_t len = strlen(path);

	printf("%s=%s\n", path, value);
	if (!strcmp(path + len - 6, "/state") && *value - '0' != deaf)
		*backend_of(path) = follows[*value - '0'];
	answer(data, XENSTORE_DONE, "");
	return true;
}

static void note(unsigned int type, char *word)
{
	struct xenstore_header h = { .type = type };
	char *equals = strchr(word, '=');

	h.len = (uint32_t)strlen(word) + !equals;
	if (equals)
		*equals = '\0';
	core_nodes_note(&h, word);
}

static void say(const char *what, const char *why)
{
	printf("%s: %s\n", what, why ? why : "done");
}

int main(int argc, char **argv)
{
	struct core_node state;
	uint32_t at;
	int i;

	for (i = 1; i < argc; i++) {
		char *word = argv[i] + 2;

		if (argv[i][0] == 'w')
			note(XENSTORE_WRITE, word);
		if (argv[i][0] == 'r')
			note(XENSTORE_REMOVE, word);
		if (argv[i][0] == 'p')
			printf("port %s %d\n", word, xen_device_has_port((uint32_t)atoi(word)));
		if (argv[i][0] == 'd')
			deaf = atoi(word);
		if (argv[i][0] == 'q')
			ring[0] = (unsigned int)atoi(word);
		if (argv[i][0] == 'a')
			answers = atoi(word);
		for (at = 0; argv[i][0] == 'i' && xen_device_next(&at, &state);)
			printf("idle %d\n", xen_device_idle(&state));
		for (at = 0; argv[i][0] == 'c' && xen_device_next(&at, &state);)
			say("close", xen_device_close(&state));
		for (at = 0; argv[i][0] == 'o' && xen_device_next(&at, &state);)
			say("open", xen_device_open(&state));
	}
	printf("overflow %d\n", core_nodes_overflow());
	return 0;
}
"""
DISK = ("w device/vbd/51712/ring-ref=8", "w device/vbd/51712/event-channel=5", "w device/vbd/51712/state=4")
NET = ("w device/vif/0/tx-ring-ref=9", "w device/vif/0/event-channel-tx=6", "w device/vif/0/state=4")
CLOSED = "{0}=5\n{0}=6\nclose: done\n"


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hosted.program(tmp_path_factory.mktemp("devices"), "0.21", SOURCES, MAIN, "-DCONFIG_LIBXENBUS")


def run(guest: Path, *words: str) -> str:
    return hosted.run(guest, *words).replace("announce\n", "").removesuffix("overflow 0\n")


def test_a_backend_lets_go_and_finds_all_nodes_again(guest: Path) -> None:
    assert run(guest, *DISK, *NET, "c", "o") == (
        CLOSED.format("device/vbd/51712/state")
        + CLOSED.format("device/vif/0/state")
        + "device/vbd/51712/state=1\ndevice/vbd/51712/ring-ref=8\ndevice/vbd/51712/event-channel=5\n"
        "device/vbd/51712/state=4\nopen: done\n"
        "device/vif/0/state=1\ndevice/vif/0/tx-ring-ref=9\ndevice/vif/0/event-channel-tx=6\n"
        "device/vif/0/state=4\nopen: done\n"
    )


def test_a_disk_answers_before_its_backend_lets_go(guest: Path) -> None:
    assert run(guest, *DISK, "q 3", "a 3", "i") == "idle 1\n"
    assert run(guest, *DISK, "q 3", "a 2", "i") == "idle 0\n"


@pytest.mark.parametrize("state", ["5", "6"])
def test_a_backend_that_does_not_let_go_keeps_the_guest_here(guest: Path, state: str) -> None:
    text = run(guest, *NET, f"d {state}", "c")
    assert text.endswith("close: the backend of a device does not let go\n")


@pytest.mark.parametrize(
    ("deaf_to", "written"),
    [
        ("5", "device/vif/0/state=4\n"),
        (
            "6",
            "device/vif/0/state=6\ndevice/vif/0/state=1\n"
            "device/vif/0/tx-ring-ref=9\ndevice/vif/0/event-channel-tx=6\ndevice/vif/0/state=4\n",
        ),
    ],
)
def test_a_backend_that_lets_go_halfway_is_connected_again(guest: Path, deaf_to: str, written: str) -> None:
    text = run(guest, *NET, f"d {deaf_to}", "c", "d 0", "o")
    assert text.endswith(f"close: the backend of a device does not let go\n{written}open: done\n")


@pytest.mark.parametrize("state", ["1", "4"])
def test_a_device_that_does_not_come_back_is_named(guest: Path, state: str) -> None:
    text = run(guest, *NET, "c", f"d {state}", "o")
    assert text.endswith("open: device/vif/0/state\n")


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ((*DISK, "p 5"), True),
        ((*NET, "p 6"), True),
        ((*DISK, "p 6"), False),
        ((*DISK, "p 51"), False),
        (("w device/vbd/1/queue-3/event-channel=17", "w device/vbd/1/state=4", "p 17"), True),
        ((*DISK[:2], "p 5"), False),
        ((*DISK, "w device/vbd/51712/state=5", "p 5"), False),
        ((*DISK, "r device/vbd/51712/event-channel", "p 5"), False),
        (("w device/vif/1/event-channel=5", *DISK[::2], "p 5"), False),
        (("w device/9pfs/0/event-channel-0=5", "w device/9pfs/0/state=4", "p 5"), False),
    ],
)
def test_only_channels_of_a_connected_network_or_disk_are_carried(
    guest: Path, words: tuple[str, ...], known: bool
) -> None:
    assert run(guest, *words).endswith(f"port {words[-1][2:]} {int(known)}\n")


def test_the_host_hears_of_each_change_of_a_state(guest: Path) -> None:
    def announced(*words: str) -> int:
        return hosted.run(guest, *words).count("announce")

    assert announced(*DISK) == 1
    assert announced(*DISK, "r device/vbd/51712/state") == 2
    assert announced("w data/state=4") == 0


def test_more_nodes_than_fit_are_told(guest: Path) -> None:
    many = [f"w device/vif/{i}/event-channel={'1' * 100}" for i in range(40)]
    assert run(guest, *many).endswith("overflow 1\n")
    assert run(guest, *many[:1] * 100) == ""
