"""An instance → its generated secrets and accounts, made once, kept for their owner alone, used again."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

SECRET_LENGTH = 48


def read_or_make_secrets(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Return a secret for each name out of the file (mode 600), adding those it does not have yet."""
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in names if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(SECRET_LENGTH) for name in missing}
        write_private(path, known)
    return {name: known[name] for name in names}


def make_password() -> str:
    """Return a password that can be typed: 20 characters out of 64."""
    return secrets.token_urlsafe(15)


def write_private(path: Path, content: Any) -> None:
    """Write the content as JSON for the owner alone (mode 600), whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
    aside.replace(path)
