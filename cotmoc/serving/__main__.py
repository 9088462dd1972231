"""Places → scheduler, dashboards and submission page on 127.0.0.1, kept until Ctrl-C: what `make serve` runs."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import ExitStack

from cotmoc.desk import open_desk
from cotmoc.serving.access import choose_port, write_access
from cotmoc.serving.airflow import running_airflow
from cotmoc.serving.portal import running_portal
from cotmoc.serving.processes import ServerFailedError
from cotmoc.serving.superset import DASHBOARD_PATH, publish_dashboards, running_superset
from cotmoc.serving.telling import Telling
from cotmoc.settings import settings

LOOK_SECONDS = 2.0


def serve() -> None:
    """Serve until the program is ended. Raises ServerFailedError when a server ends by itself."""
    installed = settings()
    places, telling = installed.places, Telling()
    open_desk(places, installed.registry, installed.forms)
    with ExitStack() as servers:
        with telling.station("scheduler") as say:
            port = choose_port(places, "airflow")
            airflow = servers.enter_context(running_airflow(places, port, lambda text: say(text, 0, 0)))
        with telling.station("dashboards") as say:
            say("bringing accounts and dashboards up to date", 0, 0)
            publish_dashboards(places)
            say("starting", 0, 0)
            superset = servers.enter_context(running_superset(places, choose_port(places, "superset")))
        with telling.station("submission page"):
            portal = servers.enter_context(running_portal(places, choose_port(places, "portal")))
        access = write_access(
            places, {"airflow": airflow.url, "superset": superset.url, "portal": portal.url}
        )
        telling.line(f"Dashboards {access['superset']['url']}{DASHBOARD_PATH}")
        telling.line(f"Submission {access['portal']['url']}")
        telling.line(f"Scheduler  {access['airflow']['url']}")
        telling.line(f"Logins     {places.access}")
        telling.line(f"Inbox      {places.inbox}")
        telling.line("Ctrl-C ends them.")
        while True:
            airflow.check()
            if not superset.server.is_alive():
                raise ServerFailedError(f"Superset ended; see {superset.server.log}")
            if not portal.server.is_alive():
                raise ServerFailedError(f"the submission page ended; see {portal.server.log}")
            time.sleep(LOOK_SECONDS)


def main() -> int:
    """Serve and return the exit code: 0 ended by the user, 1 a server failed."""
    # Whoever ends this program ends its servers: an exception unwinds through every `with`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serve()
    except KeyboardInterrupt:
        return 0
    except (RuntimeError, OSError) as error:
        sys.stderr.write(f"make serve failed: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
