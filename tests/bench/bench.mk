# The benchmark: everything in build/bench, nothing of it needed by users or tests.
#
#   make bench              8 million people, 60 million events: about 15 GB of disk, an hour
#   make bench SIZE=M       a tenth of it: minutes; SIZE=S: a hundredth, seconds
#   make bench PASSES=9     more passes; SLOW_PASSES for those that need minutes
#   make bench CLOCK=processor   on a machine that is busy with other work
#   make bench RECORD=1     also writes the tables into tests/bench/README.md
#   make bench-logit        logit_fit against R's glm: 600,000 rows, 60 columns; minutes
#   make bench-model        what a model adds to the rates: 800,000 people; a minute
#   make bench-deps         installs the competitors: npm (DuckDB, polars), R's data.table

SIZE ?= L
PASSES ?= 5
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

.PHONY: bench bench-deps
bench-deps: | build/bench
	-bash tests/deps.sh bench

bench: build/bench/nation build/bench/measure build/bench/reoffend.so bench-deps ## the speed goals, measured side by side
	$(LUA) tests/bench/bench.lua --size $(SIZE) --passes $(PASSES) --slow-passes $(SLOW_PASSES) \
	    --clock $(CLOCK) $(if $(RECORD),--record)

build/bench/logit_rows: tests/bench/logit_rows.c | build/bench
	$(call tell,LD,$@)gcc -std=c11 -O2 $(WARNINGS) -o $@ $< -lsqlite3 -lm

.PHONY: bench-logit
bench-logit: build/bench/logit_rows build/bench/measure build/bench/reoffend.so bench-deps ## logit_fit against R's glm, side by side
	bash tests/bench/logit.sh 600000 $(PASSES) $(CLOCK)

.PHONY: bench-model
bench-model: build/bench/nation build/bench/measure build/bench/reoffend.so ## what a model adds to the rates
	bash tests/bench/model.sh 800000 $(PASSES) $(CLOCK)
