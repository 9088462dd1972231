"""The `cotmoc` command: by hand what the DAGs do on schedule, with the same functions."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import typer

from cotmoc.command import (
    accounting,
    confirming,
    deciding,
    evaluating,
    installing,
    justifying,
    locking,
    measuring,
    reminding,
    submitting,
    supposing,
    templating,
)
from cotmoc.command.output import complain

app = typer.Typer(
    name="cotmoc",
    help=__doc__,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
TOPICS = (
    installing,
    reminding,
    templating,
    submitting,
    justifying,
    deciding,
    locking,
    confirming,
    evaluating,
    supposing,
    measuring,
    accounting,
)
for topic in TOPICS:
    topic.add_to(app)

# Errors that say "you asked for what is not there"; by name, since their modules take long to import.
_WRONG_USAGE = {
    "AccountError",
    "NoTemplateError",
    "PersonMissingError",
    "UnknownDepartmentError",
    "UnknownMilestoneError",
    "UnknownTargetError",
    "UnreadableAsOfError",
    "UnreadableSuppositionError",
}
_OURS = {"cotmoc", "ingestion", "expectations", "reporting"}


def main() -> None:
    """Run the command and end: 0 done, 1 refused or failed, 2 wrong usage, 3 waits for a person."""
    try:
        app()
    except KeyboardInterrupt:
        complain("interrupted; run the same command again, what was begun will be finished")
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output has gone.
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        sys.exit(_answer(error))


def _answer(error: Exception) -> int:
    """Say in one sentence what went wrong, keep the traceback in a file, return the exit code."""
    name, package = type(error).__name__, type(error).__module__.partition(".")[0]
    if name in _WRONG_USAGE:
        complain(str(error))
        return 2
    log = _keep_traceback()
    where = f" (details: {log})" if log else ""
    if package in _OURS:
        # A broken gate is for somebody to look into; the other errors of ours say all in their sentence.
        complain(str(error) + (where if name == "GateBrokenError" else ""))
    elif isinstance(error, OSError):
        complain(f"{error.strerror or error}: {error.filename or 'see the log'}{where}")
    else:
        complain(f"an error of the program itself, {name}{where}; nothing half-done was published")
    return 1


def _keep_traceback() -> Path | None:
    """Append the traceback to the command's log; return its path, None when it cannot be written."""
    try:
        from cotmoc.settings import settings

        folder = settings().places.logs
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "command.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(f"--- {' '.join(sys.argv[1:2])}\n{traceback.format_exc()}")
    except Exception:
        return None
    return log
