"""docker/.env.example → docker/.env, with every empty secret made at random.

    python3 docker/make_env.py [FILE]

Writes FILE (default docker/.env) for its owner alone (mode 600). A file that is there already is left alone:
exit 1. Needs nothing but Python.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EMPTY = re.compile(r"^([A-Z_]+)=$", re.MULTILINE)


def filled(example: str) -> str:
    """Return the text of the example with 32 random bytes, base64url, after each `NAME=` that has no value."""
    return EMPTY.sub(
        lambda name: name[0] + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(), example
    )


def main(arguments: list[str]) -> int:
    """Write the file; return the exit code."""
    target = Path(arguments[0]) if arguments else HERE / ".env"
    text = filled((HERE / ".env.example").read_text(encoding="utf-8"))
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        print(f"{target} exists already; it was left as it is", file=sys.stderr)  # noqa: T201 - a program's output
        return 1
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
