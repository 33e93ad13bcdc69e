"""A client's claim feed on screen: its columns mapped, its plan, its import under way, and the imports before it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from threading import Event, Thread
from uuid import uuid4

import pyarrow as pa
import streamlit as st

from core import feeds, words
from core.access import Actor
from core.feeds import FIELDS, Feed, FeedMapping, Imported, Plan
from core.refusal import Refusal
from core.transactions import acting
from pages.parts import desk, tables

FIRST_ROWS = 5
SHOWN = 500
"""Rows of a plan that are drawn; the counts above them hold for all."""

_PLAN_WIDTHS = {"Row": 60, "What will happen": 130, "Worker": 170, "Why": 700}
"""Pixels; together what a screen of 1440 leaves beside the menu."""
_ONE_LINE, _THREE_LINES = 90, 66
"""Letters of a Why that stand in one line; pixels of a row where more of them run on, which they do from 65."""

_NOWHERE = "Not in this file"
_ORDERS = {"auto": "Found out for each column", "mdy": "Month first: 11/24/2026", "dmy": "Day first: 24/11/2026"}


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
            self.result = feeds.commit(actor, self.plan, at=at, progress=self._told, cancelled=self.cancel.is_set)
            with acting(actor) as tx:
                feeds.save_mapping(actor, tx, client_id=self.plan.client_id, mapping=self.plan.mapping, at=at)
        except Refusal as refusal:
            self.refused = str(refusal)
        except Exception as error:
            reference = uuid4().hex[:8]
            # The driver's own text can hold a row; only the kind of error goes to the log.
            logging.getLogger("desk").error("import failed, reference %s: %s", reference, type(error).__name__)
            self.refused = f"The import stopped and took nothing in. Reference {reference}."
        finally:
            if _under_way.get(actor.staff_id) is self:
                del _under_way[actor.staff_id]
            self.over.set()

    def _told(self, done: int, of: int) -> None:
        self.done = done


_under_way: dict[int, Running] = {}
"""The imports that this process carries out now, by the staff id of whose they are."""


def under_way(actor: Actor) -> Running | None:
    """Return the actor's import that is under way, if any: a page that was loaded anew has forgotten it."""
    return _under_way.get(actor.staff_id)


def first_rows(feed: Feed) -> None:
    """Draw the first rows as they stand in the file, and what had to be put up with in reading it."""
    told = [f"{len(feed.rows):,} rows, {feed.encoding}, columns parted by {_said(feed.delimiter)}", *feed.notes]
    st.caption(" · ".join(told).replace("$", "\\$"))
    rows = feed.rows[:FIRST_ROWS]
    st.dataframe(
        pa.table(
            {"Row": [row.number for row in rows]}
            | {
                heading: [row.cells[at][:200] if at < len(row.cells) else "" for row in rows]
                for at, heading in enumerate(feed.headings)
            }
        ),
        key="feed.first_rows",
        hide_index=True,
        alt="The first rows of the file",
    )


def misfit(feed: Feed, saved: FeedMapping) -> None:
    """Say which headings of the client's saved mapping the file does not have."""
    if astray := saved.astray(feed, label=FIELDS.__getitem__):
        said = f"The saved mapping names headings that this file does not have: {tables.plain(astray)}."
        st.info(f"{said} Others are proposed where one is like them.")


def mapping(feed: Feed, proposed: FeedMapping, client_id: int) -> FeedMapping | None:
    """Draw the choice of a column for each field; the mapping when it is asked what would happen, else None."""
    examples = {heading: _example(feed, at) for at, heading in enumerate(feed.headings)}
    options = [_NOWHERE, *feed.headings]
    chosen: dict[str, str] = {}
    with st.form(f"feed.mapping.{client_id}.{feed.digest[:16]}"):
        columns = st.columns(3)
        for at, (name, label) in enumerate(FIELDS.items()):
            heading = columns[at % 3].selectbox(
                label,
                options,
                index=options.index(proposed.columns[name]) if name in proposed.columns else 0,
                format_func=lambda each: f"{each}: {examples[each]}" if examples.get(each) else each,
            )
            if heading != _NOWHERE:
                chosen[name] = heading
        order = st.selectbox(
            "Order of day and month", list(_ORDERS), list(_ORDERS).index(proposed.date_order), _ORDERS.__getitem__
        )
        if st.form_submit_button("Show what would happen"):
            return FeedMapping(chosen, order)
    return None


def plan(made: Plan) -> bool:
    """Draw the plan; tell whether it is to be carried out."""
    lines = list(islice(made.lines(), SHOWN))
    figures = {
        "Rows read": made.read,
        "New claims": len(made.claims),
        "Reported before": len(made.duplicates),
        "Refused": len(made.refusals),
    }
    for column, (label, count) in zip(st.columns(4), figures.items(), strict=True):
        column.metric(label, f"{count:,}")
    if made.read > len(lines):
        order = "refused ones first, new ones in doubt before others"
        st.caption(f"{len(lines)} rows are listed, {order}. The figures hold for all {made.read:,}.")
    st.dataframe(
        pa.table(
            {
                "Row": [line.row for line in lines],
                "What will happen": [line.what for line in lines],
                "Worker": [line.worker for line in lines],
                "Why": [line.why for line in lines],
            }
        ),
        key="feed.plan",
        hide_index=True,
        row_height=_THREE_LINES if any(len(line.why) > _ONE_LINE for line in lines) else None,
        column_config={heading: st.column_config.TextColumn(width=width) for heading, width in _PLAN_WIDTHS.items()},
        alt="What will happen to each row, and why",
    )
    label = f"Import {_counted(len(made.claims), 'new claim')}" if made.claims else "Keep the refused rows"
    if not made.claims and not made.refusals:
        st.info("Every row was reported before. There is nothing to import.")
        return False
    return st.button(label, type="primary", key=f"feed.import.{made.file_digest[:16]}")


@st.fragment(run_every=0.5)
def progress(running: Running) -> None:
    """Draw how far the import is, and the way to stop it; draw the page anew when it is over."""
    desk.actor()
    if running.over.is_set():
        st.rerun()
    count = len(running.plan.claims)
    st.progress(running.done / count if count else 1.0, f"{running.done:,} of {count:,} claims")
    if st.button("Cancel the import", key="feed.cancel", disabled=running.cancel.is_set()):
        running.cancel.set()


def result(done: Imported, client_id: int) -> None:
    """Say what an import did, and offer what it refused."""
    st.success(
        f"{_counted(done.accepted, 'new claim')} taken in. Reported before: {done.duplicates:,}."
        f" Refused: {done.refused:,}.",
        icon=":material/check:",
    )
    if done.refused:
        refusals(client_id, done.import_id, done.refused, primary=True)


def refusals(client_id: int, import_id: int, count: int, *, primary: bool = False) -> None:
    """Offer the refused rows of an import as a file. It is made, and put on the record, when it is asked for."""
    by_then = desk.asked_again()

    def made() -> bytes:
        actor = by_then()
        with desk.looking(actor) as tx:
            return feeds.refusals_csv(actor, tx, client_id=client_id, import_id=import_id)

    st.download_button(
        f"Download {_counted(count, 'refused row')}",
        made,
        file_name=f"refused-{import_id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        type="primary" if primary else "secondary",
        key=f"feed.refusals.{import_id}.{primary}",
    )


def history(actor: Actor, client_id: int, imports: Sequence[feeds.Import]) -> int | None:
    """Draw the client's earlier imports; the number of the one that is to be undone, if any."""
    st.subheader("Earlier imports", anchor=False)
    if not imports:
        st.caption("None yet. The first one will stand here, and can be undone until somebody works on its claims.")
        return None
    undo = None
    for each in imports:
        with st.container(border=True):
            when = words.instant(each.started_at, actor.timezone)
            st.text(f"{each.file_name}\n{when}, {each.by}")
            st.caption(_outcome(each))
            with st.container(horizontal=True):
                if each.refused:
                    refusals(client_id, each.import_id, each.refused)
                possible = each.state == "done" and each.accepted > 0 and not each.worked_on
                if possible and _undo_wanted(each):
                    undo = each.import_id
    return undo


def _undo_wanted(each: feeds.Import) -> bool:
    """Offer the undo behind a first click that says what it takes away; tell whether the second was made."""
    count = _counted(each.accepted, "claim")
    with st.popover("Undo", icon=":material/undo:", key=f"feed.undo.{each.import_id}.ask"):
        st.markdown(f"This deletes the {count} of this import, with their workers, stories and open questions.")
        return st.button(f"Undo: take back {count}", key=f"feed.undo.{each.import_id}")


def begin(actor: Actor, made: Plan) -> Running:
    """Start carrying out the plan."""
    return Running(made).start(actor, desk.now())


def undo(actor: Actor, client_id: int, import_id: int) -> str:
    """Take an import back; what was done, in a sentence."""
    with desk.acting(actor) as tx:
        count = feeds.undo(actor, tx, client_id=client_id, import_id=import_id, at=desk.now())
    return f"{_counted(count, 'claim')} taken back."


def _outcome(each: feeds.Import) -> str:
    if each.state == "cancelled":
        return "Cancelled: nothing was taken in."
    counts = (
        f"Read {each.read:,}, new {each.accepted:,}, reported before {each.duplicates:,}, refused {each.refused:,}."
    )
    if each.state == "undone":
        return f"{counts} Undone."
    return f"{counts} Somebody has worked on its claims." if each.worked_on else counts


def _example(feed: Feed, at: int) -> str:
    cells = (row.cells[at] for row in feed.rows[:50] if at < len(row.cells) and row.cells[at])
    cell = " ".join(next(cells, "").split())
    return cell if len(cell) <= 28 else f"{cell[:27]}…"


def _said(delimiter: str) -> str:
    named = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", " ": "blank"}
    return named.get(delimiter) or (delimiter if delimiter.isprintable() else f"character {ord(delimiter)}")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
