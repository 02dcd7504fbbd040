# The benchmark: everything in build/bench, nothing of it needed by users or tests.
#
#   make bench              8 million people, 60 million events: about 15 GB of disk, an hour
#   make bench SIZE=M       a tenth of it: minutes; SIZE=S: a hundredth, seconds
#   make bench PASSES=9     more passes; SLOW_PASSES for those that need minutes, DUCKDB_PASSES
#   make bench CLOCK=processor   on a machine that is busy with other work
#   make bench RECORD=1     also writes the tables into tests/bench/README.md
#   make bench-load         loading beside .import, 60 million rows: 20 GB of disk, minutes
#                           SIZE=S or M for less, 'S M L' for growth; LOAD_PASSES for more passes
#   make bench-match        matching by name against 8 million people: a minute or two
#   make bench-logit        logit_fit against R's glm: 600,000 rows, 60 columns; minutes
#   make bench-model        what a model adds to the rates: 800,000 people; a minute
#   make bench-publication  the publication of one area, in the demonstration; a minute
#   make bench-calls        calls a second of the functions over codes and identifiers; a minute
#   make bench-deps         installs the competitors: npm (DuckDB, polars), R's data.table

SIZE ?= L
PASSES ?= 5
DUCKDB_PASSES ?= $(PASSES)
SLOW_PASSES ?= 1
CLOCK ?= wall

build/bench:
	@mkdir -p $@

build/bench/nation: tests/bench/nation.c ext/calendar.c ext/identifier.c | build/bench
	$(call tell,LD,$@)gcc -std=c11 -O2 $(WARNINGS) -Iext -o $@ $^ -lsqlite3

build/bench/measure: tests/bench/measure.c | build/bench
	$(call tell,LD,$@)gcc -std=c11 -O2 $(WARNINGS) -o $@ $< -lsqlite3

# A copy, so that a build in the middle of a run changes nothing.
build/bench/reoffend.so: build/release/reoffend.so | build/bench
	cp $< $@

.PHONY: bench bench-deps bench-load bench-match
bench-load: build ## the speed of loading beside .import (SIZE='S M L')
	PASSES=$(LOAD_PASSES) bash tests/bench/loading.sh $(SIZE)

bench-match: build ## the speed of matching 50,000 rows without ids against 8 million people
	bash tests/bench/matching.sh

bench-deps: | build/bench
	-bash tests/deps.sh bench

bench: build/bench/nation build/bench/measure build/bench/reoffend.so bench-deps $(DEMO_DATABASE) \
        build/release/lua/reoffend_native.so ## the speed goals, measured side by side
	$(LUA) tests/bench/bench.lua --size $(SIZE) --passes $(PASSES) \
	    --duckdb-passes $(DUCKDB_PASSES) --slow-passes $(SLOW_PASSES) --clock $(CLOCK) $(if $(RECORD),--record)

build/bench/logit_rows: tests/bench/logit_rows.c | build/bench
	$(call tell,LD,$@)gcc -std=c11 -O2 $(WARNINGS) -o $@ $< -lsqlite3 -lm

.PHONY: bench-logit
bench-logit: build/bench/logit_rows build/bench/measure build/bench/reoffend.so bench-deps ## logit_fit against R's glm, side by side
	bash tests/bench/logit.sh 600000 $(PASSES) $(CLOCK)

.PHONY: bench-model
bench-model: build/bench/nation build/bench/measure build/bench/reoffend.so ## what a model adds to the rates
	bash tests/bench/model.sh 800000 $(PASSES) $(CLOCK)

.PHONY: bench-publication
bench-publication: $(DEMO_DATABASE) build/release/lua/reoffend_native.so | build/bench ## what the publication of one area takes
	bash tests/bench/publication.sh $(PASSES)

.PHONY: bench-calls
bench-calls: build ## calls a second of the functions over codes and identifiers
	bash tests/bench/function_calls.sh
