# What a user and a developer do with Rote. `make` alone lists it.

SHELL := /bin/bash
DEMO := Corpora/harbour-gazette
ROTE := .build/release/rote
PREFIX ?= /usr/local
# On Linux the release binary carries Swift's libraries in it, where the toolchain has them for that: it then runs on
# machines without Swift, and needs less processor time.
LIBRARIES = $(shell swiftc -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)\/swift".*/\1/p')
STATIC = $(if $(and $(wildcard $(LIBRARIES)/swift_static/linux/libFoundation.a),$(wildcard $(LIBRARIES)/../bin/ld.lld)),\
    --static-swift-stdlib -Xswiftc -use-ld=lld)

.PHONY: help setup build demo test lint format docs manual install bench calibration clean

help:
	@echo "make demo     install what is missing, build, audit the demo corpus, print the verdicts"
	@echo "make test     every test, the end-to-end ones against a real llama.cpp server included"
	@echo "make build    the release binary, $(ROTE)"
	@echo "make docs     shell completions and the manual page, in .build/docs"
	@echo "make install  binary, completions and manual page under PREFIX (now $(PREFIX))"
	@echo "make bench    speed of forced scoring beside a bare Python client"
	@echo "make calibration  error rate and power of the verdict, by simulation (long)"
	@echo "make lint     formatting and style; make format mends what it can"

# Libraries by the system's package manager, the server by pip into .venv, unless they are there already.
setup:
	@command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed: see https://www.swift.org/install"; exit 1; }
	@found() { ls "$$@" >/dev/null 2>&1; }; \
	if [ "$$(uname)" = Linux ] && ! { found /usr/include/zlib.h \
	    && { found /usr/include/curl/curl.h || found /usr/include/*/curl/curl.h; }; }; then \
	    install="apt-get install -y libcurl4-openssl-dev zlib1g-dev"; \
	    if ! command -v apt-get >/dev/null; then \
	        echo "The headers of libcurl and zlib are missing: install them with your package manager"; exit 1; \
	    elif [ "$$(id -u)" = 0 ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive $$install -q; \
	    elif sudo -n true 2>/dev/null; then sudo apt-get update -q && sudo $$install -q; \
	    else echo "Run this once and repeat: sudo apt-get update && sudo $$install"; exit 1; fi; \
	fi
	@if [ -z "$$ROTE_LLAMA_SERVER" ] && ! command -v llama-server >/dev/null \
	    && ! ls .venv/lib/python3*/site-packages/xllamacpp >/dev/null 2>&1; then \
	    command -v python3 >/dev/null || { echo "No llama-server was found, and no python3 to install one with:" \
	        "install llama.cpp, or python3"; exit 1; }; \
	    python3 -m venv .venv || { echo "Run this once and repeat: sudo apt-get install -y python3-venv"; exit 1; }; \
	    .venv/bin/pip install --quiet --disable-pip-version-check xllamacpp \
	        || { echo "xllamacpp could not be installed: install llama.cpp so that llama-server is on your PATH"; exit 1; }; \
	fi

build: setup
	swift build -c release --product rote $(STATIC)

demo: build
	@rm -rf .build/demo
	@for model in planted clean; do \
	    echo; echo "== the $$model model =="; \
	    $(ROTE) audit --suspect $(DEMO)/suspect.jsonl --control $(DEMO)/control.jsonl \
	        --model $(DEMO)/model-$$model.gguf \
	        --run .build/demo/$$model --by repetitions || exit $$?; \
	done

test: setup
	swift test --no-parallel

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

format:
	swift format format --in-place --recursive Package.swift Sources Tests Benchmarks

docs: build manual

# From the program at ROTE. The tool of the argument parser is run by itself, because its plugin would build the program
# again, with other settings.
manual:
	@mkdir -p .build/docs
	@for shell in bash zsh fish; do \
	    $(ROTE) --generate-completion-script $$shell > .build/docs/rote.$$shell || exit $$?; done
	swift build -c release --package-path .build/checkouts/swift-argument-parser --scratch-path .build/manual \
	    --product generate-manual
	.build/manual/release/generate-manual $(ROTE) --output-directory .build/docs
	@ls .build/docs

install: docs
	install -d $(PREFIX)/bin $(PREFIX)/share/man/man1 $(PREFIX)/share/bash-completion/completions \
	    $(PREFIX)/share/zsh/site-functions $(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(ROTE) $(PREFIX)/bin/rote
	install -m 644 .build/docs/rote.1 $(PREFIX)/share/man/man1/rote.1
	install -m 644 .build/docs/rote.bash $(PREFIX)/share/bash-completion/completions/rote
	install -m 644 .build/docs/rote.zsh $(PREFIX)/share/zsh/site-functions/_rote
	install -m 644 .build/docs/rote.fish $(PREFIX)/share/fish/vendor_completions.d/rote.fish

bench: build
	swift build -c release --product forcing-benchmark $(STATIC)
	Benchmarks/run.sh

calibration:
	Benchmarks/calibration.sh

clean:
	rm -rf .build
