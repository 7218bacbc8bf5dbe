# SPDX-License-Identifier: BSD-3-Clause
#
# Read by GNU make in a temporary build folder: asks the checkout's own Makefile how it would compile every source of
# the configuration, and has it make the sources and headers that it generates by script. Nothing is compiled.
# Prints platgen|LIBRARY|SOURCE|VARIANT|COMPILER|FLAGS for each source, and platgen-lacks|NAME for each function of
# PLATGEN_CALLS that no make file defines.
include $(CONFIG_UK_BASE)/Makefile

# $1: library, $2: source, $3: its variant
platgen_global   = $($1) $($1-y)
platgen_library  = $(call platgen_global,$(call vprefix_lib,$1,$2))
platgen_own      = $(call platgen_global,$(call vprefix_src,$1,$2,$3,$4))
platgen_all      = $(call platgen_global,$2) $(call platgen_library,$1,$2)
platgen_arch     = $(call platgen_global,$(call vprefix_glb,$1,ARCHFLAGS))
platgen_names    = -D__LIBNAME__=$1 -D__BASENAME__=$(notdir $2) $(if $3,-D__VARIANT__=$3)

# As buildrule_c and buildrule_S of support/build/Makefile.rules have it
platgen_flags_c  = $(call platgen_all,$1,COMPFLAGS) $(call platgen_own,$1,$2,$3,INCLUDES) \
	$(call platgen_library,$1,CINCLUDES) $(call platgen_global,CINCLUDES) $(call platgen_arch,$3) \
	$(call platgen_global,CFLAGS) $(CFLAGS_EXTRA) $(call platgen_library,$1,CFLAGS) \
	$(call platgen_own,$1,$2,$3,FLAGS) $(call platgen_names,$1,$2,$3)
platgen_flags_S  = $(call platgen_all,$1,COMPFLAGS) $(call platgen_all,$1,ASINCLUDES) \
	$(call platgen_own,$1,$2,$3,INCLUDES) $(call platgen_arch,$3) \
	$(call platgen_global,ASFLAGS) $(ASFLAGS_EXTRA) $(call platgen_library,$1,ASFLAGS) \
	$(call platgen_own,$1,$2,$3,FLAGS) $(call platgen_names,$1,$2,$3)
platgen_line     = platgen|$1|$2|$3|$(CC)|$(strip $(call platgen_flags_$(subst .,,$(suffix $2)),$1,$2,$3))

# SCRIPT>SUFFIX is made by a script. The platform's own linker script is by now named by its result; the list of all
# sources has it
platgen_made     = $(strip $(call src2dst,$1,$2,$3,$4,$($(call vprefix_src,$1,$2,$4,SUBBUILD))))
platgen_source   = $(if $(findstring >,$2),$(call platgen_made,$1,$(word 1,$(subst >, ,$2)),$(word 2,$(subst >, ,$2)),$3),$(if \
	$(filter %.lds,$2),$(filter %/$(notdir $2).S,$(UK_SRCS-y)),$2))
platgen_each     = $(foreach v,$(or $(wordlist 2,9,$2),|),$(info \
	$(call platgen_line,$1,$(call platgen_source,$1,$(word 1,$2),$(subst |,,$v)),$(subst |,,$v))))

platgen_sources  = $(call platgen_library,$1,SRCS) $(call platgen_global,EACHOLIB_SRCS)

$(foreach l,$(sort $(PLATGEN_LIBRARY) $(UK_LIBS) $(UK_LIBS-y)),$(foreach s,$(call platgen_sources,$l),$(call \
	platgen_each,$l,$(subst |, ,$s))))
$(foreach f,$(PLATGEN_CALLS),$(if $(filter undefined,$(origin $f)),$(info platgen-lacks|$f)))

.PHONY: platgen
platgen: $(UK_PREPROCESS) $(UK_PREPROCESS-y)
	@:
