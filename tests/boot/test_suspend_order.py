# SPDX-License-Identifier: BSD-3-Clause
"""The order of a suspension, with parts, a clock and a Xen of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot import hosted

MAIN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <plat/clock.h>
#include <plat/console_note.h>
#include <plat/core.h>
#include <plat/event_timer.h>
#include <plat/hypercall.h>
#include <plat/hypervisor.h>
#include <plat/lapic.h>
#include <plat/suspend.h>
#include <plat/suspend_park.h>
#include <plat/xen_hypervisor.h>

static uint64_t now = NSEC_PER_SEC;
static unsigned int seconds;	/* that the devices take */
static const char *in_the_way;
static void (*irq)(void);

static uint64_t read_clock(void)
{
	return now;
}

uint64_t (*clock_reader)(void) = read_clock;

/* It is called by an instruction that the compiler does not see as a call. */
int calls;

static __attribute__((naked)) void cancel(void)
{
	__asm__("incl calls(%rip)\n\tmovl $1, %eax\n\tret");
}

void (*hypercall_entry)(void) = cancel;

static const char *prepare(void)
{
	now += seconds * NSEC_PER_SEC;
	return NULL;
}

static void resumed(bool lost)
{
	printf("resumed, %slost\n", lost ? "" : "not ");
}

static const char *obstacle(void)
{
	return in_the_way;
}

static const struct suspend_part part = {
	.prepare = prepare, .resumed = resumed, .obstacle = obstacle,
};

const struct suspend_part *const suspend_parts[] = { &part, NULL };

void console_note(const char *what, const char *which)
{
	printf("%s%s\n", what, which);
}

void core_irq_register(unsigned int number, void (*handler)(void))
{
	(void)number;
	irq = handler;
}

bool suspend_park_others(void)
{
	return true;
}

void suspend_release_others(bool lost)
{
	(void)lost;
}

unsigned int core_cpu(void) { return 0; }
uint32_t lapic_id(void) { return 0; }
uint32_t hypervisor_cpuid_base(const char name[static 12]) { return name[0]; }
void core_note_work(void) {}
void event_timer_set(struct event_timer *timer, uint64_t nsec) { timer->at = nsec; }
void lapic_eoi(void) {}
void lapic_send(uint32_t id, uint32_t message) { (void)id; (void)message; }
void lapic_timer_start(uint32_t count) { (void)count; }
void suspend_park(void) {}
void xen_find_entry(uint32_t base) { (void)base; }

int main(int argc, char **argv)
{
	suspend_request();
	seconds = (unsigned int)atoi(argv[1]);
	/* It has come since the host was told that the guest can be saved. */
	in_the_way = argc > 2 ? argv[2] : NULL;
	irq();
	printf("Xen was called %d times\n", calls);
	return 0;
}
"""


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hosted.program(tmp_path_factory.mktemp("order"), "bare", ("suspend.c",), MAIN, "-mno-red-zone", "-no-pie")


def test_a_guest_is_suspended_while_the_host_waits(guest: Path) -> None:
    text = "suspend: cancelled, the guest goes on\nresumed, not lost\nXen was called 1 times\n"
    assert hosted.run(guest, "40") == text


def test_a_guest_is_not_suspended_when_the_host_has_given_up(guest: Path) -> None:
    text = "suspend: the guest is not saved: the host waits no longer\nresumed, not lost\nXen was called 0 times\n"
    assert hosted.run(guest, "50") == text


def test_an_obstacle_that_came_after_the_host_was_told_counts(guest: Path) -> None:
    text = "suspend: the guest is not saved: a file is open\nresumed, not lost\nXen was called 0 times\n"
    assert hosted.run(guest, "0", "a file is open") == text
