#!/bin/sh
# ANTQ: opens the page (macOS; a double click runs it in Terminal).
cd "$(dirname "$0")" || exit 3
exec python3 run.py page
