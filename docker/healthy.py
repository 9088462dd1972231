"""An address inside the stack → exit 0 when it answers, and Airflow's named component is healthy there.

    python healthy.py URL [COMPONENT]

COMPONENT is a key of Airflow's /api/v2/monitor/health: scheduler, triggerer, dag_processor. Reading it costs a
request; asking the same with `airflow jobs check` would load Airflow each time. Exit 1 with the reason otherwise.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request

SECONDS = 5


def main(arguments: list[str]) -> int:
    """Ask the address; return the exit code."""
    url, component = arguments[0], arguments[1] if len(arguments) > 1 else None
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - the compose file says which
            content = answer.read()
    except (urllib.error.URLError, OSError) as error:
        print(f"{url}: {error}")  # noqa: T201 - a program's own output
        return 1
    if component is None:
        return 0
    state = json.loads(content)[component]["status"]
    print(f"{component}: {state}")  # noqa: T201 - a program's own output
    return 0 if state == "healthy" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
