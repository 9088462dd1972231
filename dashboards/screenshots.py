"""A running Superset → pictures of the dashboards for the documentation.

    python screenshots.py --url http://127.0.0.1:8088 --accounts FILE.json --out docs/pictures [--width 1600]

Runs in the pipeline environment and needs Chromium. FILE.json is the file of accounts given to publish.py; the
pictures are what the leader sees. Exit 0 done, 1 something on a page went wrong (it is named on stderr).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from asset_files import read_assets
from browser import visit


def dashboards() -> dict[str, int]:
    """Return {slug: number of charts} of every dashboard in assets/."""
    return {
        asset.config["slug"]: sum(
            isinstance(part, dict) and part.get("type") == "CHART"
            for part in asset.config["position"].values()
        )
        for asset in read_assets()
        if asset.kind == "dashboards"
    }


def take(url: str, username: str, password: str, folder: Path, width: int) -> list[str]:
    """Write <slug>.png into `folder` for each dashboard; return what went wrong on the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    with visit(url, width) as tab:
        tab.log_in(username, password)
        for slug, charts in dashboards().items():
            tab.show(slug, charts)
            tab.page.screenshot(path=str(folder / f"{slug}.png"))
        return tab.problems


def main(arguments: list[str]) -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(prog="screenshots.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--accounts", type=Path, required=True, metavar="FILE.json")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--width", type=int, default=1600, help="window width in pixels")
    options = parser.parse_args(arguments)
    leader = json.loads(options.accounts.read_text(encoding="utf-8"))["leader"]
    problems = take(options.url, leader["username"], leader["password"], options.out, options.width)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
