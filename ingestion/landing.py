"""Bytes and rows of a submission → landing/raw and landing/rows: immutable, whole or not there."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from ingestion.files import flush_file, flush_folder, temporary_name
from ingestion.rows import PARQUET_TYPES, Row

SCHEMA_FILE = "schema.parquet"
_CHUNK = 1_048_576


def to_sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def land_raw(folder: Path, source: BinaryIO, sha256: str) -> Path:
    """Keep the bytes as received under their hash; bytes that are there already stay as they are.

    Raises ValueError when the source does not have that hash (any more).
    """
    target = folder / sha256
    if target.exists():
        return target
    aside = temporary_name(folder)
    digest = hashlib.sha256()
    try:
        with aside.open("xb") as file:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != sha256:
            raise ValueError("the file changed while it was read")
        aside.chmod(0o444)
        # Never over a file that is there: `alone_with` holds on to that very file.
        with suppress(FileExistsError):
            os.link(aside, target)
        flush_folder(folder)
    finally:
        aside.unlink(missing_ok=True)
    return target


def read_raw(folder: Path, sha256: str) -> bytes:
    """Return received bytes. Raises OSError when they are missing, ValueError when they were changed."""
    data = (folder / sha256).read_bytes()
    if to_sha256(data) != sha256:
        raise ValueError(f"the bytes kept as {sha256} have another hash: the disk or a hand changed them")
    return data


@contextmanager
def alone_with(folder: Path, sha256: str) -> Iterator[None]:
    """Hold the one right to decide about these bytes; the system frees it however the process ends.

    Two processes with the same bytes wait for each other here; others do not notice.
    """
    with (folder / sha256).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def land_rows(folder: Path, submission_id: str, rows: Sequence[Row]) -> Path:
    """Keep the rows of an accepted submission as one Parquet file; writing them again writes the same."""
    target = folder / f"{submission_id}.parquet"
    _write_parquet(target, submission_id, rows)
    return target


def land_schema(folder: Path) -> None:
    """Keep a file without rows, so that the folder can be read before anything was accepted."""
    if not (folder / SCHEMA_FILE).exists():
        _write_parquet(folder / SCHEMA_FILE, "", ())


def _write_parquet(target: Path, submission_id: str, rows: Sequence[Row]) -> None:
    import duckdb

    # Column by column: row by row, two thousand of them would take a second.
    columns = {"submission_id": [submission_id] * len(rows)} | {
        field.name: [getattr(row, field.name) for row in rows] for field in fields(Row)
    }
    typed = ", ".join(f"unnest(?::{kind}[]) as {name}" for name, kind in PARQUET_TYPES.items())
    aside = temporary_name(target.parent)
    quoted = str(aside).replace("'", "''")
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            connection.execute(
                f"copy (select {typed} order by row_number) to '{quoted}' (format parquet)",
                [columns[name] for name in PARQUET_TYPES],
            )
        flush_file(aside)
        aside.replace(target)
        flush_folder(target.parent)
    except duckdb.IOException as error:
        raise _to_os_error(error, target) from error
    finally:
        aside.unlink(missing_ok=True)


def _to_os_error(error: Exception, target: Path) -> OSError:
    """Return what the system said when a file could not be written: the writer only quotes it."""
    known = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)
    number = next((one for one in known if os.strerror(one) in str(error)), errno.EIO)
    return OSError(number, os.strerror(number), str(target))
