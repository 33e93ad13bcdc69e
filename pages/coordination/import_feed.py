"""Import a feed: a client's feed is taken in, by a plan that is looked at first and can be taken back."""

import streamlit as st

from core import feeds, scope
from core.access import Action
from core.feeds import Plan
from pages.parts import desk, import_feed
from pages.parts.markdown import verbatim

actor = desk.open_page("Import a feed", Action.CLAIM_IMPORT)

held = st.session_state
running: import_feed.Running | None = import_feed.under_way(actor) or held.get("import.running")
kind = import_feed.kind(actor, running)
if kind is None:
    st.stop()
with desk.looking(actor) as tx:
    clients = scope.clients(actor, tx, kind.action)
if not clients:
    st.info("No client is given to you yet. An administrator gives clients to people.")
    st.stop()

if running and "import.running" not in held:  # the page was loaded anew meanwhile: it goes on where it was
    held["import.client"] = next((each for each in clients if each.client_id == running.plan.client_id), clients[0])
held["import.running"] = running
if "import.client" in held:
    # The choice is not drawn while an import runs, and Streamlit forgets what is not drawn: written, it is kept.
    held["import.client"] = held["import.client"]
if running and not running.over.is_set():
    import_feed.progress(running)
    st.stop()

client = st.selectbox(
    "Client", clients, index=0 if len(clients) == 1 else None, format_func=lambda each: f"{each.name} ({each.code})",
    placeholder="Choose whose feed it is", key="import.client",
)  # fmt: skip
if client is None:
    st.stop()
before = st.container()
file = st.file_uploader(f"{kind.words.one.capitalize()} feed", key=f"import.file.{held.get('import.round', 0)}")
if file:
    held["import.running"] = None  # what the one before did stands under the earlier imports
    read = import_feed.read(kind, file.getvalue())
    if read is None:
        st.stop()
    name = (kind.code, client.client_id, read.digest, read.sheet)
    if held.get("import.name") != name:
        held["import.name"], held["import.mapped"], held["import.plan"] = name, None, None
    with desk.looking(actor) as tx:
        saved = feeds.saved_mapping(actor, tx, kind, client.client_id)
    outcome = st.container()  # above the columns, so that what comes of the file is in sight as soon as it is read
    st.subheader("Which column is what", anchor=False)
    import_feed.how_read(read)
    if saved:
        import_feed.misfit(kind, read, saved)
    mapped = import_feed.mapping(kind, read, feeds.mapping_for(kind.vocabulary, read, saved), client.client_id)
    if mapped:
        held["import.mapped"], held["import.plan"] = mapped, None
        held["import.question"] = feeds.order_question(kind.vocabulary, read, mapped, this_year=desk.now().year)
    if wanted := held.get("import.mapped"):
        with outcome:
            ordered = import_feed.order(held["import.question"], read, wanted, client.client_id)
        made: Plan | None = held.get("import.plan")
        if ordered is None or (made and made.mapping != ordered):
            made = None
        if ordered and made is None:
            with outcome, desk.refusals_shown(), st.spinner("Planning…"), desk.looking(actor) as tx:
                made = feeds.plan(
                    actor,
                    tx,
                    kind,
                    client_id=client.client_id,
                    feed=read,
                    mapping=ordered,
                    file_name=file.name,
                    at=desk.now(),
                )
        held["import.plan"] = made
    if planned := held.get("import.plan"):
        with outcome:
            st.subheader("What would happen", anchor=False)
            wanted = import_feed.plan(actor, planned)
        if wanted:
            held["import.running"] = import_feed.begin(actor, planned)
            held["import.name"] = held["import.mapped"] = held["import.plan"] = None
            import_feed.forget()
            held["import.round"] = held.get("import.round", 0) + 1
            st.rerun()
elif running and running.refused:
    before.error(verbatim(running.refused), icon=desk.ALERT)
elif running and running.result and (running.plan.kind, running.plan.client_id) == (kind, client.client_id):
    with before:
        import_feed.result(running.result, running.plan)

with desk.looking(actor) as tx:
    earlier = feeds.imports(actor, tx, kind, client.client_id)
if chosen := import_feed.history(actor, kind, client.client_id, earlier):
    undone = ""
    with desk.refusals_shown():
        undone = import_feed.undo(actor, kind, client.client_id, chosen)
    if undone:
        held["import.running"] = None  # what it took in is no longer there to be told of
        desk.done(undone)
