# The C tables built from the lookups. sql/lookup/ is the one home of the facts: a row changed there
# changes these files, the objects that include them, and the lookup version.

LOOKUPS := $(sort $(wildcard sql/lookup/*.csv))
GENERATED := build/generated/offence_table.inc build/generated/disposal_table.inc \
             build/generated/ogrs3_weight.inc build/generated/match_weight.inc \
             build/generated/lookup_version.inc
GENERATOR_SOURCES := $(wildcard sql/lookup/*.c) ext/offence_code.c

build/generated/generate: $(GENERATOR_SOURCES) $(wildcard sql/lookup/*.h) ext/offence.h \
        ext/offence_code.h | build/generated
	$(call tell,LD,$@)gcc -std=c11 -O1 $(WARNINGS) -Iext -Isql/lookup -o $@ $(GENERATOR_SOURCES)

build/generated/offence_table.inc: build/generated/generate $(LOOKUPS)
	$(call tell,GEN,$@)build/generated/generate offence sql/lookup > $@.new && mv $@.new $@

build/generated/disposal_table.inc: build/generated/generate $(LOOKUPS)
	$(call tell,GEN,$@)build/generated/generate disposal sql/lookup > $@.new && mv $@.new $@

build/generated/ogrs3_weight.inc: sql/lookup/ogrs3_weight.csv | build/generated
	$(call tell,GEN,$@)awk -F, 'NR > 1 { printf "    [%d] = %s,\n", $$1, $$2 }' $< > $@.new && mv $@.new $@

build/generated/match_weight.inc: sql/lookup/match_weight.csv | build/generated
	$(call tell,GEN,$@)awk -F, 'NR > 1 { printf "    {\"%s\", \"%s\", %s, %s, %s},\n", $$1, $$2, $$3 + 0, $$4, $$5 }' \
	    $< > $@.new && mv $@.new $@

build/generated/lookup_version.inc: build/generated/generate $(LOOKUPS)
	$(call tell,GEN,$@)build/generated/generate version $(LOOKUPS) > $@.new && mv $@.new $@

.PHONY: lookup
lookup: ## take the facts of the register of CJS codes anew (npm, a pinned version)
	bash sql/lookup/register.sh build/register
	$(LUA) sql/lookup/derive.lua build/register/package sql/lookup sql/lookup
