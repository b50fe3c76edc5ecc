#!/bin/sh
# Takes the newest allowed versions into the lock files. Run by hand (`make lock`), then commit the result.
set -eu
cd "$(dirname "$0")/.."
uv=$(ls -d .tools/uv-*/bin/uv | tail -1)
export UV_PYTHON_DOWNLOADS=never
"$uv" lock "$@"
export_to() { "$uv" export -q --frozen --no-header --no-annotate --no-emit-project "$@"; }
export_to -o requirements.lock
export_to --only-group dev -o requirements-dev.lock
export_to --only-group postgres -o requirements-postgres.lock
