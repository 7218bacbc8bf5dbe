/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each CPU has a queue of its own and an interrupt for it. It makes a request and
 * sleeps until the queue's handler has run, so that a lost interrupt is a request
 * that waits for ever. The interrupt goes to the CPU that asks, then to another one,
 * then it moves to any CPU while the request is under way: it may come to the old
 * CPU or to the new one. The next one, which nothing moves, comes to the new CPU
 * alone. Each request brings one message; a level may come twice, and two CPUs may
 * then find it high. Of two requests at once the last interrupt comes after both were
 * served. The argument says how interrupts come, and how many requests each of the
 * four plans takes, all queues together.
 *
 * number: 33
 * on: nowhere
 * because: the devices are on other machines
 * with: argument=messages/500 vcpus=4 limit=90 on=qemu-q35 blockdev=null-co,node-name=a,read-zeroes=on device=virtio-blk-pci,drive=a,num-queues=4,vectors=5,disable-legacy=on
 * with: argument=messages,bare/500 vcpus=4 limit=90 on=qemu-microvm* machine=acpi=on,pcie=on blockdev=null-co,node-name=a,read-zeroes=on device=virtio-blk-pci,drive=a,num-queues=4,vectors=5,disable-legacy=on
 * with: argument=lines/500 vcpus=4 limit=90 on=qemu-q35 blockdev=null-co,node-name=a,read-zeroes=on blockdev=null-co,node-name=b,read-zeroes=on device=virtio-blk-pci,drive=a,addr=4,vectors=0,disable-legacy=on device=virtio-blk-pci,drive=b,addr=6,vectors=0,disable-legacy=on
 * with: argument=memory/500 vcpus=4 limit=90 on=qemu-microvm* settings=virtio-mmio.force-legacy=false blockdev=null-co,node-name=a,read-zeroes=on blockdev=null-co,node-name=b,read-zeroes=on blockdev=null-co,node-name=c,read-zeroes=on blockdev=null-co,node-name=d,read-zeroes=on device=virtio-blk-device,drive=a device=virtio-blk-device,drive=b device=virtio-blk-device,drive=c device=virtio-blk-device,drive=d
 * with: argument=memory,edge/500 vcpus=4 limit=90 on=qemu-microvm settings=virtio-mmio.force-legacy=false blockdev=null-co,node-name=a,read-zeroes=on blockdev=null-co,node-name=b,read-zeroes=on blockdev=null-co,node-name=c,read-zeroes=on blockdev=null-co,node-name=d,read-zeroes=on device=virtio-blk-device,drive=a device=virtio-blk-device,drive=b device=virtio-blk-device,drive=c device=virtio-blk-device,drive=d
 */
#include <bare/check.h>

#if __has_include(<plat/msix.h>)
#include <bare/string.h>
#include <plat/clock.h>
#include <plat/cpus.h>
#include <plat/smp.h>
#include <plat/timer.h>

#include "irq_units.h"
#include "number.h"
#include "patience.h"

#define CPUS		4
#define SLEEP_NSEC	2000000UL
#define LOST_NSEC	(5 * NSEC_PER_SEC)
#define APIC_REQUESTED	0x20

enum plan { OWN, OTHER, BOTH, MOVING, PLANS };

static const char *const plan_names[PLANS] = {
	"to the CPU that asks", "to another CPU", "two at a time", "moving",
};

static unsigned long rounds;
static unsigned int points;	/* how many times a CPU has come to one */
static const char *wrong;

static void got(struct unit *u)
{
	const unsigned int cpu = core_cpu(), driver = (unsigned int)(u - units);

	if (unit_raised(u)) {
		__atomic_add_fetch(&u->came, 1, __ATOMIC_RELAXED);
		if (cpu != u->cpu && cpu != u->old_cpu)
			__atomic_add_fetch(&u->elsewhere, 1, __ATOMIC_RELAXED);
		__atomic_store_n(&u->seen, virtio_served(&u->queue),
				 __ATOMIC_RELEASE);
		if (cpu == driver)
			core_note_work();
		else
			smp_wake(driver);
	} else {
		__atomic_add_fetch(&u->stray, 1, __ATOMIC_RELAXED);
	}
	unit_done(u);
}

static void got_0(void)
{
	got(&units[0]);
}

static void got_1(void)
{
	got(&units[1]);
}

static void got_2(void)
{
	got(&units[2]);
}

static void got_3(void)
{
	got(&units[3]);
}

static void (*const handlers[UNITS])(void) = { got_0, got_1, got_2, got_3 };

/* Interrupts are off but for the sleep, so that none comes before it unseen. */
static const char *wait_for(const struct unit *u, uint16_t wanted)
{
	const uint64_t end = clock_monotonic() + LOST_NSEC;

	while (__atomic_load_n(&u->seen, __ATOMIC_ACQUIRE) != wanted && !wrong) {
		timer_block_until(end);
		if (clock_monotonic() < end)
			continue;
		return virtio_served(&u->queue) == wanted ?
		       "a request was served without an interrupt" :
		       "a request was not served";
	}
	return NULL;
}

static void look_for_more(void *arg)
{
	struct unit *const u = arg;
	const unsigned int vector = IRQ_VECTOR(u->irq);

	u->waits = lapic_read(APIC_REQUESTED + vector / 32) >> vector % 32 & 1;
}

/*
 * A level that rose again before it was served makes a second interrupt, with
 * nothing to say by now: it may still wait at the old CPU.
 */
static const char *leave_old_cpu(struct unit *u)
{
	const uint64_t end = clock_monotonic() + PATIENCE;

	do {
		if (!call_surely(smp_call, u->old_cpu, look_for_more, u))
			return "a CPU is deaf";
		if (clock_monotonic() > end)
			return "an interrupt waits at the old CPU for ever";
		irq_enable();
		__builtin_ia32_pause();
		irq_disable();
	} while (u->waits);
	return NULL;
}

static const char *ask(struct unit *u, unsigned int requests, int move_to)
{
	const uint16_t wanted = (uint16_t)(u->queue.available.index + requests);
	const char *bad;
	unsigned int i;

	for (i = 0; i < requests; i++) {
		disk_post(&u->queue, &u->requests[i], i);
		virtio_tell(&u->queue);
	}
	if (move_to >= 0) {
		u->old_cpu = u->cpu;
		__atomic_store_n(&u->cpu, (unsigned int)move_to,
				 __ATOMIC_RELEASE);
		unit_aim(u, u->cpu);
	}
	bad = wait_for(u, wanted);
	for (i = 0; !bad && !wrong && i < requests; i++)
		if (!disk_has_read(&u->requests[i]))
			bad = "a request was served with an error";
	if (!bad && u->old_cpu != u->cpu && unit_has_line(u))
		bad = leave_old_cpu(u);
	u->old_cpu = u->cpu;
	return bad;
}

static unsigned int came_to_all(void)
{
	unsigned int i, came = 0;

	for (i = 0; i < UNITS; i++)
		came += __atomic_load_n(&units[i].came, __ATOMIC_RELAXED);
	return came;
}

/*
 * Nobody goes on before all have come; all sleep, so that interrupts do come. Who
 * has no unit waits here for those who have one, for as long as they make progress.
 */
static void meet(void)
{
	const unsigned int mine =
		__atomic_add_fetch(&points, 1, __ATOMIC_ACQ_REL);
	const unsigned int all = (mine + CPUS - 1) / CPUS * CPUS;
	unsigned int now, came = came_to_all();
	uint64_t end = clock_monotonic() + PATIENCE;

	while (__atomic_load_n(&points, __ATOMIC_ACQUIRE) < all && !wrong) {
		timer_block_until(clock_monotonic() + SLEEP_NSEC);
		now = came_to_all();
		if (now != came)
			end = clock_monotonic() + PATIENCE;
		else if (clock_monotonic() > end)
			wrong = "a CPU does not come";
		came = now;
	}
}

static const char *run_plan(struct unit *u, enum plan plan)
{
	const unsigned int me = core_cpu();
	const unsigned int each = plan == BOTH ? 2 : 1;
	uint32_t random = me + 1;
	const char *bad = NULL;
	unsigned long i;
	int to;

	u->cpu = u->old_cpu = plan == OTHER ? (me + 1) % CPUS : me;
	unit_aim(u, u->cpu);
	for (i = 0; i < rounds && !bad && !wrong; i += each) {
		random = random * 1664525 + 1013904223;
		to = plan == MOVING && i % 2 ? (int)(random >> 16) % CPUS : -1;
		bad = ask(u, each, to);
	}
	if (bad || wrong || plan == BOTH)
		return bad;
	if (u->came < rounds)
		return "there are fewer interrupts than requests";
	return unit_has_line(u) || u->came == rounds ? NULL :
	       "there are more messages than requests";
}

/* One plan, on each CPU; those without a unit take others' interrupts */
static void drive(void *arg)
{
	const unsigned int me = core_cpu();
	const char *bad = NULL;

	meet();
	if (me < units_count)
		bad = run_plan(&units[me], *(const enum plan *)arg);
	if (bad && !wrong)	/* the first one is the cause */
		wrong = bad;
	meet();
}

static const char *one_plan(enum plan plan)
{
	static enum plan now;
	const uint64_t begin = clock_monotonic();
	unsigned int cpu, came = 0, stray = 0;
	struct unit *u;

	now = plan;
	for (u = units; u < units + UNITS; u++)
		u->came = u->stray = 0;
	for (cpu = 1; cpu < CPUS; cpu++)
		if (!call_surely(smp_run, cpu, drive, &now))
			return "a CPU is deaf";
	drive(&now);
	for (u = units; u < units + UNITS; u++) {
		came += u->came;
		stray += u->stray;
		if (u->elsewhere)
			return "an interrupt came to a CPU that it was not for";
	}
	print_line("  %s: %lu requests, %u interrupts, %u with nothing to say, %lu us",
		   plan_names[plan], rounds * units_count, came, stray,
		   (unsigned long)(clock_monotonic() - begin) / 1000);
	return wrong;
}

static enum check_result run(const char *arg)
{
	const char *bad, *count = arg;
	unsigned int plan;

	for (; *count && *count != '/'; count++)
		;
	if (cpus_count < CPUS || !cpus_running(CPUS - 1))
		return check_fail("there are not %u CPUs", CPUS);
	device_irqs_init();
	bad = arg[1] == 'i' ? units_of_lines(handlers) :
	      arg[2] == 's' ? units_of_messages(handlers) :
			      units_in_memory(handlers, arg[6] == ',');
	if (bad)
		return check_fail("%s", bad);
	rounds = number(count + 1) / units_count;
	for (plan = OWN; plan < PLANS && !bad; plan++)
		bad = one_plan(plan);
	return bad ? check_fail("%s, %s", plan_names[plan - 1], bad)
		   : CHECK_PASS;
}
#else
static enum check_result run(const char *arg)
{
	(void)arg;
	return check_skip("this platform has no MSI");
}
#endif

CHECK(irq_cpus, "interrupts reach the CPU they are for, and none is lost")
{
	return run(arg);
}
