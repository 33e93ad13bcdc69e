"""The turns in which pages are drawn: none for a page that has been left since, and each before a list's changes."""

from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from core.live import pages_first


class Turns(ScriptRunner):
    """
    Streamlit's runner of a page, which draws no part of a page that its person has left.

    A browser goes on asking for parts of a page, by a key pressed twice or by a timer, until it hears that the next
    page is on its way. Such a turn would wait until that page is drawn, then call the browser back to the page that
    was left: everything is wiped there, and nothing but the part is drawn.
    """

    def request_rerun(self, rerun_data: RerunData) -> bool:
        """
        Take what is asked for; what nobody asked for by hand, a part of the page that is being left or all of it anew
        because access changed, is not, while the next page waits for its turn.

        Streamlit would make one of the two, and that one of the page that is being left: the way to the next is lost.
        """
        with self._requests._lock:
            waits, coming = self._requests._state, self._requests._rerun_data
        by_itself = rerun_data.fragment_id or rerun_data.is_auto_rerun
        another = (
            coming.page_script_hash != rerun_data.page_script_hash if coming.page_script_hash else coming.page_name
        )
        if by_itself and waits is ScriptRequestType.RERUN and another:
            return True
        return super().request_rerun(rerun_data)

    def _run_script(self, rerun_data: RerunData) -> None:
        asked_on, here = rerun_data.page_script_hash, self._pages_manager.current_page_script_hash
        if rerun_data.fragment_id_queue and asked_on != here:
            return
        with pages_first.drawing():
            super()._run_script(rerun_data)


def only_of_the_page_shown() -> None:
    """Have every page of this process drawn in such turns from now on."""
    app_session.ScriptRunner = Turns
