# The demonstration: a synthetic nation, loaded, measured and published.

SCALE ?= 0.01
SEED ?= 2011
EXTRACTS := build/demo/extracts
NATION := $(sort $(wildcard samples/nation*.c))

build/release/nation: $(NATION) $(wildcard samples/nation*.h) | build/release
	gcc -std=c11 -O2 $(WARNINGS) -o $@ $(NATION)

# Changes only when another nation is asked for, so that an unchanged one is not made again.
build/demo/nation.options: FORCE
	@mkdir -p build/demo
	@echo '--scale $(SCALE) --seed $(SEED)' | cmp -s - $@ || \
	    echo '--scale $(SCALE) --seed $(SEED)' > $@

$(EXTRACTS)/.done: build/release/nation build/demo/nation.options
	@rm -rf $(EXTRACTS)
	build/release/nation --out $(EXTRACTS) --scale $(SCALE) --seed $(SEED)
	@touch $@

.PHONY: FORCE extracts
FORCE:
extracts: $(EXTRACTS)/.done ## write the synthetic nation's extracts (SCALE=0.01 SEED=2011)
