/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Consoles and Xen's ring on the host. An interrupt that prints is tried after
 * each instruction of a write: the processor's trap flag brings it there. The
 * other end of the keyboard's ring is a thread, on a processor of its own.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include <console/console/console.c>
#include <xen-ring/xen_ring.c>

#define TRAP_FLAG	0x100UL
#ifndef ROUNDS
#define ROUNDS		200000U
#endif

static struct xencons_interface page;
static unsigned int sent;
static char log_text[2 * TAIL_SIZE];
static size_t log_end;

volatile uint64_t held;
static struct shared_info shared_page;
volatile struct shared_info *shared_info = &shared_page;

static void must(bool holds, const char *what, unsigned long where)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s (%lu)\n", what, where);
	exit(1);
}

uint64_t rdtsc(void) { return __builtin_ia32_rdtsc(); }
unsigned int core_cpu(void) { return 0; }
void *core_phys(uint64_t paddr) { return paddr ? &page : NULL; }
void core_note_work(void) {}
uint64_t hvm_param_get(uint32_t index) { return index; }
long events_send(uint32_t port) { (void)port; return sent++; }
void events_unmask(uint32_t port) { (void)port; }
void events_set_handler(uint32_t port, event_handler handler, void *data)
{
	(void)port;
	(void)handler;
	(void)data;
}

/* A wait for room ends at the second look. */
uint64_t pvclock_now(const volatile struct pvclock_time *time)
{
	static uint64_t now;

	(void)time;
	return now += READER_NSEC;
}

volatile struct vcpu_info *vcpu_info(unsigned int cpu)
{
	return &shared_page.vcpu_info[cpu];
}

void hypervisor_yield(void) {}

static bool there(void) { return true; }
static void log_putc(char c) { log_text[log_end++ % sizeof(log_text)] = c; }
static const struct console xen_log = { .init = there, .putc = log_putc };

const struct console *const machine_consoles[] = {
	&xen_ring, &xen_log, NULL
};

/* The interrupt comes after so many instructions, or when it may at last. */
static volatile unsigned long steps, wanted;
static volatile bool came;

static void step(int number, siginfo_t *info, void *context)
{
	ucontext_t *at = context;

	(void)number;
	(void)info;
	if (++steps < wanted || held)
		return;
	at->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
	came = true;
	console_write("XY", 2);
}

static void set_trap_flag(bool on)
{
	if (on)
		__asm__ __volatile__("pushfq; orl %0, (%%rsp); popfq"
				     : : "i"(TRAP_FLAG) : "memory", "cc");
	else
		__asm__ __volatile__("pushfq; andl %0, (%%rsp); popfq"
				     : : "i"(~TRAP_FLAG & 0xffffffff)
				     : "memory", "cc");
}

/* What came is "abc" and "XY", each in one piece but for the interrupt. */
static void look_at_text(uint32_t from)
{
	char text[8] = "";
	char *inner;
	uint32_t i;

	for (i = 0; i < 5; i++)
		text[i] = page.out[(from + i) % XENCONS_OUT];
	inner = strstr(text, "XY");
	must(inner, "the interrupt's text is whole", wanted);
	memmove(inner, inner + 2, strlen(inner + 2) + 1);
	must(!strcmp(text, "abc"), "the text around it is whole", wanted);
}

static void interrupt_anywhere(uint32_t room)
{
	const uint32_t begin = UINT32_MAX - 2;	/* indices wrap */

	for (wanted = 1, came = true; came; wanted++) {
		page.out_prod = begin;
		page.out_cons = begin + room - XENCONS_OUT;
		reader_gone = came = false;
		steps = 0;
		set_trap_flag(true);
		console_write("abc", 3);
		set_trap_flag(false);
		must(page.out_prod - page.out_cons <= XENCONS_OUT,
		     "the ring is never more than full", wanted);
		if (came && room >= 5) {
			must(page.out_prod == begin + 5, "nothing is lost",
			     wanted);
			look_at_text(begin);
		}
	}
	must(wanted > 50, "interrupts were tried", wanted);
}

/* Somebody types a letter that fills the ring while the guest takes one. */
static volatile uint32_t turn, typed_turn;
static volatile bool saw_full;

static void *type(void *data)
{
	uint32_t seen = 0;

	for (; seen < ROUNDS; typed_turn = seen) {
		while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) == seen)
			;
		seen = turn;
		page.in_prod++;
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		saw_full = page.in_prod - page.in_cons >= XENCONS_IN;
	}
	return data;
}

static void nobody_waits_for_room(void)
{
	unsigned int before;
	pthread_t typist;
	uint32_t i;

	pthread_create(&typist, NULL, type, NULL);
	for (i = 1; i <= ROUNDS; i++) {
		page.in_cons = i;
		page.in_prod = i + XENCONS_IN - 1;
		before = sent;
		__atomic_store_n(&turn, i, __ATOMIC_RELEASE);
		xen_ring_getc();
		while (typed_turn != i)
			;
		must(!saw_full || sent != before,
		     "who finds the ring full is told of room", i);
	}
	pthread_join(typist, NULL);
}

static void wrote(const char *text, size_t len, const char *want)
{
	const uint32_t begin = page.out_prod;
	uint32_t i;

	page.out_cons = begin;
	for (i = 0; i < len; i++)	/* cores cut texts where they like */
		console_write(text + i, 1);
	must(page.out_prod - begin == strlen(want), "as many letters", len);
	for (i = 0; i < strlen(want); i++)
		must(page.out[(begin + i) % XENCONS_OUT] == want[i],
		     "line ends are CR LF, once", i);
	page.out_cons = page.out_prod;
	console_write(text, len);
	must(page.out_prod - page.out_cons == strlen(want),
	     "a text in one piece is the same", len);
	page.out_cons = page.out_prod;
}

static void last_words(void)
{
	char line[101], want[204];
	unsigned int i;

	console_write("a notice\n", 9);
	must(!log_end, "what is no crash stays off other consoles", log_end);
	for (i = 0; i < 100; i++) {
		snprintf(line, sizeof(line), "line %094u\n", i);
		console_write(line, 100);
		page.out_cons = page.out_prod;
	}
	must(!log_end, "neither does what follows a notice", log_end);
	console_everywhere();
	must(log_end > TAIL_SIZE - 101 && log_end < TAIL_SIZE + 101,
	     "the end is told", log_end);
	must(!strncmp(log_text, "line ", 5), "by whole lines", 0);
	snprintf(want, sizeof(want), "line %094u\r\n", 99);
	want[99] = '\r';
	must(!memcmp(log_text + log_end - 101, want, 101), "to the last", 0);
	log_end = 0;
	console_everywhere();
	must(!log_end, "and once", log_end);
	console_write("crash", 5);
	must(log_end == 5, "from then on text goes to all", log_end);
}

int main(void)
{
	struct sigaction act = { .sa_sigaction = step, .sa_flags = SA_SIGINFO };

	sigaction(SIGTRAP, &act, NULL);
	console_init();
	wrote("a\nb\r\nc\n\r\n\n", 10, "a\r\nb\r\nc\r\n\r\n\r\n");
#ifndef WITHOUT_STEPS	/* sanitizers would only add instructions to step over */
	interrupt_anywhere(XENCONS_OUT);
	interrupt_anywhere(5);
	interrupt_anywhere(1);
	interrupt_anywhere(2);
#endif /* !WITHOUT_STEPS */
	nobody_waits_for_room();
	tail_end = 0;
	last_words();
	return 0;
}
