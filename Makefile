# make run · make test · make lint · make format · make sample · make lock · make clean
# Each is also a plain python command; see the README. Needs Python 3.11 or newer and make, nothing else.
.POSIX:

PYTHON = python3
VENV = .venv
PY = $(VENV)/bin/python
READY = $(VENV)/.ready
UV = $(VENV)/bin/uv
UV_VERSION = 0.13.9
STORE = data/store
PORT = 8501
PYTEST_FLAGS = -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: run test lint format sample lock clean environment

# environment, sample and database on the first run; then the app (make run PORT=8600 where 8501 is taken)
run: $(STORE)/.demo
	$(PY) -m dashboard db upgrade
	$(PY) -m dashboard serve --port $(PORT)

# two workers share two cores, so each keeps to one thread
test: lint
	POLARS_MAX_THREADS=1 $(PY) -m pytest $(PYTEST_FLAGS)

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(READY)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# writes the synthetic force anew: the same bytes for the same seed
sample: $(READY)
	$(PY) -m dashboard sample --out data/sample

# pins every dependency with its hashes; names no registry
lock: $(READY)
	$(UV) pip compile -q --universal --generate-hashes --no-header --group dev \
		--output-file requirements.lock pyproject.toml

environment: $(READY)

clean:
	rm -rf $(VENV) $(STORE) build *.egg-info

# the project itself is installed as a link, so that its packages are found from any folder
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	UV_LINK_MODE=copy $(UV) pip sync -q --python $(PY) --require-hashes requirements.lock
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

$(STORE)/.demo: $(READY)
	mkdir -p $(STORE)
	test -e $(STORE)/current.json || $(PY) -m dashboard build data/sample/sources.toml
	$(PY) -m dashboard db upgrade
	$(PY) -m dashboard demo data/sample/decisions.json
	touch $(STORE)/.demo
