# Tests, from the quickest ring to the slowest. See tests/README.md.
#
# A ring is a set of programs run one after the other by tests/ring.sh, which counts. Files are found
# by name: adding a test is adding a file. `make quick` and `make test` run their rings to the end
# even when one fails, and close with one line `N passed, N failed`.

QUICK_RINGS := unit glue sql-test lua-test layers surface lint
TEST_RINGS := $(QUICK_RINGS) sanitize reference fuzz scripts memcheck

.PHONY: quick test $(TEST_RINGS)

run_rings = rm -rf build/log; status=0; \
    $(MAKE) --no-print-directory --keep-going $(if $(findstring -j,$(MAKEFLAGS)),,-j$$(nproc)) \
        SUMMARY=later $(1) || status=$$?; \
    bash tests/summary.sh $(1) || status=1; exit $$status

quick: build ## the tests of every day: no heavy tool, under 20 seconds
	@$(call run_rings,$(QUICK_RINGS))

test: deps ## install what is missing, build, run every test
	@$(MAKE) --no-print-directory build
	@$(call run_rings,$(TEST_RINGS))

.SECONDARY:

ring = @SUMMARY=$(SUMMARY) bash tests/ring.sh $@
SUMMARY ?=

# --- C: units on the core without SQLite, glue with SQLite linked in --------------------------------

TEST_CFLAGS = $(filter-out -MMD -MP,$(CFLAGS)) -Itests/support
TEST_HEADERS := $(wildcard tests/support/*.h)
UNIT_TESTS := $(wildcard tests/unit/test_*.c)
GLUE_TESTS := $(wildcard tests/glue/test_*.c)
UNIT_SUPPORT := tests/support/failing_memory.c tests/support/packed_people.c tests/support/attacker.c
GLUE_SUPPORT := $(UNIT_SUPPORT) tests/support/database.c

define flavour_tests
build/$(1)/unit/%: tests/unit/%.c $(UNIT_SUPPORT) $(TEST_HEADERS) build/$(1)/libcore.a | $(GENERATED)
	@mkdir -p $$(@D)
	$$(call tell,LD,$$@)gcc $$(TEST_CFLAGS) $$(FLAGS_$(1)) -o $$@ $$< $(UNIT_SUPPORT) build/$(1)/libcore.a -lcmocka -lm
build/$(1)/glue/%: tests/glue/%.c $(GLUE_SUPPORT) $(TEST_HEADERS) build/$(1)/libcore.a \
        $(call glue_objects,$(1)) | $(GENERATED)
	@mkdir -p $$(@D)
	$$(call tell,LD,$$@)gcc $$(TEST_CFLAGS) $$(FLAGS_$(1)) -o $$@ $$< $(GLUE_SUPPORT) $(call glue_objects,$(1)) \
	    build/$(1)/libcore.a -lcmocka -lsqlite3 -lm
endef
$(foreach flavour,check sanitize,$(eval $(call flavour_tests,$(flavour))))

unit: $(UNIT_TESTS:tests/%.c=build/check/%) ## C units on the core, linked without SQLite
	$(ring) -- $^

# Running out of memory at each of tens of thousands of requests takes minutes: every day a sample.
glue: $(GLUE_TESTS:tests/%.c=build/check/%) ## C tests of the SQL surface
	@STRIDE=$${STRIDE:-31} SUMMARY=$(SUMMARY) bash tests/ring.sh $@ -- $^

SANITIZED := $(patsubst tests/%.c,build/sanitize/%,$(UNIT_TESTS) $(GLUE_TESTS))
sanitize: $(SANITIZED) ## all C tests again under the address and undefined-behaviour sanitizers
	@export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 STRIDE=$${STRIDE:-17}; \
	    SUMMARY=$(SUMMARY) bash tests/ring.sh $@ -- $^

# --- SQL and Lua through the shipped files ------------------------------------------------------------

sql-test: build/release/reoffend.so ## SQL cases through the real .load
	$(ring) bash tests/sql.sh -- $(wildcard tests/sql/*.sql)

lua-test: build ## Lua modules
	$(ring) $(LUA) tests/lua/run.lua -- $(wildcard tests/lua/*_test.lua)

# --- shape of the house -----------------------------------------------------------------------------

layers: ## direction of includes, requires and sql steps
	$(ring) bash -- $(wildcard tests/layers/*.sh)

surface: build/release/reoffend.so ## what the extension adds, exports, needs; every documented example
	$(ring) bash -- $(wildcard tests/surface/*.sh)

lint: | $(GENERATED) ## luacheck, cppcheck, unfinished marks
	$(ring) bash -- $(wildcard tests/lint/*.sh)

# --- slow rings -------------------------------------------------------------------------------------

# The attacker on publications, who knows nothing of ext/.
build/check/attack: tests/disclosure/attack.c tests/support/attacker.c $(TEST_HEADERS) | build/check
	$(call tell,LD,$@)gcc $(TEST_CFLAGS) -O2 -o $@ $(filter %.c,$^) -lm

# Every other folder's *.sh: end to end, samples, pages, hosts.
SCRIPT_FOLDERS := $(filter-out layers surface lint fuzz reference bench support node_modules, \
    $(notdir $(patsubst %/,%,$(wildcard tests/*/))))
scripts: build ## end to end, samples and pages: every tests/*/*.sh not of a ring above
	$(ring) bash -- $(foreach folder,$(SCRIPT_FOLDERS),$(wildcard tests/$(folder)/*.sh))

fuzz: build ## the fuzzers, some seconds each
	$(ring) bash -- $(wildcard tests/fuzz/*.sh)

HISTORIES ?= 2500
HISTORY_SEED ?= 1
build/check/random_histories: $(wildcard tests/reference/*.[ch]) build/check/libcore.a
	$(call tell,LD,$@)gcc $(TEST_CFLAGS) -O2 -o $@ $(filter %.c,$^) build/check/libcore.a -lsqlite3 -lm

reference: build build/check/random_histories ## random histories against the rules in plain SQL
	@export SEED=$(HISTORY_SEED) HISTORIES=$(HISTORIES) SUMMARY=$(SUMMARY); \
	    bash tests/ring.sh $@ bash -- $(wildcard tests/reference/*.sh)

memcheck: $(UNIT_TESTS:tests/%.c=build/check/%) ## the units once more under valgrind
	$(ring) valgrind --quiet --leak-check=full --error-exitcode=9 -- $(wordlist 1,4,$^)

-include tests/bench/bench.mk
