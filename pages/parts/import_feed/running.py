"""An import under way: started in a thread of its own, followed, and stopped when that is asked for."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

import streamlit as st

from core import feeds, words
from core.access import Actor
from core.feeds import Imported, Plan
from core.refusal import Refusal
from core.transactions import acting
from pages.door import errors
from pages.parts import desk


@dataclass
class Running:
    """An import under way, in a thread of its own: what is drawn cannot interrupt it."""

    plan: Plan
    done: int = 0
    result: Imported | None = None
    refused: str = ""
    cancel: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    def start(self, actor: Actor, at: datetime) -> "Running":
        """Begin; `over` is set when it ended, one way or the other."""
        _under_way[actor.staff_id] = self
        Thread(target=self._run, args=(actor, at), name="import", daemon=True).start()
        return self

    def _run(self, actor: Actor, at: datetime) -> None:
        try:
            self.result = feeds.commit(actor, self.plan, at=at, progress=self._progressed, cancelled=self.cancel.is_set)
            with acting(actor) as tx:
                made = self.plan
                feeds.save_mapping(actor, tx, made.kind, client_id=made.client_id, mapping=made.mapping, at=at)
        except Refusal as refusal:
            self.refused = str(refusal)
        except Exception as error:
            self.refused = f"The import stopped and took nothing in. Reference {errors.noted(error)}."
        finally:
            if _under_way.get(actor.staff_id) is self:
                del _under_way[actor.staff_id]
            self.over.set()

    def _progressed(self, done: int, of: int) -> None:
        self.done = done


_under_way: dict[int, Running] = {}
"""The imports that this process carries out now, by the staff id of whose they are."""


def under_way(actor: Actor) -> Running | None:
    """Return the actor's import that is under way, if any: a page that was loaded anew has forgotten it."""
    return _under_way.get(actor.staff_id)


def begin(actor: Actor, made: Plan) -> Running:
    """Start carrying out the plan."""
    return Running(made).start(actor, desk.now())


@st.fragment(run_every=0.5)
def progress(running: Running) -> None:
    """Draw how far the import is, and the way to stop it; draw the page anew when it is over."""
    desk.actor()
    if running.over.is_set():
        st.rerun()
    count, one = len(running.plan.new), running.plan.kind.words.one
    st.progress(running.done / count if count else 1.0, f"{running.done:,} of {words.counted(count, one)}")
    if st.button("Cancel the import", key="feed.cancel", disabled=running.cancel.is_set()):
        running.cancel.set()
