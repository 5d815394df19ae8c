#!/usr/bin/env bash
# Forced scoring by Rote's client beside a bare asynchronous Python client: the same windows, server and run.
#
#   make bench                         every model and slot count
#   MODELS="demo" SLOTS="8" make bench one combination
#
# Prints one row per model, slot count and way; ratios are Rote over Python within the row, the median of ROUNDS.
set -euo pipefail
cd "$(dirname "$0")/.."
WORK=${WORK:-.build/bench}
ROUNDS=${ROUNDS:-3}
mkdir -p "$WORK"
[ -x .build/release/forcing-benchmark ] || { echo "make bench builds the program that this measures"; exit 1; }
if [ ! -d "$WORK/venv" ]; then python3 -m venv "$WORK/venv" && "$WORK/venv/bin/pip" install -q gguf numpy; fi
[ -e "$WORK/models/.made" ] || { "$WORK/venv/bin/python" Benchmarks/make_models.py "$WORK/models" && touch "$WORK/models/.made"; }
exec python3 Benchmarks/compare.py --work "$WORK" --rounds "$ROUNDS" --models ${MODELS:-demo large-110m vocabulary-151k} \
    --slots ${SLOTS:-1 8 32}
