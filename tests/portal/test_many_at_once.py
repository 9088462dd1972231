"""Ten accounts with twenty files each at once → every file has its own right answer, and the ledger holds together."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.portal.files import good, refused, warned
from tests.portal.pages import Page
from tests.portal.running import PASSWORD, Browse, rules_file, running_portal

ACCOUNTS, FILES = 10, 20
REASON = "Số đã đối chiếu với niên giám thống kê."


def test_ten_accounts_hand_in_twenty_files_each_at_once(tmp_path: Path) -> None:
    rules = rules_file(tmp_path, sign_in={"attempts_per_address": "10000 per minute"})
    with running_portal(tmp_path / "home", {"COTMOC_PORTAL_RULES": str(rules)}) as portal:
        for number in range(ACCOUNTS):
            portal.accounts.add(
                f"can-bo-{number}", f"Cán bộ số {number}", "so_y_te", ("submitter",), PASSWORD
            )
        browsers = [portal.sign_in(f"can-bo-{number}") for number in range(ACCOUNTS)]
        for browse in browsers:
            browse.client.timeout = httpx.Timeout(1200)
        files = [(browse, kind, _make(kind)) for browse in browsers for kind in _kinds()]

        def hand_in(given: tuple[Browse, str, bytes]) -> str:
            browse, kind, data = given
            checked = browse.check(data)
            assert checked.status_code == 303, checked.text
            place = checked.headers["location"]
            headings = [heading for _, heading in browse.page(place).headings]
            assert _ANSWERS[kind] in headings, (kind, headings)
            if kind == "refused":
                return ""
            answer = browse.send(place, place, **({"ly-do-1": REASON} if kind == "warned" else {}))
            assert answer.status_code == 303, answer.text
            return str(answer.headers["location"]).partition("?")[0].removeprefix("/ho-so/")

        with ThreadPoolExecutor(len(files)) as all_at_once:
            handed_in = list(all_at_once.map(hand_in, files))

        found = portal.desk.submissions()
        expected = [(one, id_) for one, id_ in zip(files, handed_in, strict=True) if id_]
        assert len(found) == len(expected) == ACCOUNTS * FILES * 9 // 10
        assert len({id_ for _, id_ in expected}) == len(expected)
        for (_, kind, data), id_ in expected:
            assert found[id_].sha256 == hashlib.sha256(data).hexdigest()
            assert found[id_].state == "accepted"
            assert (found[id_].justified_by is not None) == (kind == "warned")
            assert (portal.places.rows / f"{id_}.parquet").is_file()
            assert (portal.places.outbox / "so_y_te" / f"{id_}.json").is_file()
        by_person = [submission.submitted_by for submission in found.values()]
        assert {by_person.count(f"Cán bộ số {number}") for number in range(ACCOUNTS)} == {FILES * 9 // 10}


def test_more_than_may_wait_is_told_to_come_again(tmp_path: Path) -> None:
    rules = rules_file(tmp_path, work={"at_once": 1, "in_line": 1})
    with running_portal(tmp_path / "home", {"COTMOC_PORTAL_RULES": str(rules)}) as portal:
        browse = portal.sign_in("an")
        with ThreadPoolExecutor(8) as all_at_once:
            answers = list(all_at_once.map(lambda data: browse.check(data), [good() for _ in range(8)]))
        busy = [answer for answer in answers if answer.status_code == 503]
        assert {answer.status_code for answer in answers} == {303, 503}
        for answer in busy:
            assert Page(answer.text).headings == [("h1", "Hệ thống đang bận")]
            assert "hãy thử lại sau ít phút" in answer.text
            assert int(answer.headers["retry-after"]) > 0
        assert browse.check(good()).status_code == 303


def test_a_gate_that_has_ended_is_started_again(tmp_path: Path) -> None:
    from cotmoc.serving.kept_gate import KeptGate
    from expectations.warm import is_warm, stop_gate

    with running_portal(tmp_path / "home") as portal:
        browse = portal.sign_in("an")
        assert browse.check(good()).status_code == 303
        socket = KeptGate(portal.places).socket
        assert is_warm(socket)
        stop_gate(socket)
        assert browse.check(good()).status_code == 303
        assert is_warm(socket)
    assert not is_warm(socket), "who ends the page ends its gate"


def _kinds() -> list[str]:
    return ["refused"] * (FILES // 10) + ["warned"] * (FILES // 10) + ["good"] * (FILES * 8 // 10)


def _make(kind: str) -> bytes:
    return {"good": good, "refused": refused, "warned": warned}[kind]()


_ANSWERS = {
    "good": "Tệp hợp lệ, chưa nộp",
    "refused": "Tệp chưa nộp được: 2 lỗi",
    "warned": "Có 1 cảnh báo cần giải trình",
}
