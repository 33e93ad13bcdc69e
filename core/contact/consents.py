"""What a worker says of being texted, and of voicemails, on a telephone number: it is added to, and the last stands."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, text

from core import claims, telephones, typed
from core.access import Action, Actor, of_claim, require
from core.contact.vocabulary import CHANNEL_WORDS, LONGEST_CONSENT, Channel, Consent
from core.intake.field_changes import Both, ChangedMeanwhile
from core.refusal import Refusal, limited


class NoNumber(Refusal):
    text = "No telephone number of the worker is known that consent could be given for."


class NoWords(Refusal):
    text = "Say in which words the worker gave, refused or revoked it."


class NoSuchConsent(Refusal):
    text = "Consent is given, refused or revoked: choose one of these."


_NUMBER = text(
    "select phone from injured_worker where client_id = :client_id and worker_id = :worker_id for no key update"
)
_STANDING = text(
    "select distinct on (s.channel) s.channel, s.answer, s.at, by.full_name"
    " from contact_consent s join staff by on by.staff_id = s.by_id"
    " where s.client_id = :client_id and s.worker_id = :worker_id and s.number_key = desk_number_key(:number)"
    " order by s.channel, s.consent_id desc"
)
# The timeline and the record are told by the table itself, and whoever watches.
_CAPTURE = text(
    "insert into contact_consent (client_id, worker_id, claim_id, channel, number, answer, words, at, by_id)"
    " values (:client_id, :worker_id, :claim_id, :channel, :number, :answer, :words, :at, :by_id)"
)


def capture_consent(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, seen: Mapping[str, str], said: Mapping[str, str],
    words: Mapping[str, str], at: datetime,
) -> int:  # fmt: skip
    """
    Put down what the worker *said*, by channel, of the telephone number known now; return how much of it is new.

    *seen* has, for the same channels, what stood when the person read it, empty where nothing did; *words* are the
    worker's own, by channel as well. A revocation counts at once. It can be put down on a closed claim as well.

    :raises NotAllowed: if the actor does not work intake.
    :raises NoSuchConsent: if a channel or an answer is none.
    :raises NoWords, TooLong: if *words* say nothing of a channel, or are longer than LONGEST_CONSENT; says of which.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoNumber: if no number is known that can be dialled.
    :raises ChangedMeanwhile: if somebody else has put down something else since; has both versions.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    if not said.keys() <= set(Channel) or not set(said.values()) <= set(Consent):
        raise NoSuchConsent
    claim = claims.find(tx, client_id, claim_id)
    where = {"client_id": client_id, "worker_id": claim.worker_id}
    number = tx.execute(_NUMBER, where).scalar_one()
    if number is None or telephones.address(number) is None:
        raise NoNumber
    standing = {row.channel: row for row in tx.execute(_STANDING, where | {"number": number})}
    now = {channel: standing[channel].answer if channel in standing else "" for channel in said}
    if moved := [each for each in said if now[each] not in (seen.get(each, ""), said[each])]:
        last = {each: standing.get(each) for each in moved}
        raise ChangedMeanwhile(
            [
                Both(f"consent_{each}", now[each], said[each], row.full_name if row else None, row.at if row else None)
                for each, row in last.items()
            ]
        )
    new = [each for each in said if said[each] != now[each]]
    if not new:
        return 0
    kept = {each: typed.one_line(words.get(each, "")) for each in new}
    if unsaid := [CHANNEL_WORDS[Channel(each)].lower() for each in new if not kept[each]]:
        raise NoWords(f"Say in which words the worker gave, refused or revoked consent to {' and to '.join(unsaid)}.")
    for each in new:
        limited(kept[each], LONGEST_CONSENT, f"What the worker said of {CHANNEL_WORDS[Channel(each)].lower()}")
    tx.execute(
        _CAPTURE,
        [
            {
                **where, "claim_id": claim_id, "channel": each, "number": number, "answer": said[each],
                "words": kept[each], "at": at, "by_id": actor.staff_id,
            }
            for each in new
        ],
    )  # fmt: skip
    return len(new)
