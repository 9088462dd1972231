"""Observations → workbooks: what the departments would have handed in, with a manifest of each file.

    .venv/bin/python real_submissions/make.py            write workbooks/, specimens/ and their manifests
    .venv/bin/python real_submissions/make.py --check    say whether the committed ones equal that

One workbook per submitting department, administrative unit and publication (source and date). Rows that are
not to be loaded become specimens, written the way the defect would arrive. Stable order, fixed dates: two
runs give equal bytes.
"""

import argparse
import csv
import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from sheet import workbook_bytes
from wording import Labels, Row, written_row

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "dbt_project" / "seeds"
REVIEWER = "Người duyệt trình diễn"
MANIFEST_COLUMNS = ["file", "department_code", "received_on", "sha256", "rows", "submitted_by", "approved_by"]
SPECIMEN_COLUMNS = [
    "file", "department_code", "received_on", "sha256", "rows", "observation_ids", "reason_vi", "caught_by",
]  # fmt: skip

# Specimen file → observations in it, what stands in Kỳ (None: the recorded period), who can catch it.
SPECIMENS: dict[str, tuple[tuple[str, ...], str | None, str]] = {
    "period_is_not_recorded.xlsx": (("obs_147",), "", "form"),
    "average_of_several_years_bac_kan_2020.xlsx": (("obs_166",), "bình quân nhiều năm", "form"),
    "average_of_several_years_thai_nguyen_2024.xlsx": (("obs_230",), "bình quân nhiều năm", "form"),
    "average_of_several_years_thai_nguyen_2025.xlsx": (("obs_292",), "bình quân nhiều năm", "form"),
    "holiday_is_not_a_statistical_period.xlsx": (("obs_177",), "kỳ nghỉ lễ 2/9", "form"),
    "period_without_a_year.xlsx": (
        tuple(f"obs_{number}" for number in range(211, 218)), "6 tháng đầu năm", "form",
    ),
    "misprinted_value.xlsx": (("obs_257",), None, "reviewer"),
    "value_that_lost_its_thousands.xlsx": (("obs_261",), None, "reviewer"),
}  # fmt: skip


def read_csv(path: Path) -> list[Row]:
    """Return the rows of a CSV file, each as column → text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_labels(seeds: Path) -> Labels:
    """Return the registered labels by code from the seeds."""

    def by_code(seed: str, code: str, label: str = "name_vi") -> dict[str, str]:
        return {row[code]: row[label] for row in read_csv(seeds / f"{seed}.csv")}

    return Labels(
        indicators=by_code("indicators", "indicator_code"),
        methods=by_code("methods", "method_version"),
        units_of_measure=by_code("units_of_measure", "unit_of_measure"),
        admin_units=by_code("admin_units", "admin_unit_code", "label_vi"),
        statuses=by_code("statuses", "status_code"),
        source_authorities=by_code("source_authorities", "source_authority_code"),
    )


def publisher_slug(source: str) -> str:
    """Return the publisher's host as letters, digits and hyphens: baobackan-vn."""
    host = (urlsplit(source.split()[0]).hostname or "nguon").removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-")


def publications(observations: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return (file path under workbooks/, its observations) of every publication, by date, then path."""

    def key(row: Row) -> tuple[str, str, str, str]:
        return row["submitter_department"], row["published_on"], row["admin_unit_code"], row["source_url"]

    taken: dict[str, int] = {}
    files = []
    for (department, published_on, admin_unit, source), rows in groupby(
        sorted(observations, key=key), key=key
    ):
        stem = f"{department}/{published_on}_{admin_unit}_{publisher_slug(source)}"
        taken[stem] = taken.get(stem, 0) + 1
        number = f"-{taken[stem]}" if taken[stem] > 1 else ""
        files.append((f"{stem}{number}.xlsx", list(rows)))
    return sorted(files, key=lambda file: (file[1][0]["published_on"], file[0]))


def csv_bytes(columns: list[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a CSV file with a header, LF line ends, UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def made_files() -> dict[str, bytes]:
    """Return every file to be committed: path under real_submissions/ → bytes."""
    labels = read_labels(SEEDS)
    names = {row["department_code"]: row for row in read_csv(SEEDS / "departments.csv")}
    observations = read_csv(HERE / "observations.csv")
    by_id = {row["observation_id"]: row for row in observations}
    made: dict[str, bytes] = {}

    manifest = []
    for path, rows in publications(row for row in observations if row["load"] == "yes"):
        department = names[rows[0]["submitter_department"]]
        content = workbook_bytes(department["name_vi"], [written_row(row, labels) for row in rows])
        made[f"workbooks/{path}"] = content
        digest = hashlib.sha256(content).hexdigest()
        officer = f"Cán bộ trình diễn – {department['short_name_vi']}"
        code, received_on = department["department_code"], rows[0]["published_on"]
        manifest.append([f"workbooks/{path}", code, received_on, digest, str(len(rows)), officer, REVIEWER])
    made["manifest.csv"] = csv_bytes(MANIFEST_COLUMNS, manifest)

    specimens = []
    for name, (identifiers, period, caught_by) in SPECIMENS.items():
        rows = [by_id[identifier] for identifier in identifiers]
        code, received_on, reason = (
            rows[0][column] for column in ("submitter_department", "published_on", "not_loaded_because")
        )
        cells = [written_row(row, labels, period) for row in rows]
        content = workbook_bytes(names[code]["name_vi"], cells)
        made[f"specimens/{name}"] = content
        digest, count, ids = hashlib.sha256(content).hexdigest(), str(len(rows)), " ".join(identifiers)
        specimens.append([f"specimens/{name}", code, received_on, digest, count, ids, reason, caught_by])
    made["specimens.csv"] = csv_bytes(SPECIMEN_COLUMNS, specimens)
    return made


def unpacked(path: str, content: bytes) -> object:
    """Return what a file says, however zlib packed it: the parts of a workbook, or rows less sha256."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    rows = csv.DictReader(io.StringIO(content.decode()))
    return [{column: text for column, text in row.items() if column != "sha256"} for row in rows]


def committed_paths() -> set[str]:
    """Return the paths of the made files that are there, under real_submissions/."""
    there = [*HERE.glob("workbooks/**/*.xlsx"), *HERE.glob("specimens/*.xlsx")]
    there += [path for path in (HERE / "manifest.csv", HERE / "specimens.csv") if path.exists()]
    return {path.relative_to(HERE).as_posix() for path in there}


def differences(made: dict[str, bytes]) -> list[str]:
    """Return one line per committed file that is missing, superfluous or says something else."""
    there = committed_paths()
    lines = [f"missing: {path}" for path in sorted(made.keys() - there)]
    lines += [f"not made any more: {path}" for path in sorted(there - made.keys())]
    for path in sorted(made.keys() & there):
        if unpacked(path, (HERE / path).read_bytes()) != unpacked(path, made[path]):
            lines.append(f"differs: {path}")
    return lines


def write(made: dict[str, bytes]) -> None:
    """Write the made files and remove workbooks that are not made any more."""
    for path in sorted(committed_paths() - made.keys()):
        (HERE / path).unlink()
    for path, content in made.items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_bytes(content)


def main() -> int:
    """Write the files, or with --check compare; return 0, or 1 where a committed file differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with what is committed, write nothing")
    arguments = parser.parse_args()
    made = made_files()
    if arguments.check:
        lines = differences(made)
        sys.stderr.writelines(f"{line}\n" for line in lines)
        if lines:
            sys.stderr.write("Run real_submissions/make.py and commit what it writes.\n")
        return 1 if lines else 0
    write(made)
    sys.stdout.write(f"{len(made)} files written under {HERE.name}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
