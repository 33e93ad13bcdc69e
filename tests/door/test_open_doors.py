"""What Streamlit leaves open to strangers, each tried on the running server: all of it is shut."""

import platform
import re
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import quote

import pytest
import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from core import files, instant, staff
from core.access import Role
from core.transactions import transaction
from pages.door.gates import MOST_FRAME_BYTES
from pages.door.visitors import SOCKETS
from pages.menu import PAGES
from tests import factories, papers, signing_in
from tests.served import PATIENCE, ROOT, Served, words


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str


def get(served: Served, path: str, method: str = "GET", **headers: str) -> Answer:
    link = HTTPConnection("localhost", served.port, timeout=30)
    link.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = link.getresponse()
    cookies = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return Answer(
        answer.status, {k.lower(): v for k, v in answer.getheaders()}, cookies, answer.read().decode("utf-8", "replace")
    )


@pytest.mark.slow
class TestStrangers:
    def test_the_first_visitor_of_a_fresh_server_sees_the_form_and_no_page_names(self, just_started: Served) -> None:
        entries = [entry for section in PAGES.values() for entry in section]
        with just_started.page(cookie=just_started.cookies()) as page:
            sent = words(page.run("people"))

        assert "Sign in to open this page." in sent or "Password" in sent
        for entry in entries:
            assert entry.path not in sent
        for title in {entry.title for entry in entries} - {"Claim", "Status"} | set(PAGES):
            assert title not in sent, title

    def test_a_browser_that_kept_no_cookie_is_told_so_and_sees_no_form(self, served: Served) -> None:
        with served.page() as page:
            sent = words(page.run())

        assert "This browser did not keep the desk's cookie" in sent.replace("\\'", "'")
        assert "Password" not in sent

    def test_files_uploads_and_figures_are_not_for_them(self, served: Served) -> None:
        for path in ("/media/anything.pdf", "/_stcore/upload_file/a/b", "/_stcore/metrics", "/_stcore/agent/v1"):
            assert get(served, path).status == 403, path
        assert get(served, "/_stcore/upload_file/a/b", "PUT").status == 403

    @pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:9", "http://127.0.0.1", "null"])
    def test_a_page_of_another_site_or_port_opens_no_socket(self, served: Served, origin: str) -> None:
        with pytest.raises(InvalidStatus) as refused, served.page(origin=origin):
            pass

        assert refused.value.response.status_code == 403

    def test_a_request_of_another_site_is_refused_without_calling_out(self, served: Served) -> None:
        foreign = get(served, "/_stcore/health", Origin="https://elsewhere.example")
        own = get(served, "/_stcore/health", Origin=served.address)

        assert (foreign.status, own.status) == (403, 200)
        assert "access-control-allow-origin" not in own.headers  # Streamlit was not asked to judge it

    @pytest.mark.parametrize("path", ["/", "/health/live", "/live/intake", "/session/start"])
    def test_a_long_cookie_header_is_refused_unread(self, served: Served, path: str) -> None:
        began = time.monotonic()
        answer = get(served, path, Cookie='a="' + "\\" * 60_000)

        assert answer.status == 431
        assert time.monotonic() - began < PATIENCE / 2  # unquoting it took longer than anybody waits

    def test_a_message_over_a_megabyte_closes_the_page(self, served: Served) -> None:
        with served.page(cookie=served.cookies()) as page:
            page.run()
            page.link.send(b"\x00" * (MOST_FRAME_BYTES + 1))
            with pytest.raises(ConnectionClosed) as closed:
                list(page.link)

        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009

    def test_versions_and_paths_are_told_to_nobody(self, served: Served) -> None:
        va = signing_in.person(Role.VA)
        for cookie in (served.cookies(), served.cookies(signing_in.sign_in(va, at=instant.now()))):
            with served.page(cookie=cookie) as page:
                sent = b"".join(message.SerializeToString() for message in page.run())

            assert page.session_id
            for secret in (str(ROOT), streamlit.__version__, platform.python_version(), "menu.py"):
                assert secret.encode() not in sent, secret

    def test_one_more_socket_than_a_sign_in_may_have_is_refused(self, served: Served) -> None:
        va = signing_in.person(Role.VA)
        cookie = served.cookies(signing_in.sign_in(va, at=instant.now()))
        with ExitStack() as pages:
            for _ in range(SOCKETS["session"]):
                pages.enter_context(served.page(cookie=cookie))
            with pytest.raises(InvalidStatus) as refused, served.page(cookie=cookie):
                pass
        with served.page(cookie=cookie) as page:
            page.run()  # once they are closed there is room again

        assert refused.value.response.status_code == 403

    def test_streamlits_own_cookie_is_secure_as_ours_are(self, served: Served) -> None:
        cookies = get(served, "/_stcore/health").cookies

        assert [cookie for cookie in cookies if cookie.startswith("_streamlit_xsrf=")]
        assert all(cookie.count("; Secure") == 1 for cookie in cookies)

    def test_a_dropped_page_is_taken_up_again_by_its_owner_only(self, served: Served) -> None:
        va, other = signing_in.person(Role.VA), signing_in.person(Role.SUPERVISOR)
        mine = served.cookies(signing_in.sign_in(va, at=instant.now()))
        theirs = served.cookies(signing_in.sign_in(other, at=instant.now()))
        dropped = []
        for _ in range(2):
            with served.page(cookie=mine) as page:
                page.run()
                dropped.append(page.session_id)

        with served.page(cookie=theirs, resume=dropped[0]) as stolen:
            stolen.run()
        with served.page(resume=dropped[0]) as stolen_by_nobody:
            stolen_by_nobody.run()
        with served.page(cookie=mine, resume=dropped[1]) as taken_up:
            taken_up.run()

        assert stolen.session_id not in dropped
        assert stolen_by_nobody.session_id not in dropped
        assert taken_up.session_id == dropped[1]

    def test_two_who_are_not_signed_in_are_strangers_to_each_other(self, served: Served) -> None:
        with served.page(cookie=served.cookies(browser="one")) as page:
            page.run()
        with served.page(cookie=served.cookies(browser="two"), resume=page.session_id) as other:
            other.run()

        assert other.session_id != page.session_id

    def test_a_forged_owner_header_changes_nothing(self, served: Served) -> None:
        with served.page(cookie=served.cookies(browser="one")) as page:
            page.run()
        answer = get(served, "/media/anything.pdf", X_Desk_Session="somebody", Cookie=served.cookies(browser="one"))

        assert answer.status == 403

    def test_a_forged_clearing_of_caches_is_not_heard_and_the_page_goes_on(self, served: Served) -> None:
        with served.page(cookie=served.cookies()) as page:
            page.run()
            page.send(BackMsg(clear_cache=True))
            sent = words(page.run())

        assert "Password" in sent


@pytest.mark.slow
class TestSignedIn:
    def test_a_file_of_no_page_of_ones_own_is_not_there(self, served: Served) -> None:
        va = signing_in.person(Role.VA)
        cookie = served.cookies(signing_in.sign_in(va, at=instant.now()))
        with served.page(cookie=cookie) as page:
            page.run()

            assert get(served, "/media/anything.pdf", Cookie=cookie).status == 403

    def test_a_file_goes_into_ones_own_page_only_and_only_for_who_imports_or_files_documents(
        self, served: Served
    ) -> None:
        va, other, clinical, reader = (
            signing_in.person(role) for role in (Role.VA, Role.VA, Role.CLINICAL, Role.COMPLIANCE)
        )
        cookies = {
            who: served.cookies(signing_in.sign_in(who, at=instant.now())) for who in (va, other, clinical, reader)
        }
        with (
            served.page(cookie=cookies[va]) as page,
            served.page(cookie=cookies[clinical]) as clinicals,
            served.page(cookie=cookies[reader]) as readers,
        ):
            for each in (page, clinicals, readers):
                each.run()
            path = f"/_stcore/upload_file/{page.session_id}/1"

            into_the_readers = f"/_stcore/upload_file/{readers.session_id}/1"
            refused = [
                get(served, path, "PUT", Cookie=cookies[other], Content_Length="1"),
                get(served, path, "DELETE", Cookie=cookies[other]),
                get(served, into_the_readers, "PUT", Cookie=cookies[reader], Content_Length="1"),
            ]
            # By us: Streamlit says 403 as well, but only where its own token is missing.
            assert [(answer.status, answer.body) for answer in refused] == [(403, "Not here.")] * 3
            hers = f"/_stcore/upload_file/{clinicals.session_id}/1"
            assert "XSRF" in get(served, hers, "PUT", Cookie=cookies[clinical], Content_Length="0").body
            assert get(served, path, "PUT", Cookie=cookies[va], Transfer_Encoding="chunked").status == 411
            assert get(served, path, "PUT", Cookie=cookies[va], Content_Length=str(30 * 1024 * 1024)).status == 413
            # Let through to Streamlit, which misses its own token.
            assert "XSRF" in get(served, path, "PUT", Cookie=cookies[va], Content_Length="0").body

    def test_a_document_that_is_shown_opens_for_its_own_sign_in_only(self, served: Served) -> None:
        client = factories.client()
        va, colleague = (signing_in.person(Role.VA, client) for _ in range(2))
        with transaction(va) as tx:
            files.keep(va, tx, client_id=client, name="fax.pdf", data=papers.PDF, at=instant.now())
        mine, theirs = (served.cookies(signing_in.sign_in(who, at=instant.now())) for who in (va, colleague))
        with served.page(cookie=mine) as page:
            sent = b"".join(message.SerializeToString() for message in page.run("tray"))
            [path] = {found.decode() for found in re.findall(rb"/media/[0-9a-f]+[.]pdf", sent)}

            assert get(served, path, Cookie=mine).status == 200
            assert get(served, path, Cookie=theirs).status == 403
        assert get(served, path, Cookie=mine).status == 403

    def test_a_session_that_ended_opens_nothing(self, served: Served) -> None:
        va = signing_in.person(Role.VA)
        token = signing_in.sign_in(va, at=instant.now())
        staff.sign_out(token, at=instant.now())

        assert get(served, "/media/anything.pdf", Cookie=served.cookies(token)).status == 403

    @pytest.mark.parametrize(
        ("address", "sentence"), [("live_intake", "not part of your role"), ("zzz", "no page at this")]
    )
    def test_an_address_outside_the_role_shows_one_sentence(self, served: Served, address: str, sentence: str) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        with served.page(cookie=served.cookies(signing_in.sign_in(administrator, at=instant.now()))) as page:
            sent = page.run(address)

        deltas = [m for m in sent if m.WhichOneof("type") == "delta" and m.metadata.delta_path[0] == 0]
        elements = [
            m.delta.new_element.WhichOneof("type") for m in deltas if m.delta.WhichOneof("type") == "new_element"
        ]
        assert [kind for kind in elements if kind != "bidi_component"] == ["alert"]  # the keys, which draw nothing
        assert sentence in words(sent)
        assert "Live intake" not in words(sent)

    def test_signing_out_elsewhere_empties_an_open_page_at_once(self, served: Served) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        token = signing_in.sign_in(administrator, at=instant.now())
        with served.page(cookie=served.cookies(token)) as page:
            assert "Sign out" in words(page.run())
            staff.sign_out(token, at=instant.now())
            unasked = page.drawn()

        assert [m.auth_redirect.url for m in unasked if m.WhichOneof("type") == "auth_redirect"] == ["/"]


@pytest.mark.slow
class TestRoutes:
    def test_a_ticket_becomes_a_cookie_that_no_script_can_read(self, served: Served) -> None:
        answer = get(served, self._start(), Cookie=served.cookies(), Sec_Fetch_Site="same-origin")

        assert (answer.status, answer.headers["location"]) == (303, "/claim?id=7")
        [cookie] = [each for each in answer.cookies if each.startswith("__Host-desk=")]
        assert {part.strip() for part in cookie.split(";")[1:]} == {"Path=/", "HttpOnly", "Secure", "SameSite=Strict"}
        token = cookie.partition("=")[2].partition(";")[0]
        assert staff.who(token, at=instant.now())

    def test_a_ticket_sent_to_somebody_else_is_worthless(self, served: Served) -> None:
        start = self._start()
        cross_site = get(served, start, Cookie=served.cookies(), Sec_Fetch_Site="cross-site")
        other_browser = get(served, start, Cookie=served.cookies(browser="another"), Sec_Fetch_Site="none")

        assert cross_site.status == 403
        assert other_browser.status == 303
        assert not [each for each in [*cross_site.cookies, *other_browser.cookies] if "__Host-desk" in each]

    @pytest.mark.parametrize("wanted", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/a b", ""])
    def test_signing_in_leads_nowhere_else(self, served: Served, wanted: str) -> None:
        answer = get(served, self._start(quote(wanted)), Cookie=served.cookies(), Sec_Fetch_Site="same-origin")

        assert answer.headers["location"] == "/"

    def test_only_our_own_pages_sign_out(self, served: Served) -> None:
        va = signing_in.person(Role.VA)
        token = signing_in.sign_in(va, at=instant.now())
        for site in ("cross-site", "same-site", "none"):
            assert get(served, "/session/end", Cookie=served.cookies(token), Sec_Fetch_Site=site).status == 403
        assert staff.who(token, at=instant.now())

        ended = get(served, "/session/end", Cookie=served.cookies(token), Sec_Fetch_Site="same-origin")

        assert ended.status == 303
        assert [each for each in ended.cookies if each.startswith("__Host-desk=;") and "Max-Age=0" in each]
        assert [each for each in ended.cookies if each.startswith("__Host-out=1;") and "HttpOnly" in each]
        assert staff.who(token, at=instant.now()) is None

    def test_every_answer_carries_its_headers_and_a_page_its_browser_cookie(self, served: Served) -> None:
        page = get(served, "/people")

        assert page.headers["cache-control"] == "no-store"
        assert [
            each
            for each in page.cookies
            if each.startswith("__Host-browser=") and "HttpOnly" in each and "Secure" in each
        ]
        for answer in (page, get(served, "/media/x"), get(served, "/health/live"), get(served, "/_stcore/health")):
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "same-origin"
            assert answer.headers["permissions-policy"]

    def test_health_and_figures_answer_this_machine(self, served: Served) -> None:
        assert get(served, "/health/live").body == "alive"
        assert get(served, "/health/ready").body == "ready"
        assert "desk_open_pages" in get(served, "/metrics").body
        for header in ("X_Forwarded_For", "X_Real_IP", "Forwarded"):
            assert get(served, "/metrics", **{header: "198.51.100.7"}).status == 403, header
        assert get(served, "/metrics", Host="desk.example.com").status == 403, "a proxy that says nothing of itself"

    def test_no_ticket_and_no_name_is_in_the_log(self, served: Served) -> None:
        start = self._start()
        get(served, start, Cookie=served.cookies(), Sec_Fetch_Site="same-origin")

        assert "ticket" not in served.log()

    @staticmethod
    def _start(to: str = "/claim?id=7") -> str:
        va = signing_in.person(Role.VA)
        ticket = staff.sign_in(
            name=va.sign_in_name,
            password=signing_in.PASSWORD,
            address="192.0.2.1",
            browser="a browser",
            at=instant.now(),
        )
        return f"/session/start?ticket={ticket}&to={quote(to, safe='%')}"
