/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A guest that tells what it was given and ends as its command line says
 * (end=poweroff|reboot|crash|triple|watchdog|exit|hang|spin).  It exists to prove the
 * testbeds (and says the time, asked for with "tsc"; with "flood" it says 384 KiB on COM1 and waits
 * for nobody, with "echo" it says a line that is typed); it shares no line with the platforms that they are there to test.
 */
#include <stdint.h>

#define PVH_MAGIC 0x336ec578U
#define MULTIBOOT_MAGIC 0x2badb002U

struct start_info {
	uint32_t magic, version, flags, nr_modules;
	uint64_t modlist, cmdline, rsdp;
	uint64_t memmap;
	uint32_t memmap_entries, reserved;
};

struct module { uint64_t paddr, size, cmdline, reserved; };
struct range { uint64_t addr, size; uint32_t type, reserved; };
struct multiboot { uint32_t flags, lower, upper, device, cmdline, mods, modlist; };

struct ring {
	char in[1024], out[2048];
	uint32_t in_cons, in_prod, out_cons, out_prod;
};

static volatile struct ring *ring;
static uint32_t ring_port;
static int on_xen;

static void outb(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static void outw(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

static uint8_t inb(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static void com1_wait(uint8_t state)
{
	while (!on_xen && !(inb(0x3fd) & state))
		;
}

static uint32_t cpuid(uint32_t leaf, uint32_t *b, uint32_t *c, uint32_t *d)
{
	uint32_t a;

	__asm__ volatile("cpuid" : "=a"(a), "=b"(*b), "=c"(*c), "=d"(*d) : "a"(leaf), "c"(0));
	return a;
}

static long hypercall(uint32_t number, uint32_t first, void *second)
{
	uint32_t result, b, c, d;

	cpuid(0, &b, &c, &d);
	if (b == 0x756e6547) /* "Genu", Intel's */
		__asm__ volatile("vmcall" : "=a"(result) : "a"(number), "b"(first), "c"(second) : "memory");
	else
		__asm__ volatile("vmmcall" : "=a"(result) : "a"(number), "b"(first), "c"(second) : "memory");
	return (long)result;
}

static uint32_t hvm_param(uint32_t index)
{
	struct { uint16_t domid, pad; uint32_t index; uint64_t value; } op = { 0x7ff0, 0, index, 0 };

	return hypercall(34, 1, &op) ? 0 : (uint32_t)op.value;
}

static void find_xen(void)
{
	uint32_t b, c, d, page;

	cpuid(0x40000000, &b, &c, &d);
	on_xen = b == 0x566e6558 && c == 0x65584d4d && d == 0x4d4d566e; /* "XenVMMXenVMM" */
	if (!on_xen)
		return;
	page = hvm_param(17);
	ring_port = hvm_param(18);
	if (page)
		ring = (volatile struct ring *)(page << 12);
}

static void put(char c)
{
	outb(0xe9, (uint8_t)c);
	com1_wait(0x20); /* room for a byte */
	if (!on_xen)
		outb(0x3f8, (uint8_t)c);
	if (ring) {
		uint32_t port = ring_port;

		while (ring->out_prod - ring->out_cons >= sizeof(ring->out))
			hypercall(32, 4, &port); /* EVTCHNOP_send: the ring is full */
		ring->out[ring->out_prod % sizeof(ring->out)] = c;
		__asm__ volatile("" : : : "memory");
		ring->out_prod++;
		if (c == '\n')
			hypercall(32, 4, &port);
	}
}

static void text(const char *s)
{
	while (*s)
		put(*s++);
}

static void hex(const char *name, uint64_t value)
{
	int shift = 60;

	text(name);
	while (shift > 0 && !(value >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		put("0123456789abcdef"[(value >> shift) & 15]);
}

static void flood(void)
{
	for (uint32_t i = 0; i < 384 * 1024; i++)
		outb(0x3f8, i % 64 == 63 ? '\n' : (uint8_t)('a' + i / 64 % 26));
}

static char get(void)
{
	char c;

	if (!ring) {
		com1_wait(1); /* a byte is there */
		return (char)inb(0x3f8);
	}
	while (*(volatile uint32_t *)&ring->in_prod == ring->in_cons)
		;
	c = ring->in[ring->in_cons % sizeof(ring->in)];
	__asm__ volatile("" : : : "memory");
	ring->in_cons++;
	return c;
}

static void echo(void)
{
	char c;

	text("echo\n");
	do
		put(c = get());
	while (c != '\n');
}

static uint32_t byte_sum(uint64_t start, uint64_t size)
{
	uint32_t sum = 0;

	for (const uint8_t *p = (const uint8_t *)(uint32_t)start; size; size--)
		sum = sum * 31 + *p++;
	return sum;
}

static void module(uint64_t start, uint64_t size, uint64_t words)
{
	hex("module at ", start);
	hex(" size ", size);
	hex(" sum ", byte_sum(start, size));
	text(" words ");
	text(words ? (const char *)(uint32_t)words : "");
	put('\n');
}

static const char *tell_pvh(const struct start_info *info)
{
	const struct module *mods = (const struct module *)(uint32_t)info->modlist;
	const struct range *map = (const struct range *)(uint32_t)info->memmap;

	hex("pvh version ", info->version);
	hex(" flags ", info->flags);
	hex(" rsdp ", info->rsdp);
	put('\n');
	for (uint32_t i = 0; i < info->nr_modules; i++)
		module(mods[i].paddr, mods[i].size, mods[i].cmdline);
	for (uint32_t i = 0; info->version && i < info->memmap_entries; i++) {
		hex("range ", map[i].addr);
		hex(" size ", map[i].size);
		hex(" type ", map[i].type);
		put('\n');
	}
	return (const char *)(uint32_t)info->cmdline;
}

static const char *tell_multiboot(const struct multiboot *info)
{
	const uint32_t *mods = (const uint32_t *)info->modlist;

	hex("multiboot flags ", info->flags);
	put('\n');
	for (uint32_t i = 0; (info->flags & 8) && i < info->mods; i++)
		module(mods[4 * i], mods[4 * i + 1] - mods[4 * i], mods[4 * i + 2]);
	return (info->flags & 4) ? (const char *)info->cmdline : 0;
}

static int asked(const char *words, const char *wish)
{
	for (; words && *words; words++) {
		const char *a = words, *b = wish;

		while (*b && *a == *b)
			a++, b++;
		if (!*b)
			return 1;
	}
	return 0;
}

static void xen_shutdown(uint32_t reason)
{
	if (on_xen)
		hypercall(29, 2, &reason); /* SCHEDOP_shutdown */
}

static void end(const char *words)
{
	if (asked(words, "end=triple")) {
		static const struct { uint16_t size; uint32_t base; } __attribute__((packed)) none = { 0, 0 };

		__asm__ volatile("lidt %0; ud2" : : "m"(none));
	}
	if (asked(words, "end=watchdog"))
		xen_shutdown(4);
	if (asked(words, "end=exit"))
		outw(0x501, 42);
	if (asked(words, "end=crash")) {
		xen_shutdown(3);
		outb(0x505, 1); /* pvpanic */
	}
	if (asked(words, "end=reboot")) {
		xen_shutdown(1);
		outb(0xcf9, 6);
		*(volatile uint8_t *)0xfea00202 = 0x42; /* microvm: the event device's reset */
	}
	if (asked(words, "end=poweroff")) {
		xen_shutdown(0);
		outw(0x604, 0x2000); /* PM1a control: sleep state 5 */
		*(volatile uint8_t *)0xfea00200 = 0x34;
	}
	while (asked(words, "end=spin"))
		;
}

void stub_main(uint32_t magic, uint32_t block);

void stub_main(uint32_t magic, uint32_t block)
{
	const char *words = 0;

	find_xen();
	text(on_xen ? "stub: hello from Xen\n" : "stub: hello\n");
	if (magic == MULTIBOOT_MAGIC)
		words = tell_multiboot((const struct multiboot *)block);
	else if (*(const uint32_t *)block == PVH_MAGIC)
		words = tell_pvh((const struct start_info *)block);
	else
		hex("unknown magic ", *(const uint32_t *)block), put('\n');
	text("words ");
	text(words ? words : "(none)");
	put('\n');
	if (asked(words, "tsc"))
		hex("tsc ", __builtin_ia32_rdtsc()), put('\n');
	if (asked(words, "flood"))
		flood();
	if (asked(words, "echo"))
		echo();
	text("stub: end\n");
	com1_wait(0x40); /* all sent */
	end(words);
}
