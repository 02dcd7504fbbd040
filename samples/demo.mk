# The demonstration: a synthetic nation, loaded, measured and published.

SCALE ?= 0.01
SEED ?= 2011
EXTRACTS := build/demo/extracts
NATION := $(sort $(wildcard samples/nation*.c))

build/release/nation: $(NATION) $(wildcard samples/nation*.h) | build/release
	$(call tell,LD,$@)gcc -std=c11 -O2 $(WARNINGS) -o $@ $(NATION)

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

# --- from extracts to publications -----------------------------------------------------------------

DEMO := build/demo
DEMO_DATABASE := $(DEMO)/reoffend.db
DEMO_AREA ?= E23000014
DEMO_SUBCOHORT ?= ppo
DEMO_WINDOW ?= 2009-01-01
REOFFEND := $(LUA) lua/bin/reoffend

$(DEMO_DATABASE): $(EXTRACTS)/.done build/release/reoffend.so $(wildcard sql/*.sql sql/lookup/*.csv) \
        $(addprefix lua/reoffend/,build.lua csv_header.lua extract_format.lua load.lua shell.lua)
	@rm -f $@ $@-journal $@-wal $@-shm
	$(REOFFEND) init $@
	$(REOFFEND) load --quiet $@ $(EXTRACTS)
	$(REOFFEND) build $@

$(DEMO)/publication/.done: $(DEMO_DATABASE) build/release/lua/reoffend_native.so \
        $(wildcard reports/*.lua lua/reoffend/*.lua)
	@rm -rf $(@D)
	@mkdir -p $(@D)
	$(REOFFEND) report area --db $< --area $(DEMO_AREA) --window $(DEMO_WINDOW) --out $(@D) --quiet
	$(REOFFEND) report subcohort --db $< --subcohort $(DEMO_SUBCOHORT) --window $(DEMO_WINDOW) \
	    --out $(@D) --quiet
	$(REOFFEND) report model --db $< --out $(@D) --quiet
	@touch $@

# Internal: never in the folder of the publications.
$(DEMO)/internal/.done: $(DEMO_DATABASE) build/release/lua/reoffend_native.so \
        $(wildcard reports/*.lua lua/reoffend/*.lua)
	@rm -rf $(@D)
	@mkdir -p $(@D)
	$(REOFFEND) report quality --db $< --window $(DEMO_WINDOW) --out $(@D) --quiet
	$(REOFFEND) report disclosure --db $< --window $(DEMO_WINDOW) --out $(@D) --quiet
	@touch $@

.PHONY: demo demo-pages
demo: ## install what is missing, build, and publish from a synthetic nation
	@$(MAKE) --no-print-directory deps FOR='run build'
	@$(MAKE) --no-print-directory demo-pages

demo-pages: $(DEMO)/publication/.done $(DEMO)/internal/.done
	@sqlite3 $(DEMO_DATABASE) ".param set :window \"'$(DEMO_WINDOW)'\"" ".read samples/headline.sql"
	@echo "The pages:"; for page in $(DEMO)/publication/*.html; do echo "  $$page"; done
	@echo "Internal, not for publication:"; \
	    for page in $(DEMO)/internal/*.html; do echo "  $$page"; done
