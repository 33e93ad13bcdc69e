"""The sign-in form: streamlit-authenticator draws it, our own check decides."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st
from desk_board import entrance
from streamlit_authenticator import Authenticate

from core import staff
from core.refusal import Refusal
from pages.door import metrics
from pages.door.headers import SESSION, SIGNED_OUT
from pages.door.session_routes import own_path
from pages.parts import desk
from pages.parts.markdown import verbatim

MARK = (Path(__file__).parent / "mark.svg").read_text(encoding="utf-8").strip()
"""The desk's mark, drawn by us: Streamlit would fetch a named icon from another site."""

FIELDS = {"Form name": "Sign in", "Username": "Name", "Password": "Password", "Login": "Sign in"}
NO_COOKIE = (
    "This browser did not keep the desk's cookie, so nobody can be signed in. Open the desk over https, or on its own "
    "machine at http://localhost, and allow cookies for it."
)

OUT_HERE = "You signed out in this browser."


class _OwnCheck:
    """Stands where the form expects its controller of passwords: no list of users, no state but the answer."""

    ticket: str | None = None
    refusal: Refusal | None = None

    def login(self, username: str, password: str, *_: object, **__: object) -> bool:
        try:
            self.ticket = staff.sign_in(
                name=username,
                password=password,
                address=desk.address(),
                browser=desk.browser(),
                at=desk.now(),
            )
        except Refusal as refusal:
            self.refusal = refusal
        metrics.sign_ins.labels("granted" if self.ticket else "refused").inc()
        return self.ticket is not None


class _NoCookie:
    """Stands where the form expects its controller of cookies: a script's cookie is neither believed nor written."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


class SignInForm(Authenticate):
    """The library's form on our own check; its own constructor, which wants every user and hash, is not run."""

    def __init__(self) -> None:
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = _NoCookie()
        self.authentication_controller = _OwnCheck()


def draw() -> None:
    """Draw the form; on a right name and password leave through the route that sets the cookie."""
    with st.container(key="sign_in.house", width=380):
        picture = b64encode(MARK.encode()).decode()  # as text in the page it would be left out
        st.html(f'<div class="desk-house"><img alt="" src="data:image/svg+xml;base64,{picture}">MCO Desk</div>')
        if not desk.browser():
            st.error(NO_COOKIE, icon=desk.ALERT)
            st.stop()
        if why := why_here():
            st.info(why)
        form = SignInForm()
        form.login(fields=FIELDS, key="sign_in")
        check = form.authentication_controller
        if check.refusal:
            st.session_state["sign_in.refused"] = st.session_state.get("sign_in.refused", 0) + 1
            st.error(verbatim(str(check.refusal)), icon=desk.ALERT)
        entrance("sign_in.entrance", refused=st.session_state.get("sign_in.refused", 0))
    if check.ticket:
        desk.leave_for(f"/session/start?{urlencode({'ticket': check.ticket, 'to': asked()})}")


def why_here() -> str:
    """Return in a sentence why one stands here where it was another page that was looked at; else nothing."""
    token = st.context.cookies.get(SESSION)
    why = staff.why_over(token, at=desk.now()) or (OUT_HERE if st.context.cookies.get(SIGNED_OUT) else "")
    return why or (desk.SIGN_IN_FIRST if asked() != "/" else "")


def asked() -> str:
    """Return the address that was asked for, as the browser says it, where it is one of this desk; else the first."""
    address = urlsplit(st.context.url or "")
    named = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
    query = urlencode(named, quote_via=quote)
    return own_path(f"{address.path}{'?' if query else ''}{query}")
