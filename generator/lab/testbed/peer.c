/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What dom0 does to a guest's memory and events, past all daemons.
 *
 *	peer send DOMID FRAME PORT COUNT BURST
 *		binds to the guest's PORT and sends COUNT notifications, each
 *		with its number in the page first. After BURST of them at most
 *		it waits until the guest has seen the last.
 *	peer forge DOMID FRAME PORT CASE
 *		writes what no store says into the ring of the guest's store, on
 *		FRAME, and sends the event of the guest's PORT
 *
 * Source: Linux, include/uapi/xen/{evtchn,privcmd}.h; Xen, public/
 * event_channel.h, public/io/xs_wire.h.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define PAGE			4096
#define RING			1024
#define EVENT_CHANNEL_OP	32
#define EVTCHNOP_SEND		4
#define EVTCHNOP_STATUS		5
#define STATUS_INTERDOMAIN	2
#define DOMID_SELF		0x7ff0
#define PORTS			1024
#define PATIENCE_SECONDS	5

struct bind_interdomain { unsigned int domid, port; };
struct notify { unsigned int port; };
struct hypercall { uint64_t op, arg[5]; };
struct map_batch {
	unsigned int count;
	uint16_t domid;
	uint64_t addr;
	const uint64_t *frames;
	int *errors;
};

#define BIND_INTERDOMAIN	_IOC(_IOC_NONE, 'E', 1, sizeof(struct bind_interdomain))
#define NOTIFY			_IOC(_IOC_NONE, 'E', 4, sizeof(struct notify))
#define HYPERCALL		_IOC(_IOC_NONE, 'P', 0, sizeof(struct hypercall))
#define MAP_BATCH		_IOC(_IOC_NONE, 'P', 4, sizeof(struct map_batch))

/* What both sides of `send` count in, see generator/lab/guest/event_host.c */
struct counters {
	uint64_t sent;
	uint64_t seen;
	uint64_t finished;
};

struct store_header { uint32_t type, id, transaction, len; };
struct store_page {
	char req[RING], rsp[RING];
	uint32_t req_cons, req_prod, rsp_cons, rsp_prod;
};

struct event_status {
	uint16_t domid;
	uint32_t port, status, vcpu;
	uint16_t remote_domid;
	uint32_t remote_port;
};

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_device(const char *path)
{
	const int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		fail(path);
	return fd;
}

static void *map(int privcmd, uint16_t domid, uint64_t frame)
{
	int error = 0;
	struct map_batch op = {
		.count = 1, .domid = domid, .frames = &frame, .errors = &error,
	};
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED,
			  privcmd, 0);

	if (page == MAP_FAILED)
		fail("mmap");
	op.addr = (uint64_t)page;
	if (ioctl(privcmd, MAP_BATCH, &op) || error)
		fail("mapping the guest's page");
	return page;
}

static void wait_until_seen(volatile struct counters *page, uint64_t wanted)
{
	const time_t begin = time(NULL);
	unsigned int looks = 0;

	while (page->seen < wanted) {
		if (++looks % 1000 == 0)
			usleep(100);
		if (time(NULL) > begin + PATIENCE_SECONDS) {
			printf("lost: the guest saw %lu of %lu\n",
			       (unsigned long)page->seen,
			       (unsigned long)wanted);
			exit(1);
		}
	}
}

static int send_events(volatile struct counters *page, uint16_t domid,
		       char **argv)
{
	const int evtchn = open_device("/dev/xen/evtchn");
	struct bind_interdomain bind = { domid, (unsigned int)atoi(argv[0]) };
	const uint64_t count = strtoul(argv[1], NULL, 10);
	const uint32_t burst = (uint32_t)atoi(argv[2]);
	struct notify notify;
	uint32_t random = 1;
	uint64_t i, left = 1;
	int port = ioctl(evtchn, BIND_INTERDOMAIN, &bind);

	if (port < 0)
		fail("binding to the guest's port");
	notify.port = (unsigned int)port;
	for (i = 1; i <= count; i++) {
		page->sent = i;
		__sync_synchronize();
		if (ioctl(evtchn, NOTIFY, &notify) < 0)
			fail("notifying");
		if (--left && i < count)
			continue;
		wait_until_seen(page, i);
		random = random * 1664525 + 1013904223;
		left = 1 + (random >> 8) % burst;
	}
	page->finished = 1;
	printf("sent %lu notifications\n", (unsigned long)count);
	return 0;
}

/* Puts an answer into the ring, without a thought of what fits. */
static void answer(volatile struct store_page *page, uint32_t type,
		   uint32_t id, uint32_t len, const char *payload, uint32_t put)
{
	const struct store_header header = { type, id, 0, len };
	uint32_t prod = page->rsp_prod, i;

	for (i = 0; i < sizeof(header); i++)
		page->rsp[prod++ % RING] = ((const char *)&header)[i];
	for (i = 0; i < put; i++)
		page->rsp[prod++ % RING] = payload[i];
	__sync_synchronize();
	page->rsp_prod = prod;
}

/* The number of the guest's last question, which nobody has taken */
static uint32_t last_question(volatile struct store_page *page)
{
	struct store_header header = { 0, 0, 0, 0 };
	uint32_t cons = page->req_cons, i;

	while (page->req_prod - cons >= sizeof(header)) {
		for (i = 0; i < sizeof(header); i++)
			((char *)&header)[i] = page->req[(cons + i) % RING];
		cons += (uint32_t)sizeof(header) + header.len;
	}
	return header.id;
}

static int forge(int privcmd, volatile struct store_page *page, uint16_t domid,
		 char **argv)
{
	struct event_status status;
	struct hypercall call = { EVENT_CHANNEL_OP, { EVTCHNOP_STATUS } };
	const uint32_t wanted = (uint32_t)atoi(argv[0]);
	const uint32_t id = last_question(page);
	const char *name = argv[1];

	if (!strcmp(name, "indices"))
		page->rsp_prod += 5 * RING;
	else if (!strcmp(name, "length"))
		answer(page, 2, id, 5000, "abc", 3);
	else if (!strcmp(name, "number"))
		answer(page, 2, id + 1000, 3, "abc", 3);
	else if (!strcmp(name, "kind"))
		answer(page, 11, id, 3, "OK", 3);
	else if (!strcmp(name, "error"))
		answer(page, 16, id, 6, "ENOENTxx", 6);
	else if (!strcmp(name, "watch"))
		answer(page, 15, 0, 4, "abcd", 4);
	else
		return 2;
	/* The store's port belongs to the daemon: find it by its other end. */
	for (status.port = 1; status.port < PORTS; status.port++) {
		status.domid = DOMID_SELF;
		call.arg[0] = EVTCHNOP_STATUS;
		call.arg[1] = (uint64_t)&status;
		if (ioctl(privcmd, HYPERCALL, &call) < 0 ||
		    status.status != STATUS_INTERDOMAIN ||
		    status.remote_domid != domid ||
		    status.remote_port != wanted)
			continue;
		call.arg[0] = EVTCHNOP_SEND;
		call.arg[1] = (uint64_t)&status.port;
		return ioctl(privcmd, HYPERCALL, &call) < 0;
	}
	fprintf(stderr, "no port is bound to the guest's %u\n", wanted);
	return 1;
}

int main(int argc, char **argv)
{
	uint16_t domid;
	int privcmd;
	void *page;

	if (argc < 6)
		return 2;
	privcmd = open_device("/dev/xen/privcmd");
	domid = (uint16_t)atoi(argv[2]);
	page = map(privcmd, domid, strtoul(argv[3], NULL, 10));
	if (!strcmp(argv[1], "send") && argc == 7)
		return send_events(page, domid, argv + 4);
	if (!strcmp(argv[1], "forge") && argc == 6)
		return forge(privcmd, page, domid, argv + 4);
	return 2;
}
