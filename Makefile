# Needs Python 3.11 to 3.13, make and git; nothing here needs root.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
NOTES  ?= notes

.PHONY: run test test-all e2e screenshots evaluate train lint format install clean

# zsh and dash leave the ~ of NOTES=~/notes as it is.
run: install ## set up, index the notes, open the chat (make run NOTES=folder for your own)
	$(BIN)/tenkyo chat --browser --notes "$(NOTES:~/%=$(HOME)/%)"

test: install ## run the tests
	$(BIN)/python -m pytest

test-all: install ## run the tests, and every fault at every system call (ten minutes more)
	$(BIN)/python -m pytest -m ""

e2e: install ## drive the chat in a real browser; fails where there is none
	TENKYO_E2E=1 $(BIN)/python -m pytest tests/e2e

screenshots: install ## make the pictures of the README anew
	$(BIN)/python -m tests.e2e.screenshots

evaluate: install ## check the question set, compare with the reference, write the report
	$(BIN)/tenkyo eval check --quiet
	$(BIN)/tenkyo eval gate -o build/eval/gate.md
	$(BIN)/tenkyo eval run --split test -o build/eval

train: install ## train the model's adapter again (46 minutes on two cores)
	$(BIN)/tenkyo eval check-training
	$(BIN)/python -m index.training

lint: install ## style, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: install ## rewrite the code in the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

install: $(VENV)/.installed

# Reinstalled only when what is installed changed.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean: ## remove the environment and tool caches, not the index
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
