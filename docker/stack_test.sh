#!/usr/bin/env bash
# A machine with a container engine → the images built, the stack started once, logged in to, and taken down again.
# Needs `docker compose` (v2) and an engine with BuildKit; nothing of an installed stack is touched: the project has
# a name, ports, secrets and volumes of its own. The images stay (docker image rm). Run it by `make stack-test`.
set -euo pipefail
cd "$(dirname "$0")/.."

docker compose version >/dev/null 2>&1 || { echo "stack-test: the docker compose plugin (v2) is needed" >&2; exit 1; }
docker info >/dev/null 2>&1 || { echo "stack-test: no container engine answers (see docker info)" >&2; exit 1; }

SCRATCH=$(mktemp -d)
ENVIRONMENT=$SCRATCH/env
python3 docker/make_env.py "$ENVIRONMENT"
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
AIRFLOW_PORT=$(free_port) SUPERSET_PORT=$(free_port) PORTAL_PORT=$(free_port)
export AIRFLOW_PORT SUPERSET_PORT PORTAL_PORT
stack() { docker compose --env-file "$ENVIRONMENT" --project-name "cotmoc-test-$$" "$@"; }

finish() {
  status=$?
  if [ "$status" -ne 0 ]; then
    stack ps --all || true
    stack logs --no-color --tail 40 || true
  fi
  stack down --volumes --remove-orphans --timeout 60 >/dev/null 2>&1 || echo "stack-test: not all was taken down" >&2
  rm -rf "$SCRATCH"
  [ "$status" -eq 0 ] && echo "stack-test: passed, everything taken down" || echo "stack-test: FAILED" >&2
  exit "$status"
}
trap finish EXIT

step() { printf '%5ds  %s\n' "$SECONDS" "$1"; }

step "building the images"
stack build --quiet
step "starting the stack, waiting until every service is healthy"
stack up --detach --wait --wait-timeout 600 --no-build --quiet-pull >"$SCRATCH/up.log" 2>&1 || { cat "$SCRATCH/up.log" >&2; exit 1; }
step "logging in to Airflow and Superset, asking for the submission page"
(set -a && . "$ENVIRONMENT" && python3 docker/stack_logins.py)
step "preparing once more: an upgrade starts like this"
stack run --rm --no-deps airflow-prepare >"$SCRATCH/prepare.log" 2>&1 || { cat "$SCRATCH/prepare.log" >&2; exit 1; }
stack run --rm --no-deps superset-prepare >"$SCRATCH/prepare.log" 2>&1 || { cat "$SCRATCH/prepare.log" >&2; exit 1; }
(set -a && . "$ENVIRONMENT" && python3 docker/stack_logins.py)
step "what it takes"
docker image ls --format '{{.Repository}}:{{.Tag}}  {{.Size}}' --filter 'reference=cotmoc/*'
docker stats --no-stream --format '{{.Name}}  {{.MemUsage}}' $(stack ps --quiet)
step "taking it down"
