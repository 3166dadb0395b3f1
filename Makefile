# Every target sets up what it needs in .venv first; nothing has to be installed by hand
# but Python 3.11 or newer and make. Works with GNU make 3.81, which macOS ships.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin

# make PYTHON=/path/to/python3.12 … chooses the Python of a new .venv.
PYTHON ?=
# make test ARGS="-k rollups" hands options on to the command behind serve, test, bench and lock.
ARGS ?=

# Keeps Material's notice about its own future out of every build.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## This list
	@echo "make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: serve
serve: $(VENV)/.ready ## The playbook on 127.0.0.1:8000, reloaded at each change (ARGS="--port 9000")
	@$(BIN)/playbook serve $(ARGS)

.PHONY: test
test: $(VENV)/.ready ## Every test, those in a real browser included (ARGS="-k rollups")
	@$(BIN)/python -m pytest --numprocesses auto --dist loadscope $(ARGS)

# Never add -q: it makes MkDocs forget --strict.
.PHONY: site
site: $(VENV)/.ready ## The whole site in site/; a warning fails it
	@$(BIN)/python -m mkdocs build --strict

.PHONY: check
check: check-lint check-format check-types check-imports check-records check-workflows ## Style, types, imports, workflows and the playbook's own records

.PHONY: check-lint
check-lint: $(VENV)/.ready
	$(BIN)/ruff check

.PHONY: check-format
check-format: $(VENV)/.ready
	$(BIN)/ruff format --check

.PHONY: check-types
check-types: $(VENV)/.ready
	$(BIN)/mypy

.PHONY: check-imports
check-imports: $(VENV)/.ready
	$(BIN)/lint-imports --no-logo

.PHONY: check-records
check-records: $(VENV)/.ready
	$(BIN)/playbook check

# Those of the hosts, and those that `playbook init` writes. shellcheck is not on every machine,
# and online audits need a network: without both, the answer is the same everywhere.
STARTER := plugins/outcome_playbook/starter/hosts
WORKFLOWS := $(wildcard .github/workflows/*.yml $(STARTER)/github/workflows/*.yml)
SCHEMA := $(BIN)/check-jsonschema --quiet --builtin-schema

.PHONY: check-workflows
check-workflows: $(VENV)/.ready
	$(SCHEMA) vendor.github-workflows $(WORKFLOWS)
	$(SCHEMA) vendor.dependabot .github/dependabot.yml
	$(SCHEMA) vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml $(STARTER)/gitlab-ci.yml
	$(BIN)/jactionlint --shellcheck= --pyflakes= $(WORKFLOWS) .github/dependabot.yml
	RUST_LOG=error $(BIN)/zizmor --quiet --no-progress --offline --pedantic $(WORKFLOWS) .github/dependabot.yml

.PHONY: workflows
workflows: $(VENV)/.ready ## The workflows that `playbook init` writes, from those of this repository
	@$(BIN)/python -m tools.workflows

.PHONY: words
words: $(VENV)/.ready ## Every word of the site into the tables of its languages, to be translated
	@$(BIN)/python -m tools.words

.PHONY: pictures
pictures: $(VENV)/.ready ## The pictures of the demo for README and handbook (ARGS="home status")
	@$(BIN)/python -m tools.pictures $(ARGS)

.PHONY: recordings
recordings: $(VENV)/.ready ## What the commands print, as pictures of a terminal for the handbook
	@$(BIN)/python -m tools.recordings

.PHONY: bench
bench: $(VENV)/.ready ## What a build and the commands take, beside what one would use instead
	@$(BIN)/python -m benchmarks $(ARGS)

# Needs npm besides, and tells how to get it: Debian's is enough.
.PHONY: lighthouse
lighthouse: $(VENV)/.ready ## What Lighthouse says of the demo, on a phone and at a desk (ARGS="--runs 5")
	@$(BIN)/python -m benchmarks.lighthouse $(ARGS)

# Keeps the versions that still fit; ARGS=--upgrade takes the newest ones. No address of an index
# goes into the file, so that it installs from whichever one pip is set up to use.
.PHONY: lock
lock: $(VENV)/.ready ## requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-config --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock $(ARGS)
	@echo "Wrote requirements.lock."

.PHONY: clean
clean: ## Remove all that these targets made, .venv included
	rm -rf $(VENV) site dist test-results .cache .hypothesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The locked dependencies, and a virtual environment around them. Written last, so that an
# interrupted set-up is taken up again.
$(VENV)/.dependencies: requirements.lock
	@eval "$$make_venv"
	@echo "Installing the dependencies of requirements.lock (about a minute the first time) …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

# The package itself, editable: its commands and its plugin are known to .venv, its code stays here.
$(VENV)/.ready: $(VENV)/.dependencies pyproject.toml
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "$(VENV) is ready."

# Finds a Python that is new enough and can make a virtual environment, or says what is missing.
# `python3.12` may be there and not run (a version manager's stand-in), so each is tried.
define make_venv
try='import sys; sys.exit(sys.version_info < (3, 11))'
if $(VENV)/bin/python -c "import pip; $$try" 2>/dev/null; then exit 0; fi
wanted='$(PYTHON)'; old=''; bare=''; found=''
for python in $${wanted:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  if ! $$python -c "$$try" 2>/dev/null; then old="$$old$${old:+,} $$python ($$version)"
  elif ! $$python -c 'import venv, ensurepip' 2>/dev/null; then bare="$${bare:-$$version}"
  else found=$$python; break
  fi
done
if [ -n "$$found" ]; then
  echo "Making $(VENV) with Python $$version …"
  exec $$found -m venv --clear $(VENV)
fi
exec >&2
if [ -n "$$bare" ]; then
  echo "Python $$bare is here, but not its modules venv and ensurepip, which make $(VENV)."
  echo "On Debian or Ubuntu, this adds them: sudo apt-get install python$$bare-venv"
elif [ -n "$$old" ]; then
  echo "The playbook needs Python 3.11 or newer; found only$$old."
  echo "Install a newer one (Debian or Ubuntu: sudo apt-get install python3 python3-venv;"
  echo "macOS: brew install python), or name it: make PYTHON=/path/to/python3.12 …"
elif [ -n "$$wanted" ]; then
  echo "$$wanted does not run as a Python. Check the path in PYTHON=$$wanted."
else
  echo "The playbook needs Python 3.11 or newer, and none was found."
  echo "Install it (Debian or Ubuntu: sudo apt-get install python3 python3-venv;"
  echo "macOS: brew install python), or name it: make PYTHON=/path/to/python3.12 …"
fi
exit 1
endef
export make_venv
