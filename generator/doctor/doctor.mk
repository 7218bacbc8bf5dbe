# SPDX-License-Identifier: BSD-3-Clause
#
# Read by GNU make in a temporary build folder: asks the checkout's own Makefile how it would
# compile the sources of one library, and has it make the headers that it generates by script.
# Nothing is compiled. One line for each source: platgen|SOURCE|VARIANT|COMPILER|FLAGS.
include $(CONFIG_UK_BASE)/Makefile

# The platform's own linker script is by now named by its result; the list of all sources has it
platgen_path     = $(firstword $(subst |, ,$1))
platgen_source   = $(if $(filter %.lds,$1),$(filter %/$(notdir $1).S,$(UK_SRCS-y)),$(platgen_path))
platgen_variant  = $(word 2,$(subst |, ,$1))
platgen_global   = $($1) $($1-y)
platgen_library  = $(call platgen_global,$(call vprefix_lib,$(PLATGEN_LIBRARY),$1))
platgen_own      = $(call platgen_global,$(call vprefix_src,$(PLATGEN_LIBRARY),$1,$2,$3))
platgen_all      = $(call platgen_global,$1) $(call platgen_library,$1)
platgen_arch     = $(call platgen_global,$(call vprefix_glb,$1,ARCHFLAGS))
platgen_names    = -D__LIBNAME__=$(PLATGEN_LIBRARY) -D__BASENAME__=$(notdir $1) $(if $2,-D__VARIANT__=$2)

# As buildrule_c and buildrule_S of support/build/Makefile.rules have it
platgen_flags_c  = $(call platgen_all,COMPFLAGS) $(call platgen_own,$1,$2,INCLUDES) \
	$(call platgen_library,CINCLUDES) $(call platgen_global,CINCLUDES) $(call platgen_arch,$2) \
	$(call platgen_global,CFLAGS) $(CFLAGS_EXTRA) $(call platgen_library,CFLAGS) \
	$(call platgen_own,$1,$2,FLAGS) $(call platgen_names,$1,$2)
platgen_flags_S  = $(call platgen_all,COMPFLAGS) $(call platgen_all,ASINCLUDES) \
	$(call platgen_own,$1,$2,INCLUDES) $(call platgen_arch,$2) \
	$(call platgen_global,ASFLAGS) $(ASFLAGS_EXTRA) $(call platgen_library,ASFLAGS) \
	$(call platgen_own,$1,$2,FLAGS) $(call platgen_names,$1,$2)
platgen_line     = platgen|$1|$2|$(CC)|$(strip $(call platgen_flags_$(subst .,,$(suffix $1)),$1,$2))

$(foreach s,$(call platgen_library,SRCS),$(info \
	$(call platgen_line,$(call platgen_source,$s),$(call platgen_variant,$s))))

.PHONY: platgen
platgen: $(filter %.h,$(UK_PREPROCESS-y))
	@:
