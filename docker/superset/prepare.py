"""Environment → an up-to-date Superset: the accounts of the variables, then dashboards/publish.py.

Run before the web server, as often as wanted. SUPERSET_ADMIN_PASSWORD and SUPERSET_LEADER_PASSWORD are required;
SUPERSET_ADMIN_USERNAME and SUPERSET_LEADER_USERNAME say how the accounts are called. Exits as publish.py does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

PUBLISH = Path(__file__).resolve().parents[1] / "dashboards" / "publish.py"
# Role → the name of its account unless the environment says otherwise.
ACCOUNTS = {"admin": "admin", "leader": "lanh-dao"}


def accounts(environment: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return publish.py's accounts: role → username and password. KeyError names the variable that is missing."""
    return {
        role: {
            "username": environment.get(f"SUPERSET_{role.upper()}_USERNAME", username),
            "password": environment[f"SUPERSET_{role.upper()}_PASSWORD"],
        }
        for role, username in ACCOUNTS.items()
    }


def main() -> None:
    """Write the accounts to a file that only this container sees (mode 600) and become publish.py."""
    file = Path("/tmp/accounts.json")  # noqa: S108 - /tmp is a tmpfs of this container alone
    try:
        content = json.dumps(accounts(dict(os.environ)))
    except KeyError as missing:
        sys.exit(f"{missing.args[0]} is not set")
    file.touch(mode=0o600)
    file.write_text(content, encoding="utf-8")
    os.execv(sys.executable, [sys.executable, str(PUBLISH), "--accounts", str(file)])  # noqa: S606 - fixed arguments


if __name__ == "__main__":
    main()
