"""translations/vi.po → the catalogues Superset reads, written into its package folder.

    python install_language_pack.py [--into FOLDER]

Run with the interpreter of the Superset environment, after each (re)installation of it. Superset looks for
catalogues only in its own package: messages.json for the browser, messages.mo for the server. Running it again
changes nothing. Exit 0 done, 1 the catalogue is not usable.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = "vi"
SOURCE = Path(__file__).resolve().parent / "translations" / f"{LOCALE}.po"


class LanguagePackError(ValueError):
    """The catalogue or the place for it is not usable; the text says why."""


def read_catalogue(source: Path = SOURCE) -> Catalog:
    """Return the translations of `source`; LanguagePackError names messages that are empty or marked fuzzy."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=LOCALE, abort_invalid=True)
    unusable = [
        str(message.id) for message in catalogue if message.id and (message.fuzzy or not _texts(message))
    ]
    if unusable:
        raise LanguagePackError(f"{source.name}: without a usable translation: {'; '.join(unusable)}")
    return catalogue


def _texts(message: Any) -> list[str]:
    texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return list(texts) if all(texts) else []


def browser_pack(catalogue: Catalog) -> dict[str, Any]:
    """Return the catalogue in the shape Superset's browser code reads: {msgid: [text]} under the domain."""
    messages: dict[str, Any] = {
        "": {"domain": "superset", "plural_forms": "nplurals=1; plural=0;", "lang": LOCALE},
    }
    for message in catalogue:
        if message.id:
            msgid = message.id[0] if isinstance(message.id, tuple) else message.id
            messages[msgid] = _texts(message)
    return {"domain": "superset", "locale_data": {"superset": messages}}


def package_translations() -> Path:
    """Return the folder of catalogues inside the installed Superset (found without importing it)."""
    found = find_spec("superset")
    if found is None or not found.submodule_search_locations:
        raise LanguagePackError(
            "Superset is not installed in this interpreter: run it with .venv-superset/bin/python"
        )
    return Path(found.submodule_search_locations[0]) / "translations"


def write_pack(catalogue: Catalog, translations: Path) -> Path:
    """Write messages.json and messages.mo below `translations`, each in one step; return their folder."""
    folder = translations / LOCALE / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    pack = json.dumps(browser_pack(catalogue), ensure_ascii=False, sort_keys=True).encode()
    for name, content in (("messages.mo", compiled.getvalue()), ("messages.json", pack)):
        unfinished = folder / f".{name}.{os.getpid()}"
        unfinished.write_bytes(content)
        unfinished.replace(folder / name)
    return folder


def main(arguments: list[str]) -> int:
    """Compile and write the pack; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="install_language_pack.py", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument(
        "--into", type=Path, metavar="FOLDER", help="write here instead of Superset's package"
    )
    options = parser.parse_args(arguments)
    try:
        catalogue = read_catalogue()
        folder = write_pack(catalogue, options.into or package_translations())
    except LanguagePackError as error:
        sys.stderr.write(f"The language pack was not installed: {error}\n")
        return 1
    sys.stdout.write(f"{len(catalogue)} messages → {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
