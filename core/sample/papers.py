"""What lies in the sample's tray and in the files of its claims: faxes and an e-mail, drawn for their workers."""

import io
from datetime import date, datetime, timedelta
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import Connection, text

from core import claim_file, files, walltime
from core.access import Actor
from core.claim_file import DocumentKind, Status

_SOME = text("select exists (select from file where client_id = :client_id)")
# Those whose worker was reached: nobody's play goes on there.
_CLAIMS = text(
    "select c.claim_id, c.claim_number, w.given_name || ' ' || w.family_name, c.date_of_injury, n.nature, n.body_part"
    "  from claim c join injured_worker w using (client_id, worker_id)"
    "  join claim_narrative n using (client_id, claim_id)"
    " where c.client_id = :client_id and c.first_contact_at is not null order by c.first_contact_at desc limit 4"
)


class _About(NamedTuple):
    claim_id: int
    number: str
    worker: str
    injured: date
    nature: str | None
    body_part: str | None


def fill(va: Actor, tx: Connection, client_id: int, timezone: str, at: datetime) -> None:
    """
    Give the client's latest claims documents and conditions, and put three files into its tray; once.

    Days are those of *timezone*, the client's.
    """
    claims = [_About(*row) for row in tx.execute(_CLAIMS, {"client_id": client_id})]
    if not claims or tx.execute(_SOME, {"client_id": client_id}).scalar_one():
        return
    for number, about in enumerate(claims[:2]):
        where = {"client_id": client_id, "claim_id": about.claim_id}
        received = at - timedelta(hours=5 + number)
        claim_file.add(
            va, tx, client_id=client_id, claim_id=about.claim_id, name="fax-0412.pdf",
            data=_fax("WORK STATUS", about, "PDF"), received_at=received,
            kind=DocumentKind.WORK_STATUS, title="Work status, Dr. Makebelieve", at=received + timedelta(minutes=20),
        )  # fmt: skip
        what = f"{about.nature or 'Injury'}, {(about.body_part or 'part not told').lower()}"
        status = (Status.ALLOWED, Status.ALLEGED)[number]
        claim_file.add_condition(
            va, tx, **where, code="T14.8XXA" if number else "", words=what, status=status,
            since=walltime.today(timezone, received), at=received + timedelta(minutes=25),
        )  # fmt: skip
        claim_file.set_network(va, tx, **where, certified=not number, at=received + timedelta(minutes=26))
    about = claims[-1]
    said = f"Subject: {about.number}\n\n{about.worker} was seen today. Records follow by fax."
    for minutes, name, data in (
        (95, "fax-0417.tif", _fax("MEDICAL RECORD", about, "TIFF", pages=2)),
        (50, "e-mail.txt", said.encode()),
        (12, "scan-0018.png", _fax("LETTER", about, "PNG")),
    ):
        files.keep(va, tx, client_id=client_id, name=name, data=data, at=at - timedelta(minutes=minutes))


def _fax(heading: str, about: _About, form: str, *, pages: int = 1) -> bytes:
    """Return a page as a fax machine would send it, or several, in one of the forms that pictures are kept in."""
    drawn = []
    for page in range(1, pages + 1):
        sheet = Image.new("1", (850, 1100), 1)
        lines = (f"{heading}, page {page} of {pages}", f"Re: {about.number}", f"Patient: {about.worker}",
                 f"Date of injury: {about.injured}", "Sample: every name on it is made up.")  # fmt: skip
        ImageDraw.Draw(sheet).text((80, 90), "\n\n".join(lines), fill=0, font=ImageFont.load_default(22))
        drawn.append(sheet)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": drawn[1:]} if pages > 1 else {}
    drawn[0].save(out, form, **more)
    return out.getvalue()
