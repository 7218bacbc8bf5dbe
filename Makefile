# SPDX-License-Identifier: BSD-3-Clause
# Short names for what the repository can do; `make` alone lists them.
# PLAT names one or more specs: NAME for platforms/NAME.yaml, or the path of a spec.

PYTHON  ?= python3
PLAT    ?=
CORE    ?=
O       ?=
MACHINE ?=
MEMORY  ?= 64
CMDLINE ?=
INITRD  ?=
APP     ?=
UNIKRAFT ?=
ARGS    ?=
JOBS    ?= 2
NEWEST  ?=
export CMDLINE

VENV     := $(if $(NEWEST),.venv-newest,.venv)
PY       := $(VENV)/bin/python
PLATGEN  := $(PY) -m generator
every     = $(notdir $(basename $(wildcard platforms/*.yaml)))
platforms = $(if $(PLAT),$(PLAT),$(every))
options   = $(if $(CORE),--core $(CORE)) $(if $(O),-o $(O)) $(ARGS)

.DELETE_ON_ERROR:
.PHONY: help gen check diff list run test conformance soak fuzz bench sharing lint clean lock distclean
.DEFAULT_GOAL := help

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

gen: $(VENV)/.ready ## write platform trees: PLAT=xen-pvh [CORE=LEVEL] [O=DIR] (all of platforms/ without PLAT)
	@$(PLATGEN) gen $(platforms) $(options)

check: $(VENV)/.ready ## check that the committed trees are up to date
	@$(PLATGEN) check $(PLAT) $(options)

diff: $(VENV)/.ready ## show what gen would change
	@$(PLATGEN) diff $(PLAT) $(options)

list: $(VENV)/.ready ## list the platforms
	@$(PLATGEN) list $(ARGS)

sharing: $(VENV)/.ready ## print how much of kvm's code is byte for byte in the other trees
	@$(PLATGEN) sharing kvm xen-pvh $(ARGS)
	@$(PLATGEN) sharing kvm pvh $(ARGS)

run: $(VENV)/.ready ## boot a platform's bare image, or APP=DIR by UNIKRAFT=DIR: PLAT=kvm [MACHINE=NAME] [CMDLINE=...] [INITRD=FILE] [MEMORY=MIB]
	@$(if $(PLAT),,echo "make run needs PLAT=, one of: $(every)" >&2; exit 2)
	@sh .ci/tools.sh gcc binutils qemu-system-x86 $(if $(UNIKRAFT),flex bison)
	@$(PLATGEN) run $(PLAT) $(if $(MACHINE),--on $(MACHINE)) --memory $(MEMORY) $(if $(INITRD),--initrd "$(INITRD)") \
		$(if $(APP),--app "$(APP)") $(if $(UNIKRAFT),--unikraft "$(UNIKRAFT)") --cmdline="$$CMDLINE" $(ARGS)

test: $(VENV)/.ready ## run all tests; a test whose tool is missing is skipped and counted (NEWEST=1: newest Python packages)
	@sh .ci/tools.sh
	@$(PY) -m pytest -n $(JOBS) --dist loadfile $(ARGS)

conformance: $(VENV)/.ready ## show what works on a platform, on every machine: [PLAT=...]; a page in build/conformance
	@sh .ci/tools.sh
	@$(PY) -m generator.lab.conformance $(addprefix --plat=,$(PLAT)) $(ARGS)

soak: $(VENV)/.ready ## boot a platform N times and stop at the first difference: N=1000 PLAT=kvm
	@$(if $(PLAT),,echo "make soak needs PLAT=, one of: $(every)" >&2; exit 2)
	@sh .ci/tools.sh gcc binutils qemu-system-x86
	@$(PY) -m generator.lab.conformance.soak $(or $(N),100) $(PLAT) $(ARGS)

fuzz: $(VENV)/.ready ## mutate all input of the generator: N=100000 [SEED=1] [JOBS=2]
	@$(PY) -m tests.fuzz.generator $(or $(N),1000) $(or $(SEED),1) $(JOBS)

bench: $(VENV)/.ready ## measure the generator
	@$(PY) -m pytest tests/bench -s $(ARGS)

lint: MYPY := $(VENV)/bin/mypy --strict
lint: checked := generator docs/overview.py $(wildcard tests/*.py) $(filter-out tests/bad%,$(sort $(dir $(wildcard tests/*/*.py))))
lint: $(VENV)/.ready ## ruff and mypy --strict
	@status=0; $(VENV)/bin/ruff check $(checked) || status=1; \
		$(MYPY) --explicit-package-bases $(checked) || status=1; exit $$status

clean: ## remove what was built
	rm -rf build .pytest_cache .mypy_cache .ruff_cache

lock: $(VENV)/.ready ## choose new versions of all Python packages for requirements.lock
	@$(PY) -m pip -q install "$$(sed -n 's/^lock = \["\(.*\)"\]/\1/p' pyproject.toml)"
	@$(VENV)/bin/uv -q pip compile pyproject.toml --extra dev --extra bench --extra build --universal \
		--python-version 3.11 --upgrade --generate-hashes --no-header --no-annotate -o requirements.lock

distclean: clean ## clean, and remove the virtual environments
	rm -rf .venv .venv-newest *.egg-info

# Made again when the needs or the lock have changed.
$(VENV)/.ready: pyproject.toml requirements.lock .ci/venv.sh
	@PYTHON="$(PYTHON)" sh .ci/venv.sh $(VENV) $(if $(NEWEST),newest)
	@touch $@
