"""Inbound tray: what came by fax or e-mail is dropped, looked at, stamped and filed on its claim."""

from functools import partial

import streamlit as st

from core import claim_file
from core.access import Action
from pages.parts import desk, file_view, tray

actor = desk.open_page("Inbound tray", Action.FILE_KEEP)

tray.dropping(actor)
with desk.looking(actor) as tx:
    waiting = claim_file.waiting(actor, tx)
if not waiting:
    file_view.close()
    st.info(tray.NOTHING, icon=":material/inbox:")
    st.stop()

listing, beside, form = st.columns([5, 6, 4], gap="medium")
with listing:
    file = tray.listed(actor, waiting)
with beside:
    tray.heading(file)
    read = partial(claim_file.open_waiting, actor, client_id=file.client_id, file_id=file.file_id)
    opened = file_view.opened(actor, ("tray", file.file_id), read)
    if opened:
        file_view.draw(opened, key=f"tray.shown.{file.file_id}", alt=f"The file {file.name}")
with form:
    tray.filing(actor, file, tray.claim(actor, file))
    tray.setting_aside(actor, file)
