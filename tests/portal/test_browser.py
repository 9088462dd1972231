"""The portal in headless Chromium: with keys alone, without JavaScript, on a phone, in colours that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Playwright, sync_playwright

from portal.screenshots import CHROMIUM, FLAGS
from tests.ingestion.workbooks import workbook
from tests.portal.files import good, refused, warned
from tests.portal.running import PASSWORD, XLSX, Portal

# Every text on the page whose colour stands out too little from what is behind it (WCAG 2: 4.5, large text 3).
CONTRAST = """() => {
  const linear = (value) => value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const channel = (value) => linear(value / 255);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let here = element; here; here = here.parentElement) {
      const colour = parts(getComputedStyle(here).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    seen += 1;
    const style = getComputedStyle(element);
    const [a, b] = [light(parts(style.color)), light(behind(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    const ratio = (a + .05) / (b + .05);
    if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${walker.currentNode.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return {seen, faint};
}"""
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.for-ears, thead'))
  .map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Tab:
    """A window of the browser, and what went wrong in it or was asked of others."""

    url: str
    page: Page
    problems: list[str] = field(default_factory=list)

    def sign_in(self, username: str) -> None:
        """Sign in through the form."""
        self.page.goto(f"{self.url}/dang-nhap")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(f"{self.url}/")

    def check(self, data: bytes, name: str = "bieu.xlsx") -> None:
        """Choose a file and have it checked."""
        self.page.goto(f"{self.url}/nop")
        self.page.get_by_label("Tệp số liệu").set_input_files(
            FilePayload(name=name, mimeType=XLSX, buffer=data)
        )
        self.page.get_by_role("button", name="Kiểm tra").click()
        self.page.wait_for_url(re.compile(r"/nop/\w"))


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Return what drives browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Return a running browser."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
    yield browser
    browser.close()


@contextmanager
def a_tab(browser: Browser, portal: Portal, width: int = 1600, *, scripts: bool = True) -> Iterator[Tab]:
    """Open a window nobody is signed in with."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="vi-VN", java_script_enabled=scripts
    )
    context.set_default_timeout(120_000)
    tab = Tab(portal.url, context.new_page())
    tab.page.on(
        "console", lambda said: tab.problems.append(said.text) if said.type in ("error", "warning") else None
    )
    tab.page.on("pageerror", lambda error: tab.problems.append(str(error)))
    tab.page.on(
        "request",
        lambda asked: None if asked.url.startswith(portal.url) else tab.problems.append(asked.url),
    )
    yield tab
    context.close()


def pages_of(portal: Portal, tab: Tab, username: str) -> Iterator[str]:
    """Go to every page of an account, those with errors and warnings too; yield the name of each."""
    page = tab.page
    page.goto(f"{portal.url}/dang-nhap")
    yield "dang-nhap"
    page.get_by_role("button", name="Đăng nhập").click()
    yield "dang-nhap-loi"
    tab.problems.clear()  # the refused sign-in is reported to the console by the browser itself
    tab.sign_in(username)
    yield "viec-can-lam"
    for path in ("/nop", "/ho-so", "/duyet", "/quan-tri"):
        page.goto(f"{portal.url}{path}")
        yield path.strip("/")
    tab.check(refused(Kỳ="x" * 150), "ten-tep-rat-dai-" * 9 + ".xlsx")
    yield "ket-qua-loi"
    tab.check(warned())
    page.get_by_role("button", name="Nộp", exact=True).click()
    page.get_by_role("alert").wait_for()
    yield "ket-qua-canh-bao"
    tab.problems.clear()
    page.get_by_label("Giải trình cho ô G5").fill("Số đã đối chiếu với niên giám thống kê.")
    page.get_by_role("button", name="Nộp", exact=True).click()
    page.wait_for_url(re.compile("/ho-so/"))
    yield "da-nop"


@pytest.fixture(scope="module")
def everybody(portal: Portal) -> str:
    """Return an account with every role; in its queue lies a submission of somebody else."""
    portal.accounts.add(
        "tat.ca",
        "Hoàng Thị Kiêm Nhiệm",
        "so_tai_chinh",
        ("submitter", "reviewer", "administrator"),
        PASSWORD,
    )
    portal.sign_in("y.te").hand_in(good())
    return "tat.ca"


@pytest.mark.parametrize("width", [1600, 390])
def test_every_page_fits_and_can_be_read(
    portal: Portal, chromium: Browser, everybody: str, width: int, tmp_path: Path
) -> None:
    seen = []
    with a_tab(chromium, portal, width) as tab:
        for name in pages_of(portal, tab, everybody):
            seen.append(name)
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert tab.page.evaluate(TOO_WIDE) == [], name
            contrast = tab.page.evaluate(CONTRAST)
            assert contrast["seen"] > 5, name
            assert contrast["faint"] == [], name
            assert [said for said in tab.problems if "status of 4" not in said] == [], name
    assert len(seen) == 10


@pytest.mark.parametrize("width", [1600, 390])
def test_the_reviewers_page_fits_and_can_be_read(
    portal: Portal, chromium: Browser, everybody: str, width: int
) -> None:
    submission = portal.sign_in("y.te").hand_in(good(Nguồn=f"https://example.vn/{width}" + "x" * 300))
    with a_tab(chromium, portal, width) as tab:
        tab.sign_in(everybody)
        tab.page.goto(f"{portal.url}/duyet/{submission}")
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.page.evaluate(TOO_WIDE) == []
        assert tab.page.evaluate(CONTRAST)["faint"] == []
        assert tab.problems == []


def test_a_browser_without_javascript_goes_the_whole_way(portal: Portal, chromium: Browser) -> None:
    data = warned()
    with a_tab(chromium, portal, scripts=False) as tab:
        tab.sign_in("an")
        tab.check(data)
        tab.page.get_by_label("Giải trình cho ô G5").fill("Số đã đối chiếu với niên giám thống kê.")
        tab.page.get_by_role("button", name="Nộp", exact=True).click()
        tab.page.wait_for_url(re.compile("/ho-so/"))
        submission = tab.page.url.partition("?")[0].rpartition("/")[2]
        tab.page.get_by_role("button", name="Đăng xuất").click()
        tab.sign_in("duyet")
        tab.page.goto(f"{portal.url}/duyet/{submission}")
        tab.page.get_by_role("button", name="Duyệt hồ sơ").click()
        tab.page.get_by_text("đã được duyệt").first.wait_for()
        assert tab.problems == []
    assert portal.desk.submissions()[submission].state == "approved"


def test_keys_alone_are_enough_to_sign_in_and_hand_in(portal: Portal, chromium: Browser) -> None:
    with a_tab(chromium, portal) as tab:
        page, press = tab.page, tab.page.keyboard.press

        def focused() -> str:
            said: str = page.evaluate(
                "(document.activeElement.labels?.[0] || document.activeElement).textContent.trim()"
            )
            return said

        def tab_to(text: str) -> None:
            for _ in range(30):
                press("Tab")
                if focused().startswith(text):
                    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                    assert outline == "solid", f"{text} does not show that it has the focus"
                    return
            raise AssertionError(f"{text} is not reached with the tabulator")

        page.goto(f"{portal.url}/dang-nhap")
        press("Tab")
        assert focused() == "Đến nội dung chính"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        press("Enter")
        tab_to("Tên đăng nhập")
        page.keyboard.type("an")
        tab_to("Mật khẩu")
        page.keyboard.type(PASSWORD)
        press("Enter")
        page.wait_for_url(f"{portal.url}/")
        tab_to("Nộp tệp")
        press("Enter")
        page.wait_for_url(f"{portal.url}/nop")
        tab_to("Tệp số liệu")
        # The dialogue of the system is not the page's: the file is put where it would put it.
        page.get_by_label("Tệp số liệu").set_input_files(
            FilePayload(name="bieu.xlsx", mimeType=XLSX, buffer=good())
        )
        tab_to("Kiểm tra")
        press("Enter")
        page.wait_for_url(re.compile(r"/nop/\w"))
        tab_to("Nộp")
        while focused() != "Nộp":
            tab_to("Nộp")
        press("Enter")
        page.wait_for_url(re.compile("/ho-so/"))
        assert page.get_by_role("heading", name="Đã nộp và được tiếp nhận").is_visible()


def test_after_a_refused_form_the_focus_is_on_what_to_correct(portal: Portal, chromium: Browser) -> None:
    with a_tab(chromium, portal) as tab:
        tab.page.goto(f"{portal.url}/dang-nhap")
        tab.page.get_by_role("button", name="Đăng nhập").click()
        tab.page.get_by_role("alert").wait_for()
        assert tab.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
        tab.page.keyboard.press("Tab")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_function("document.activeElement.id === 'username'")


def test_a_file_can_be_dropped_and_a_form_is_sent_once(portal: Portal, chromium: Browser) -> None:
    with a_tab(chromium, portal) as tab:
        tab.sign_in("an")
        tab.page.goto(f"{portal.url}/nop")
        dropped = tab.page.evaluate_handle(
            """(bytes) => {
              const carried = new DataTransfer();
              carried.items.add(new File([new Uint8Array(bytes)], 'kéo thả.xlsx'));
              return carried;
            }""",
            list(good()),
        )
        tab.page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
        assert tab.page.get_by_text("Đã chọn: kéo thả.xlsx").is_visible()
        tab.page.get_by_role("button", name="Kiểm tra").click()
        tab.page.wait_for_url(re.compile(r"/nop/\w"))
        tab.page.get_by_role("button", name="Nộp", exact=True).dblclick(no_wait_after=True)
        tab.page.wait_for_url(re.compile("/ho-so/"))
        assert tab.page.get_by_role("heading", name="Đã nộp và được tiếp nhận").is_visible()
        assert tab.problems == []


def test_hostile_names_and_cells_run_nothing(portal: Portal, chromium: Browser) -> None:
    nasty = "<img src=x onerror=document.title='hacked'><script>document.title='hacked'</script>\u202e"
    data = workbook({"Kỳ": nasty, "Nguồn": nasty, "Mã chỉ tiêu": nasty, "Ghi chú": nasty})
    with a_tab(chromium, portal) as tab:
        tab.sign_in("an")
        tab.check(data, f"{nasty}.xlsx")
        assert tab.page.get_by_text("onerror=document").first.is_visible()
        assert tab.page.title() == "Kết quả kiểm tra – Cổng nộp số liệu"
        assert tab.page.locator("main img, main script").count() == 0
        assert tab.problems == []
