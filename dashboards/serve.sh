#!/bin/sh
# The published warehouse → web pages: serves Superset in the foreground until it is told to stop (SIGTERM).
# Environment: see superset_config.py; COTMOC_SUPERSET_HOST and COTMOC_SUPERSET_PORT say where to listen.
# One worker with threads is enough for a province's readers and takes about 300 MB; GET /health answers OK.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export SUPERSET_CONFIG_PATH="$here/superset_config.py" FLASK_APP=superset
exec "${COTMOC_SUPERSET_BIN:-$here/../.venv-superset/bin}/gunicorn" \
  --worker-class gthread --workers 1 --threads 8 --timeout 120 --graceful-timeout 10 \
  --bind "${COTMOC_SUPERSET_HOST:-127.0.0.1}:${COTMOC_SUPERSET_PORT:-8088}" \
  "superset.app:create_app()"
