#!/usr/bin/env bash
# What learning prefixes gains and costs on documents that nothing was learned from: medians over seeds, every request
# to a model counted.
#
#   Benchmarks/prefix.sh                                      all fixtures that hold a model, and the clean twins
#   Benchmarks/prefix.sh --seeds 3 Corpora/house-header       options of the command, and fixtures
#
# FOLDER:MODEL asks whether anything is learned on another model. Prints a table and writes Benchmarks/results/prefix.csv.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product prefix-benchmark
benchmark=$(swift build -c release --show-bin-path)/prefix-benchmark
if [ $# -eq 0 ]; then
    set -- Corpora/house-header Corpora/section-headers Corpora/reluctant-archivist Corpora/harbour-gazette \
        Corpora/house-header:Corpora/header-twin/model-clean.gguf \
        Corpora/section-headers:Corpora/header-twin/model-clean.gguf \
        Corpora/reluctant-archivist:Corpora/reluctant-archivist/model-clean.gguf
fi
exec "$benchmark" --output Benchmarks/results/prefix.csv "$@"
