"""The library `holidays` → the seed public_holidays.csv: days off, and Saturdays worked in exchange for one.

    .venv/bin/python dbt_project/make_public_holidays.py            write the seed
    .venv/bin/python dbt_project/make_public_holidays.py --check    say whether the committed one equals that

The library reckons Tết and the day of the Hùng Kings by the lunar calendar. Which days are exchanged the government
decides each year: for years to come they are not known, and come in when the library knows them.
"""

from __future__ import annotations

import csv
import io
import sys
from importlib.metadata import version
from pathlib import Path

from holidays import country_holidays

SEED = Path(__file__).resolve().parent / "seeds" / "public_holidays.csv"
YEARS = range(2020, 2036)
COLUMNS = ("holiday_on", "name_vi", "is_working_day", "source")


def seed_text() -> str:
    """Return the seed as the library answers today."""
    found = country_holidays("VN", years=YEARS, language="vi")
    source = f"thư viện holidays {version('holidays')}"
    days = {day: (name, "false") for day, name in found.items()}
    days |= {day: ("Ngày làm việc bù", "true") for day in found.weekend_workdays if day.year in YEARS}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((day.isoformat(), *days[day], source) for day in sorted(days))
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Write the seed, or only compare; return the exit code."""
    text = seed_text()
    if arguments != ["--check"]:
        SEED.write_text(text, encoding="utf-8")
        return 0
    if SEED.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{SEED.name} is not what the library answers: run this program without --check\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
