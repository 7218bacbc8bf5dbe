/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which hypervisor an image takes, and where it finds the leaves of one: built
 * for the host, with CPUs that show none, an unknown one, or several.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <plat/hypervisor.h>
#include <plat/x86.h>

#define CPUID1_ECX_HYPERVISOR	(1U << 31)

struct cpuid_regs {
	uint32_t eax, ebx, ecx, edx;
};

static struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf);

#include <common/boot/hypervisor/hypervisor.c>
#include <common/boot/hypervisor/hypervisor_cpuid.c>
#include <kvm/kvm-hypervisor/kvm_hypervisor.c>

#define XEN	"XenVMMXenVMM"
#define KVM	"KVMKVMKVM\0\0"
#define HYPERV	"Microsoft Hv"
#define RANGES	256

static struct {
	int hidden;		/* the bit of leaf 1 is 0 */
	unsigned int count;
	struct {
		const char *signature;
		uint32_t last;	/* EAX, less the base */
	} range[RANGES];
	uint32_t beyond;	/* EAX of leaves that are none */
} shown;

static struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct cpuid_regs r = { shown.beyond, shown.beyond, 7, 7 };
	const uint32_t i = (leaf - 0x40000000) / 0x100;

	(void)subleaf;
	if (leaf == 1)
		r.ecx = shown.hidden ? 0 : CPUID1_ECX_HYPERVISOR;
	else if (leaf >= 0x40000000 && i < shown.count && !(leaf & 0xff)) {
		r.eax = shown.range[i].last ? leaf + shown.range[i].last : 0;
		memcpy(&r.ebx, shown.range[i].signature, 4);
		memcpy(&r.ecx, shown.range[i].signature + 4, 4);
		memcpy(&r.edx, shown.range[i].signature + 8, 4);
	}
	return r;
}

static bool xen_found(void)
{
	return hypervisor_cpuid_base(XEN) != 0;
}

/* Whether this image takes any machine, as one for KVM does */
static bool takes_any;

static bool any_found(void)
{
	return takes_any && kvm_hypervisor.find();
}

static const struct hypervisor xen = { .name = "Xen", .find = xen_found };
static const struct hypervisor any = { .name = "any", .find = any_found };

const struct hypervisor *const machine_hypervisors[] = { &xen, &any, NULL };

static char said[65536];
static jmp_buf crashed;

static void say(const char *fmt, va_list args)
{
	const size_t len = strlen(said);

	vsnprintf(said + len, sizeof(said) - len, fmt, args);
	strncat(said, "\n", sizeof(said) - strlen(said) - 1);
}

void core_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
}

_Noreturn void core_crash(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
	longjmp(crashed, 1);
}

static void fail(const char *what, const char *got)
{
	fprintf(stderr, "does not hold: %s: %s\n", what, got);
	exit(1);
}

static void show(unsigned int count, const char *const *signatures)
{
	unsigned int i;

	memset(&shown, 0, sizeof(shown));
	for (i = 0; i < count; i++) {
		shown.range[i].signature = signatures[i];
		shown.range[i].last = 1;
	}
	shown.count = count;
}

/* What an image for both takes, and where each one's leaves are */
static void takes(const char *name, uint32_t xen_base, uint32_t kvm_base,
		  const char *what)
{
	takes_any = true;
	said[0] = 0;
	if (setjmp(crashed))
		fail(what, said);
	hypervisor_init();
	if (strcmp(current->name, name))
		fail(what, current->name);
	if (hypervisor_cpuid_base(XEN) != xen_base)
		fail(what, "another place for Xen");
	if (hypervisor_cpuid_base(KVM) != kvm_base)
		fail(what, "another place for KVM");
}

/* What an image says that finds none of its hypervisors */
static void says(const char *want, const char *what)
{
	takes_any = false;
	said[0] = 0;
	if (!setjmp(crashed)) {
		hypervisor_init();
		fail(what, "it went on");
	}
	if (strcmp(said, want))
		fail(what, said);
}

#define NEITHER	"this image looks for Xen, too\n" \
		"this image runs on any only\n"

static void test_none(void)
{
	show(1, (const char *[]){ XEN });
	shown.hidden = 1;
	takes("any", 0, 0, "leaves without the bit of leaf 1 are none");
	says("CPUID shows no hypervisor\n" NEITHER, "no bit of leaf 1");
	show(0, NULL);
	takes("any", 0, 0, "the bit of leaf 1 without leaves");
	shown.beyond = 0x16;
	takes("any", 0, 0, "what a CPU shows beyond its last leaf");
	says("CPUID shows no hypervisor\n" NEITHER, "beyond the last leaf");
}

static void test_unknown(void)
{
	show(1, (const char *[]){ "TCGTCGTCGTCG" });
	takes("any", 0, 0, "an unknown hypervisor");
	show(1, (const char *[]){ "XenVMMXenVMN" });
	takes("any", 0, 0, "a name that ends otherwise");
	show(1, (const char *[]){ "XenVMxXenVMM" });
	takes("any", 0, 0, "a name that differs in the middle");
	show(1, (const char *[]){ "a\033[2Jb\177" "cdefg" });
	says("CPUID leaf 0x40000000 shows hypervisor 'a?[2Jb?cdefg'\n" NEITHER,
	     "a name that a terminal would obey");
}

static void test_several(void)
{
	show(1, (const char *[]){ KVM });
	shown.range[0].last = 0;
	takes("any", 0, 0x40000000, "an old KVM, without a last leaf");
	show(2, (const char *[]){ HYPERV, KVM });
	shown.range[0].last = 0x82;
	takes("any", 0, 0x40000100, "KVM behind Hyper-V's leaves");
	says("CPUID leaf 0x40000000 shows hypervisor 'Microsoft Hv'\n"
	     "CPUID leaf 0x40000100 shows hypervisor 'KVMKVMKVM'\n" NEITHER,
	     "all leaves are told");
	show(2, (const char *[]){ HYPERV, XEN });
	takes("Xen", 0x40000100, 0, "Xen behind Hyper-V's leaves");
	show(2, (const char *[]){ XEN, KVM });
	takes("Xen", 0x40000000, 0x40000100, "KVM that plays Xen");
	show(3, (const char *[]){ HYPERV, KVM, XEN });
	takes("Xen", 0x40000200, 0x40000100, "the spec's order counts");
}

static void test_end(void)
{
	const char *signatures[RANGES];
	unsigned int i;

	for (i = 0; i < RANGES; i++)
		signatures[i] = i < RANGES - 1 ? "another one." : XEN;
	show(RANGES, signatures);
	takes("Xen", 0x4000ff00, 0, "the last range that there can be");
	show(RANGES - 1, signatures);
	takes("any", 0, 0, "the search ends");
}

int main(void)
{
	test_none();
	test_unknown();
	test_several();
	test_end();
	return 0;
}
