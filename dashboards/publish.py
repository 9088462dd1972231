"""assets/ + accounts → Superset: migrations, roles, accounts, dashboards, in one process, as often as wanted.

    python publish.py --accounts FILE.json     bring the metadata database to what the files say
    python publish.py --validate               only check the files against Superset's own importer
    python publish.py --invalidate-cache       forget cached answers (after a publish of the warehouse)

Settings come from the environment (superset_config.py). One JSON line on stdout; logs and errors on stderr.
Exit 0 done, 1 failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import secrets
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from accounts import Account, AccountsError, read_accounts, write_accounts, write_roles
from asset_files import AssetError, counts, import_contents, read_assets

HERE = Path(__file__).resolve().parent


class PublishError(RuntimeError):
    """Publishing failed; the text says what and why in one sentence."""


class Stopwatch:
    """Seconds spent since the last look, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._started = self._last = time.monotonic()

    def lap(self, name: str) -> None:
        """Note the seconds since the previous lap under `name`."""
        now = time.monotonic()
        self.seconds[name], self._last = round(now - self._last, 1), now

    def total(self) -> dict[str, float]:
        """Return the laps and their sum."""
        return {**self.seconds, "total": round(time.monotonic() - self._started, 1)}


def hurry_a_first_publish() -> None:
    """Let SQLite write a database that does not exist yet without waiting for the disk at each of its 2,000 commits.

    Only a crash of the whole machine could spoil it, and then nothing is lost: it is deleted and made again.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if (Path(os.environ["COTMOC_SUPERSET_HOME"]) / "superset.db").exists():
        return

    @event.listens_for(Engine, "connect")
    def do_not_wait(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous = OFF")


def make_app() -> Any:
    """Return Superset's Flask application, configured by superset_config.py beside this file."""
    os.environ["SUPERSET_CONFIG_PATH"] = str(HERE / "superset_config.py")
    os.environ["FLASK_APP"] = "superset"
    logging.disable(logging.INFO)
    from superset.app import create_app

    return create_app()


def migrate() -> bool:
    """Bring the metadata database to the newest schema; return whether anything had to be done."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from flask import current_app
    from flask_migrate import upgrade
    from superset import db

    config = current_app.extensions["migrate"].migrate.get_config()
    heads = set(ScriptDirectory.from_config(config).get_heads())
    with db.engine.connect() as connection:
        if set(MigrationContext.configure(connection).get_current_heads()) == heads:
            return False
    upgrade()
    return True


def sync_permissions(anew: bool) -> None:
    """Write Superset's own permissions and built-in roles, as `superset init` does.

    They depend only on the release of Superset, so it is skipped where it was done for this one (noted in a file of
    the home) unless `anew`.
    """
    from flask import current_app
    from superset import appbuilder, security_manager

    config = current_app.config
    done_for = f"{config['VERSION_STRING']} {config['SQLALCHEMY_DATABASE_URI']}"
    digest = hashlib.sha256(done_for.encode()).hexdigest()
    note = Path(config["DATA_DIR"]) / "permissions_written_for"
    if not anew and note.exists() and note.read_text(encoding="utf-8") == digest:
        return
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    note.write_text(digest, encoding="utf-8")


def warn_without_language_pack() -> None:
    """Say on stderr that pages will be in English, where the Vietnamese pack is not installed."""
    import superset

    pack = Path(superset.__file__).parent / "translations" / "vi" / "LC_MESSAGES" / "messages.json"
    if not pack.exists():
        sys.stderr.write(
            "The Vietnamese pack is missing: run install_language_pack.py, then restart Superset\n"
        )


def import_assets(contents: dict[str, str], administrator: str) -> None:
    """Import the assets over whatever is there, as the administrator; PublishError lists what the importer says."""
    from superset import security_manager
    from superset.commands.exceptions import CommandInvalidError
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.utils.core import override_user

    with override_user(security_manager.find_user(username=administrator)):
        try:
            ImportAssetsCommand(contents).run()
        except CommandInvalidError as error:
            raise PublishError(f"the assets are not valid: {error.normalized_messages()}") from error


def prune(keep: set[str]) -> int:
    """Delete managed dashboards, charts, datasets, databases whose uuid is not in `keep`; return how many.

    What people made in the browser is not managed here and stays.
    """
    from superset import db
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.core import Database
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice

    pruned = 0
    for model in (Dashboard, Slice, SqlaTable, Database):
        for row in db.session.query(model).filter_by(is_managed_externally=True):
            if str(row.uuid) not in keep:
                db.session.delete(row)
                pruned += 1
        db.session.commit()
    return pruned


def publish(accounts: list[Account]) -> dict[str, Any]:
    """Bring Superset to what the files and the accounts say; return the summary."""
    watch = Stopwatch()
    assets = read_assets()
    hurry_a_first_publish()
    app = make_app()
    watch.lap("start")
    warn_without_language_pack()
    with app.app_context():
        from superset import db, security_manager
        from superset.connectors.sqla.models import SqlaTable
        from superset.models.dashboard import Dashboard

        migrated = migrate()
        watch.lap("migrate")
        sync_permissions(anew=migrated)
        watch.lap("permissions")
        write_accounts(security_manager, accounts)
        administrator = next(account.username for account in accounts if account.role == "admin")
        watch.lap("accounts")
        import_assets(import_contents(assets), administrator)
        watch.lap("assets")
        uuids = {asset.uuid for asset in assets}
        pruned = prune(uuids)
        datasets = [row for row in db.session.query(SqlaTable) if str(row.uuid) in uuids]
        codes = sorted({account.department_code for account in accounts if account.department_code})
        roles = write_roles(security_manager, datasets, codes)
        dashboards = [row for row in db.session.query(Dashboard) if str(row.uuid) in uuids]
        watch.lap("roles")
        return {
            "state": "published",
            "assets": counts(assets),
            "pruned": pruned,
            "accounts": len(accounts),
            "roles": roles,
            "dashboards": [
                {"slug": row.slug, "title": row.dashboard_title, "path": f"/superset/dashboard/{row.slug}/"}
                for row in dashboards
            ],
            "seconds": watch.total(),
        }


def validate() -> dict[str, Any]:
    """Check every asset with Superset's importer, in a throw-away home; PublishError lists what is wrong."""
    watch = Stopwatch()
    assets = read_assets()
    with tempfile.TemporaryDirectory(prefix="cotmoc-superset-") as home:
        os.environ["COTMOC_SUPERSET_HOME"] = home
        os.environ["COTMOC_PUBLISHED"] = str(Path(home) / "none.duckdb")
        os.environ["SUPERSET_SECRET_KEY"] = secrets.token_urlsafe(48)
        os.environ.pop("COTMOC_SUPERSET_DATABASE", None)
        with make_app().app_context():
            from superset import db
            from superset.commands.exceptions import CommandInvalidError
            from superset.commands.importers.v1.assets import ImportAssetsCommand
            from superset.models.core import Database

            Database.metadata.create_all(db.engine)
            try:
                ImportAssetsCommand(import_contents(assets)).validate()
            except CommandInvalidError as error:
                raise PublishError(f"the assets are not valid: {error.normalized_messages()}") from error
    return {"state": "valid", "assets": counts(assets), "seconds": watch.total()}


def invalidate_cache() -> dict[str, Any]:
    """Empty the cache of answers; a reader's next look asks the warehouse. Superset is not started for it."""
    folder = Path(os.environ["COTMOC_SUPERSET_HOME"]) / "cache" / "data"
    entries = 0
    for file in folder.glob("*"):
        file.unlink(missing_ok=True)
        entries += 1
    return {"state": "cache cleared", "entries": entries}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return what the command line asks for; exits 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="publish.py", description=(__doc__ or "").split("\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--accounts", type=Path, metavar="FILE.json", help="publish, with these accounts")
    what.add_argument("--validate", action="store_true", help="check the assets and change nothing")
    what.add_argument("--invalidate-cache", action="store_true", help="forget cached answers")
    return parser.parse_args(arguments)


def needed_settings(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the environment variables that must be set for what the command line asks."""
    if options.validate:
        return ()
    if options.invalidate_cache:
        return ("COTMOC_SUPERSET_HOME",)
    return ("COTMOC_SUPERSET_HOME", "COTMOC_PUBLISHED", "SUPERSET_SECRET_KEY")


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    options = parse_arguments(arguments)
    for name in needed_settings(options):
        if not os.environ.get(name):
            sys.stderr.write(f"{name} is not set\n")
            return 2
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")  # libraries print; only our line goes to stdout
    os.dup2(2, 1)
    try:
        if options.validate:
            summary = validate()
        elif options.invalidate_cache:
            summary = invalidate_cache()
        else:
            summary = publish(read_accounts(options.accounts))
    except AccountsError as error:
        sys.stderr.write(f"Superset was not published: {error}\n")
        return 2
    except (PublishError, AssetError) as error:
        sys.stderr.write(f"Superset was not published: {error}\n")
        return 1
    except Exception as error:
        logging.disable(logging.NOTSET)
        logging.exception("unexpected")
        sys.stderr.write(f"Superset was not published: {type(error).__name__}: {error}".split("\n")[0] + "\n")
        return 1
    print(json.dumps(summary, ensure_ascii=False), file=answer, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
