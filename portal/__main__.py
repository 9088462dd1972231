"""`python -m portal`: the submission page, served until it is told to end."""

from __future__ import annotations

import sys

import uvicorn

from cotmoc.settings import settings
from portal.app import create_app
from portal.service import Service


def main() -> int:
    """Serve as the settings say and return the exit code."""
    installed = settings()
    uvicorn.run(
        create_app(Service(installed)),
        host=installed.portal_host,
        port=installed.portal_port,
        proxy_headers=bool(installed.portal_proxy),
        forwarded_allow_ips=installed.portal_proxy or "",
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=20,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
