"""Cover: let somebody work for a client for a while without serving it, see who does, and end it early."""

import streamlit as st

from core import cover
from core.access import Action
from pages.parts import cover as parts
from pages.parts import desk, forms

actor = desk.open_page("Cover", Action.COVER_SET)

with desk.looking(actor) as tx:
    covers = cover.covers(actor, tx)
    clients = cover.clients(actor, tx)

parts.table(covers, actor)
setting, ending = st.tabs(["Set cover", "End cover early"])
with setting:
    asked = parts.setting(actor, clients)
    place = st.container()
with ending:
    end = parts.ending(actor, covers)
    place = st.container() if end else place

act = asked or end
if act is not None:
    said = None
    with place, desk.refusals_shown(), desk.acting(actor) as tx:
        said = act(actor, tx, desk.now())
    if said:
        forms.renew(parts.NAME)
        desk.done(said)
