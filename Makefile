# Everything to set up, run, test and measure Switchyard on a machine with Python 3.11 or newer.

PYTHON ?= python3
# PostgreSQL does not run as root, and its own account cannot enter root's private folders.
VAR ?= $(if $(filter 0,$(shell id -u)),/var/lib/switchyard,var)
PORT ?= 8000
export VAR PORT
# A run starts dozens of processes: what one has compiled is there for the others.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
STATIC_FILES := $(shell find static -type f 2>/dev/null)
CHROMIUM := $(shell command -v chromium-headless-shell || command -v chromium || \
  command -v chromium-browser || command -v google-chrome)
APT_GET := DEBIAN_FRONTEND=noninteractive apt-get

.PHONY: run test search bench soak lint install install-dev chromium lock
.DEFAULT_GOAL := run

run: install $(VAR)/static.stamp  ## Set everything up, then serve until Ctrl-C.
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) create_demo --if-empty
	@exec $(MANAGE) serve

# Stories in browsers come after what runs on all cores at once, and last what kills processes: two
# worlds of its own, side by side, as most of it waits. Both read no other tests: that takes as long
# as several stories.
test: install-dev chromium  ## Set everything up, then run the whole suite; ARGS="-k word" narrows it.
	@$(BIN)/pytest -n auto --dist worksteal -m "not browser and not promise" $(ARGS)
	@$(BIN)/pytest -n 2 --dist loadfile -m browser -o testpaths=tests/browser $(ARGS) || [ $$? -eq 5 ]
	@$(BIN)/pytest -n 2 --dist loadfile -m promise -o testpaths=tests/promises $(ARGS) || [ $$? -eq 5 ]

search: install-dev  ## Try the properties that always have to hold on examples that nobody has tried.
	@$(BIN)/pytest -n auto --dist worksteal -m "hypothesis and not promise" --hypothesis-profile=search $(ARGS)

bench: install $(VAR)/static.stamp  ## Print the benchmark tables; ONLY=slug,slug runs some, FULL=1 the largest sizes too.
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) bench $(if $(ONLY),--only $(ONLY)) $(if $(FULL),--full)

soak: install-dev  ## Look for broken promises: OPERATIONS=, MINUTES=, SEED=.
	@$(BIN)/python -m tests.promises.soak $(if $(OPERATIONS),--operations $(OPERATIONS)) \
	  $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

lint: install-dev  ## Everything that is checked without running the product.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --check --lint templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Switchyard needs Python 3.11 or newer: make PYTHON=python3.12"; exit 1; }
	@echo "Making the virtual environment ..."
	@$(PYTHON) -m venv .venv \
	  || { echo "No virtual environment; on Debian: apt-get install python3-venv"; exit 1; }

.venv/installed: requirements.txt | .venv/bin/pip
	@echo "Installing what $< lists ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The development list holds everything of the other one.
.venv/installed-dev: requirements-dev.txt | .venv/bin/pip
	@echo "Installing what $< lists ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/installed

$(VAR)/static.stamp: $(STATIC_FILES) requirements.txt | .venv/installed
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@mkdir -p $(@D)
	@touch $@

# The headless shell does without what nobody sees of a window, a sixth of what the stories take.
chromium:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests ..."; \
	  ($(APT_GET) update && { $(APT_GET) install -y chromium-headless-shell \
	    || $(APT_GET) install -y chromium; }) >/dev/null 2>&1 \
	    || { echo "Chromium could not be installed"; exit 1; }; \
	else echo "The browser tests need Chromium; install it first."; exit 1; fi
endif

lock:  ## Choose the versions anew that pyproject.toml allows.
	@$(BIN)/pip install --quiet uv
	@for list in "requirements.txt" "requirements-dev.txt --group dev"; do \
	  $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate --quiet --upgrade -o $$list; done
