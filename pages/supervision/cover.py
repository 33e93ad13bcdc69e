"""Cover: let somebody work for a client for a while without serving it, see who does, and end it early."""

import streamlit as st

from core import cover, scope
from core.access import Action
from pages.parts import cover as parts
from pages.parts import desk, forms

actor = desk.open_page("Cover", Action.COVER_SET)

with desk.looking(actor) as tx:
    covers = cover.covers(actor, tx)
    clients = scope.clients(actor, tx, Action.COVER_SET)

parts.table(covers, actor)
setting, ending = st.tabs(["Set cover", "End cover early"])
with setting:
    set_cover = parts.setting(actor, clients)
    answer_area = st.container()
with ending:
    end = parts.ending(actor, covers)
    answer_area = st.container() if end else answer_area

act = set_cover or end
if act is not None:
    said = None
    with answer_area, desk.refusals_shown(), desk.acting(actor) as tx:
        said = act(actor, tx, desk.now())
    if said:
        forms.renew(parts.NAME)
        desk.done(said)
