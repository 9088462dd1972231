"""A running page and one real workbook → the pictures of the officer's guide.

    python -m portal.screenshots --url http://127.0.0.1:8090 --accounts var/access.json --out docs/pictures

Needs Chromium, and a home of its own: it hands the workbook in. The accounts are those of the demonstration. Exit 0
done, 1 a page was not as expected.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
WORKBOOK = "real_submissions/workbooks/cuc_thong_ke/2024-01-31_tinh_bac_kan_baobackan-com-vn.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Số liệu"
COLOURS = 96


@dataclass(frozen=True)
class Shot:
    """Where the pictures go, and how wide the window is."""

    folder: Path
    prefix: str = "portal"

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Write one picture of what is in the window, or of the whole page, in few colours: it stays small."""
        picture = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
        target = self.folder / f"{self.prefix}-{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


@contextmanager
def browsing(width: int, height: int = 900) -> Iterator[tuple[Browser, Callable[[], Page]]]:
    """Yield a browser and what opens a window of it in which nobody is signed in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)

        def window() -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
            )
            context.set_default_timeout(120_000)
            return context.new_page()

        yield browser, window
        browser.close()


def spoilt(data: bytes, spoil: Callable[[Worksheet], None]) -> bytes:
    """Return a workbook changed in its sheet of figures."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a sheet of cells, no chart
    spoil(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column_of(sheet: Worksheet, name: str) -> tuple[int, int]:
    """Return the row of the header and the column of a name in it."""
    for row in sheet.iter_rows(max_row=40):
        for cell in row:
            if cell.value == name and cell.row is not None and cell.column is not None:
                return cell.row, cell.column
    raise ValueError(f"no column {name}")


def refused(sheet: Worksheet) -> None:
    """Write a number that can be read in two ways, and a period that is none."""
    row, column = column_of(sheet, "Giá trị")
    sheet.cell(row + 1, column).value = "1.234"
    sheet.cell(row + 1, column).number_format = "@"
    row, column = column_of(sheet, "Kỳ")
    sheet.cell(row + 2, column).value = "năm ngoái"


def warned(sheet: Worksheet) -> None:
    """Write a figure a hundred times too large, and explain nothing."""
    row, column = column_of(sheet, "Giá trị")
    found = sheet.cell(row + 1, column)
    found.value = float(str(found.value).replace(",", ".")) * 100
    row, column = column_of(sheet, "Ghi chú")
    sheet.cell(row + 1, column).value = None


def sign_in(page: Page, url: str, account: dict[str, str]) -> None:
    """Sign in through the form."""
    page.goto(f"{url}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(account["username"])
    page.get_by_label("Mật khẩu").fill(account["password"])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{url}/")


def check(page: Page, url: str, data: bytes, name: str) -> None:
    """Choose a file and have it checked."""
    page.goto(f"{url}/nop")
    page.get_by_label("Tệp số liệu").set_input_files(FilePayload(name=name, mimeType=XLSX, buffer=data))
    page.get_by_role("button", name="Kiểm tra").click()
    page.wait_for_url(f"{url}/nop/*")


def walk(
    page: Page, reviewing: Page, url: str, accounts: dict[str, dict[str, str]], data: bytes, shot: Shot
) -> None:
    """Go the way of a file from the sign-in to the approval, with a picture of each page."""
    page.goto(f"{url}/dang-nhap")
    shot.take(page, "dang-nhap")
    sign_in(page, url, accounts["submitter"])
    shot.take(page, "viec-can-lam")
    page.goto(f"{url}/nop")
    shot.take(page, "nop-tep")
    check(page, url, spoilt(data, refused), "so-lieu-can-sua.xlsx")
    shot.take(page, "ket-qua-loi")
    check(page, url, spoilt(data, warned), "so-lieu-khac-thuong.xlsx")
    shot.take(page, "ket-qua-canh-bao")
    check(page, url, data, "so-lieu-2023.xlsx")
    shot.take(page, "ket-qua-hop-le")
    page.get_by_role("button", name="Nộp", exact=True).click()
    page.wait_for_url(f"{url}/ho-so/*")
    shot.take(page, "da-nop")
    submission = page.url.partition("?")[0].rpartition("/")[2]
    sign_in(reviewing, url, accounts["reviewer"])
    reviewing.goto(f"{url}/duyet/{submission}")
    shot.take(reviewing, "duyet", whole=True)


def main(arguments: list[str]) -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(prog="screenshots.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--accounts", type=Path, required=True, metavar="access.json")
    parser.add_argument("--workbook", type=Path, default=Path(WORKBOOK))
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--prefix", default="portal")
    parser.add_argument("--width", type=int, default=1120, help="window width in pixels")
    options = parser.parse_args(arguments)
    accounts = json.loads(options.accounts.read_text(encoding="utf-8"))["portal"]["accounts"]
    options.out.mkdir(parents=True, exist_ok=True)
    shot = Shot(options.out, options.prefix)
    try:
        with browsing(options.width) as (_, window):
            walk(window(), window(), options.url, accounts, options.workbook.read_bytes(), shot)
    except PlaywrightError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
