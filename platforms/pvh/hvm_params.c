/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/hvm-params/hvm_params.c. DO NOT EDIT. */
#include <plat/hvm_params.h>
#include <plat/hypercall.h>
#include <plat/xen_memory.h>

uint64_t hvm_param_get(uint32_t index)
{
	struct xen_hvm_param p = { .domid = DOMID_SELF, .index = index };

	if (hypercall2(HYPERCALL_HVM_OP, HVMOP_GET_PARAM, (uint64_t)&p) < 0)
		return 0;
	return p.value;
}

long hvm_param_set(uint32_t index, uint64_t value)
{
	struct xen_hvm_param p = {
		.domid = DOMID_SELF,
		.index = index,
		.value = value,
	};

	return hypercall2(HYPERCALL_HVM_OP, HVMOP_SET_PARAM, (uint64_t)&p);
}
