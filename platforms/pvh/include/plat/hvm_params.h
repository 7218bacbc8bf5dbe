/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/hvm-params/include/plat/hvm_params.h. DO NOT EDIT. */
/*
 * Source: Xen, public/hvm/params.h and public/hvm/hvm_op.h.
 */
#ifndef PLAT_HVM_PARAMS_H
#define PLAT_HVM_PARAMS_H

#include <stddef.h>
#include <stdint.h>

#define HVM_PARAM_CALLBACK_IRQ		0
#define HVM_PARAM_STORE_PFN		1
#define HVM_PARAM_STORE_EVTCHN		2
#define HVM_PARAM_CONSOLE_PFN		17
#define HVM_PARAM_CONSOLE_EVTCHN	18

#define HVMOP_SET_PARAM			0
#define HVMOP_GET_PARAM			1
#define HVMOP_SET_EVTCHN_UPCALL_VECTOR	23

struct xen_hvm_param {
	uint16_t domid;
	uint16_t pad;
	uint32_t index;
	uint64_t value;
};

struct xen_hvm_evtchn_upcall_vector {
	uint32_t vcpu;
	uint8_t vector;
	uint8_t pad[3];
};

_Static_assert(sizeof(struct xen_hvm_param) == 16, "hvm_param size");
_Static_assert(sizeof(struct xen_hvm_evtchn_upcall_vector) == 8,
	       "upcall vector size");

/** The value of a parameter; 0 if Xen does not tell it. */
uint64_t hvm_param_get(uint32_t index);

/** @return 0 or -errno */
long hvm_param_set(uint32_t index, uint64_t value);

#endif /* PLAT_HVM_PARAMS_H */
