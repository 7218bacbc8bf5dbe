# SPDX-License-Identifier: BSD-3-Clause
# Short names for what the repository can do; `make` alone lists them.
# PLAT names one or more specs: NAME for platforms/NAME.yaml, or the path of a spec.

PYTHON  ?= python3
PLAT    ?=
CORE    ?=
O       ?=
MACHINE ?= $(if $(shell grep -s '^layer: *xen' $(spec)),xen-dom0,qemu-microvm)
MEMORY  ?= 64
CMDLINE ?=
INITRD  ?=
ARGS    ?=
JOBS    ?= 2
export CMDLINE

VENV     := .venv
PY       := $(VENV)/bin/python
PLATGEN  := $(PY) -m generator
every     = $(notdir $(basename $(wildcard platforms/*.yaml)))
platforms = $(if $(PLAT),$(PLAT),$(every))
options   = $(if $(CORE),--core $(CORE)) $(if $(O),-o $(O)) $(ARGS)
spec      = $(firstword $(wildcard platforms/$(PLAT).yaml) $(PLAT))
bare      = build/$(notdir $(basename $(PLAT)))-bare
image     = $(bare)/build/$(notdir $(bare))$(if $(findstring multiboot,$(MACHINE)),.mb).elf

.DELETE_ON_ERROR:
.PHONY: help gen check diff list run test conformance soak bench sharing lint clean distclean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

gen: $(VENV)/.base ## write platform trees: PLAT=xen-pvh [CORE=LEVEL] [O=DIR] (all of platforms/ without PLAT)
	@$(PLATGEN) gen $(platforms) $(options)

check: $(VENV)/.base ## say whether the committed trees are as gen would write them
	@$(PLATGEN) check $(PLAT) $(options)

diff: $(VENV)/.base ## show what gen would change
	@$(PLATGEN) diff $(PLAT) $(options)

list: $(VENV)/.base ## list the platforms
	@$(PLATGEN) list $(ARGS)

sharing: $(VENV)/.base ## print how much of kvm's code stands byte for byte in xen-pvh's tree
	@$(PLATGEN) sharing kvm xen-pvh $(ARGS)

run: $(VENV)/.base ## boot a platform's bare image: PLAT=kvm [MACHINE=NAME] [CMDLINE=...] [INITRD=FILE] [MEMORY=MIB]
	@$(if $(PLAT),,echo "make run needs PLAT=, one of: $(every)" >&2; exit 2)
	@sh .ci/tools.sh gcc binutils qemu-system-x86
	@$(PLATGEN) gen $(PLAT) --core bare -o $(bare)
	@$(MAKE) --no-print-directory -s -C $(bare)
	@$(PY) -m tests.testbed run --on $(MACHINE) --memory $(MEMORY) $(if $(INITRD),--initrd "$(INITRD)") \
		--cmdline="$$CMDLINE" $(ARGS) $(image)

test: $(VENV)/.base $(VENV)/.dev ## run all tests; what a missing tool forbids is skipped and named
	@sh .ci/tools.sh
	@$(PY) -m pytest -n $(JOBS) --dist loadfile $(ARGS)

conformance: $(VENV)/.base ## what works on a platform, on every machine: [PLAT=...]; a page in build/conformance
	@sh .ci/tools.sh
	@$(PY) -m tests.conformance $(PLAT) $(ARGS)

soak: $(VENV)/.base ## boot a platform N times and stop at the first difference: N=1000 PLAT=kvm
	@$(if $(PLAT),,echo "make soak needs PLAT=, one of: $(every)" >&2; exit 2)
	@sh .ci/tools.sh gcc binutils qemu-system-x86
	@$(PY) -m tests.conformance.soak $(or $(N),100) $(PLAT) $(ARGS)

bench: $(VENV)/.base $(VENV)/.dev $(VENV)/.bench ## measure the generator
	@$(PY) -m pytest tests/bench -s $(ARGS)

lint: MYPY := $(VENV)/bin/mypy --strict
lint: checked := generator $(filter-out tests/bad%,$(sort $(dir $(wildcard tests/*/*.py))))
lint: $(VENV)/.base $(VENV)/.dev ## ruff and mypy --strict
	@status=0; $(VENV)/bin/ruff check $(checked) .ci || status=1; \
		$(MYPY) --explicit-package-bases $(checked) || status=1; $(MYPY) .ci || status=1; exit $$status

clean: ## remove what was built
	rm -rf build .pytest_cache .mypy_cache .ruff_cache

distclean: clean ## ... and the virtual environment
	rm -rf $(VENV) *.egg-info

# One stamp for the generator's needs and one for each extra of pyproject.toml.
$(VENV)/.base: pyproject.toml .ci/venv.py
	@$(PYTHON) .ci/venv.py $(VENV)
	@touch $@

$(VENV)/.dev $(VENV)/.bench: $(VENV)/.%: pyproject.toml .ci/venv.py $(VENV)/.base
	@$(PY) .ci/venv.py $(VENV) $*
	@touch $@
