"""Imports that are over: what each did, the rows it refused, and taking it back."""

from collections.abc import Sequence

import streamlit as st

from core import feeds, words
from core.access import Actor
from core.feeds import FeedKind, Imported, Plan
from pages.parts import desk
from pages.parts.import_feed import preview


def result(done: Imported, plan: Plan) -> None:
    """Say what the import of *plan* did, show which rows it refused, and offer them as a file."""
    said = plan.kind.words
    st.success(
        f"{words.counted(done.accepted, said.new.lower())} taken in. {said.repeated}: {done.duplicates:,}."
        f" Refused: {done.refused:,}.",
        icon=":material/check:",
    )
    if done.refused:
        preview.refused(plan.kind, plan.refusals)
        refusals(plan.kind, plan.client_id, done.import_id, done.refused, primary=True)


def refusals(kind: FeedKind, client_id: int, import_id: int, count: int, *, primary: bool = False) -> None:
    """Offer the refused rows of an import as a file. It is made, and put on the record, when it is asked for."""
    by_then = desk.asked_again()

    def made() -> bytes:
        actor = by_then()
        with desk.looking(actor) as tx:
            return feeds.refusals_csv(actor, tx, kind, client_id=client_id, import_id=import_id)

    st.download_button(
        f"Download {words.counted(count, 'refused row')}",
        made,
        file_name=f"refused-{import_id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        type="primary" if primary else "secondary",
        key=f"feed.refusals.{import_id}.{primary}",
    )


def history(actor: Actor, kind: FeedKind, client_id: int, imports: Sequence[feeds.Import]) -> int | None:
    """Draw the client's earlier imports; the number of the one that is to be undone, if any."""
    st.subheader("Earlier imports", anchor=False)
    if not imports:
        many = kind.words.many
        st.caption(f"None yet. The first one will stand here, and can be undone until somebody works on its {many}.")
        return None
    undo = None
    for each in imports:
        with st.container(border=True):
            when = words.instant(each.started_at, actor.timezone)
            st.text(f"{each.file_name}\n{when}, {each.by}")
            st.caption(_outcome(kind, each))
            with st.container(horizontal=True):
                if each.refused:
                    refusals(kind, client_id, each.import_id, each.refused)
                # One that left out every row can be undone as well: it may be all that holds an earlier one.
                possible = each.state == "done" and (each.accepted or each.duplicates) and not each.worked_on
                if possible and _undo_wanted(kind, each):
                    undo = each.import_id
    return undo


def _undo_wanted(kind: FeedKind, each: feeds.Import) -> bool:
    """Offer the undo behind a first click that says what it takes away; tell whether the second was made."""
    said = kind.words
    count = words.counted(each.accepted, said.one)
    with st.popover("Undo", icon=":material/undo:", key=f"feed.undo.{each.import_id}.ask"):
        if each.accepted:
            st.markdown(f"This deletes the {count} of this import, with {said.deletes}.")
        else:
            st.markdown(
                f"This import took in no {said.one}. Undone, it no longer holds the imports whose"
                f" {said.many} it repeats."
            )
        return st.button(f"Undo: take back {count}", key=f"feed.undo.{each.import_id}")


def undo(actor: Actor, kind: FeedKind, client_id: int, import_id: int) -> str:
    """Take an import back; what was done, in a sentence."""
    with desk.acting(actor) as tx:
        count = feeds.undo(actor, tx, kind, client_id=client_id, import_id=import_id, at=desk.now())
    return f"{words.counted(count, kind.words.one)} taken back."


def _outcome(kind: FeedKind, each: feeds.Import) -> str:
    if each.state == "cancelled":
        return "Cancelled: nothing was taken in."
    before = kind.words.repeated.lower()
    counts = f"Read {each.read:,}, new {each.accepted:,}, {before} {each.duplicates:,}, refused {each.refused:,}."
    if each.state == "undone":
        return f"{counts} Undone."
    return f"{counts} Somebody has {kind.words.worked_on}." if each.worked_on else counts
