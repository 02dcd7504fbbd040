# reoffend: `make demo` shows it, `make test` proves it, `make help` lists the rest.
#
# Objects live in build/<flavour>/: `release` is what users load, `check` is the same code with
# SQLite linked in for tests that need its internals, `sanitize` is `check` under sanitizers.

SHELL := /bin/bash
.SHELLFLAGS := -e -u -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build

VERSION := $(shell cat VERSION)
FLAVOUR ?= release
B := build/$(FLAVOUR)
PREFIX ?= /usr/local
LUA ?= lua5.4

# What is built is told in short lines; V=1 shows the commands.
V ?= 0
tell = $(if $(filter 1,$(V)),,@echo "  $(1)  $(2)"; )

WARNINGS := -Wall -Wextra -Wshadow -Wundef -Wwrite-strings -Wstrict-prototypes \
            -Wmissing-prototypes -Wconversion -Werror
OPTIMISE := -O3 -flto=auto
CFLAGS := -std=c11 -g -fPIC -fvisibility=hidden $(WARNINGS) -Iext -Ibuild/generated \
          -DREOFFEND_VERSION='"$(VERSION)"' -MMD -MP
FLAGS_release := $(OPTIMISE)
FLAGS_check := -O1 -DSQLITE_CORE
FLAGS_sanitize := -O1 -DSQLITE_CORE -fsanitize=address,undefined -fno-sanitize-recover=all \
                  -fno-omit-frame-pointer
LINK_sanitize := -fsanitize=address,undefined

# The layers, from what knows least to what knows most. A file's name says its layer: fn_ (scalars),
# agg_ (aggregates), vt_ (tables) and glue see SQLite; everything else is core.
SOURCES := $(sort $(wildcard ext/*.c))
GLUE := $(filter ext/glue% ext/fn_% ext/agg_% ext/vt_% ext/store_% ext/registry.c ext/reoffend.c,$(SOURCES))
CORE := $(filter-out $(GLUE),$(SOURCES))
core_objects = $(CORE:ext/%.c=build/$(1)/%.o)
glue_objects = $(GLUE:ext/%.c=build/$(1)/%.o)

.PHONY: build help
build: $(B)/reoffend.so $(B)/lua/reoffend_native.so ## build the extension and the Lua module

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- building ------------------------------------------------------------------------------------

build/release build/check build/sanitize build/generated build/release/lua build/test build/log:
	@mkdir -p $@

GENERATED :=
-include ext/generated.mk

define flavour_rules
build/$(1)/%.o: ext/%.c VERSION | build/$(1) $(GENERATED)
	$$(call tell,CC,$$<)gcc $(CFLAGS) $(FLAGS_$(1)) -c $$< -o $$@
build/$(1)/libcore.a: $(call core_objects,$(1))
	@rm -f $$@
	$$(call tell,AR,$$@)ar rcs $$@ $$^
-include $(wildcard build/$(1)/*.d)
endef
$(foreach flavour,release check sanitize,$(eval $(call flavour_rules,$(flavour))))

# Only libc and libm: a copy of SQLite inside would crash hosts that bring their own. A process that
# has the old file open keeps it.
build/release/reoffend.so: $(call core_objects,release) $(call glue_objects,release)
	$(call tell,LD,$@)gcc -shared $(OPTIMISE) -Wl,-z,defs -Wl,--as-needed -o $@.$$$$ $^ -lm && \
	    mv $@.$$$$ $@

build/release/lua/reoffend_native.so: lua/reoffend_native.c | build/release/lua
	$(call tell,LD,$@)gcc -std=c11 -O2 -fPIC $(WARNINGS) -I/usr/include/lua5.4 -shared \
	    -Wl,-z,nodelete -o $@ $< -lsqlite3

# --- setting up ----------------------------------------------------------------------------------

.PHONY: deps
deps: ## install what is missing (apt-get, npm); FOR='run build' leaves out the tests' tools
	@bash tests/deps.sh $(FOR)

include samples/demo.mk
include tests/tests.mk

# --- keeping house -------------------------------------------------------------------------------

.PHONY: install uninstall clean format
install: build ## copy the extension to $(DESTDIR)$(PREFIX)/lib/reoffend
	install -d $(DESTDIR)$(PREFIX)/lib/reoffend
	install -m 755 build/release/reoffend.so $(DESTDIR)$(PREFIX)/lib/reoffend/

uninstall: ## remove what install copied
	rm -rf $(DESTDIR)$(PREFIX)/lib/reoffend

format: ## lay out the C sources by .clang-format
	clang-format -i ext/*.c ext/*.h tests/*/*.c

clean: ## remove everything built
	rm -rf build
