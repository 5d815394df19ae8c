#!/usr/bin/env bash
# The verdict's error rate and power, by simulated runs judged by the decision's own code; no server is needed.
#
#   Benchmarks/calibration.sh                       both tables, into Benchmarks/results
#   Benchmarks/calibration.sh null --runs 200       one table, with options of the command
#
# Exit status 1 when a level is exceeded or a claim about power does not hold.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product calibration
calibration=$(swift build -c release --show-bin-path)/calibration
source=$(git describe --always --dirty --abbrev=7 2>/dev/null || echo "not under version control")
if [ $# -gt 0 ]; then exec "$calibration" "$@" --source "$source"; fi
"$calibration" null --source "$source"
"$calibration" power --source "$source"
