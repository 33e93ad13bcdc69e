"""Find anything: by number, worker, telephone and place, among those that one may open, with a slip forgiven."""

from datetime import timedelta

import pytest

from bench.measure import sent
from core import intake, search
from core.access import Action, Actor, NotAllowed, Role
from core.intake import worker_name_key
from core.search import Hit, Way
from core.transactions import acting, by_key
from db import session
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW


def worker(desk: Desk, claim: int, family: str, given: str = "Ana") -> int:
    """Name the claim's worker; the claim."""
    with desk.owner() as db:
        db.execute(
            "update injured_worker w set family_name = %s, given_name = %s, family_key = %s, given_key = %s"
            "  from claim c where c.claim_id = %s and c.client_id = w.client_id and c.worker_id = w.worker_id",
            (family, given, worker_name_key(family), worker_name_key(given), claim),
        )
    return claim


def changed(desk: Desk, statement: str, claim: int) -> None:
    with desk.owner() as db:
        db.execute(statement.encode(), {"claim": claim})


def found(actor: Actor, typed: str) -> list[Hit]:
    with by_key(actor) as tx:
        return list(search.find(actor, tx, typed, NOW))


def numbers(actor: Actor, typed: str) -> list[int]:
    return [hit.claim_id for hit in found(actor, typed)]


def first_word(statement: bytes) -> str:
    return statement.decode().split()[0]


@pytest.fixture
def nunez(desk: Desk, client: int) -> int:
    """The claim of Ana María Núñez, beside one of somebody else."""
    worker(desk, factories.claim(client), "Doe", "Robin")
    return worker(desk, factories.claim(client), "Núñez", "Ana María")


@pytest.mark.parametrize(
    "typed",
    [
        "nunez", "Núñez", "NUÑEZ", "nun", "ana", "maria nunez",
        "ana nunez", "nunez ana", "Nunez, Ana", "nunez a", "ana maria nunez", "nunez ana maria",
        "nunes", "munez", "nuez", "nuñezz", "unnez",
        "ana nunes", "nunes ana",
    ],
)  # fmt: skip
def test_a_worker_is_found_by_name_however_it_is_typed(va: Actor, nunez: int, typed: str) -> None:
    assert numbers(va, typed) == [nunez]


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("nunez", Way.NAME),
        ("ana maria nunez", Way.NAME),
        ("ana nunez", Way.NAME),
        ("nunez ana", Way.NAME),
        ("nun", Way.NAME_BEGINS),
        ("nunes", Way.SLIP),
    ],
)
def test_a_name_that_is_right_is_no_slip(va: Actor, nunez: int, typed: str, way: Way) -> None:
    assert [hit.way for hit in found(va, typed)] == [way]


@pytest.mark.parametrize("typed", ["ana nun", "nunez a", "a nunez"])
def test_the_half_of_a_name_that_is_typed_last_need_not_be_whole(
    desk: Desk, client: int, va: Actor, typed: str
) -> None:
    claim = worker(desk, factories.claim(client), "Núñez", "Ana")
    worker(desk, factories.claim(client), "Núñez", "Zoe")

    assert numbers(va, typed) == [claim]


@pytest.mark.parametrize(
    ("name", "typed", "is_it"),
    [
        ("Núñez", "nuxez", True),
        ("Núñez", "nuxxz", False),
        ("Garcia", "garxxa", True),
        ("Garcia", "garxxx", False),
        ("Gonzalez", "gonsales", True),
        ("Gonzalez", "gnozalze", True),
        ("Li", "lo", False),
        ("Delgado Ruiz", "ruiz", True),
        ("de la Cruz", "de la cruz", True),
        ("de la Cruz", "de la crus", True),
    ],
)
def test_one_slip_is_forgiven_up_to_five_letters_and_two_from_six(
    desk: Desk, client: int, va: Actor, name: str, typed: str, is_it: bool
) -> None:
    claim = worker(desk, factories.claim(client), name)

    assert numbers(va, typed) == ([claim] if is_it else [])


@pytest.mark.parametrize("typed", ["C-{}", " c-{}", "{}", "wc 77", "WC77", "wc7"])
def test_a_claim_is_found_by_either_number_however_it_is_typed(desk: Desk, client: int, va: Actor, typed: str) -> None:
    claim = factories.claim(client)
    factories.claim(client)
    changed(
        desk,
        "update claim set client_claim_number = 'WC 77', client_number_key = 'wc77' where claim_id = %(claim)s",
        claim,
    )

    assert numbers(va, typed.format(claim)) == [claim]


@pytest.mark.parametrize("typed", ["5550199", "555-0199", "(312) 555-0199", "+1 312 555 0199"])
def test_seven_digits_of_a_telephone_are_enough(desk: Desk, client: int, va: Actor, typed: str) -> None:
    factories.claim(client)
    claim = factories.claim(client)
    changed(
        desk,
        "update injured_worker set phone = '+13125550199 ext. 4' where worker_id ="
        " (select worker_id from claim where claim_id = %(claim)s)",
        claim,
    )

    assert numbers(va, typed) == [claim]
    assert found(va, typed)[0].way is Way.TELEPHONE


def test_a_place_of_injury_is_found_by_how_it_begins_the_latest_claim_first(desk: Desk, client: int, va: Actor) -> None:
    claims = [factories.claim(client), factories.claim(client)]
    for claim in claims:
        changed(
            desk,
            "update claim_narrative set injury_place = 'Café Nº 4, Main Street' where claim_id = %(claim)s",
            claim,
        )

    assert numbers(va, "cafe no 4") == claims[::-1]


def test_the_best_come_first_and_twenty_at_most(desk: Desk, client: int, va: Actor) -> None:
    slip = worker(desk, factories.claim(client), "Borgman", "Ana")
    begins = worker(desk, factories.claim(client), "Bergmanson", "Ana")
    exact = worker(desk, factories.claim(client), "Bergman", "Ana")

    assert numbers(va, "bergman") == [exact, begins, slip]

    for _ in range(25):
        worker(desk, factories.claim(client), "Bergman", "Zoe")
    assert numbers(va, "bergman")[0] == exact
    assert len(numbers(va, "bergman")) == search.MOST


def test_the_best_come_first_whichever_client_they_are_of(desk: Desk) -> None:
    one, other = factories.client(), factories.client()
    both, all_of_them = factories.staff(Role.VA, one, other), factories.staff(Role.SUPERVISOR)
    for _ in range(search.MOST):
        worker(desk, factories.claim(one), "Bergmanson", "Ana")
    begin = [worker(desk, factories.claim(other), "Bergmann", given) for given in ("Zoe", "Ana")]
    exact = [worker(desk, factories.claim(client), "Bergman", "Zoe") for client in (one, other)]
    given = worker(desk, factories.claim(other), "Zuse", "Bergman")

    for who in (both, all_of_them):
        hits = numbers(who, "bergman")
        assert hits[:5] == [*exact[::-1], given, *begin[::-1]]
        assert len(hits) == search.MOST


def test_a_hit_says_whose_claim_it_is_and_how_its_clock_stands(desk: Desk, client: int, va: Actor) -> None:
    claims = [
        worker(desk, factories.claim(client, due_at=NOW - timedelta(minutes=45)), "Alpha"),
        worker(desk, factories.claim(client, due_at=NOW + timedelta(minutes=32)), "Bravo"),
        worker(desk, factories.claim(client), "Charlie"),
    ]
    hits = [found(va, name)[0] for name in ("alpha", "bravo", "charlie")]

    assert [hit.claim_id for hit in hits] == claims
    assert [hit.worker for hit in hits] == ["Ana Alpha", "Ana Bravo", "Ana Charlie"]
    assert [hit.standing for hit in hits] == [
        ("overdue", "Overdue by 45 min"),
        ("soon", "Due in 32 min"),
        ("running", "Due in 22 h"),
    ]


@pytest.mark.parametrize("typed", ["", "  ", "\0", "%", "_", "'", "x" * 5_000, ":name", "ana' or '1"])
def test_what_names_nothing_finds_nothing(client: int, va: Actor, nunez: int, typed: str) -> None:
    assert found(va, typed) == []


class TestOthersClaims:
    def test_are_not_found_by_any_way(self, desk: Desk, client: int, nunez: int) -> None:
        stranger = factories.staff(Role.VA, factories.client())

        typed = ("nunez", "nunes", "ana nunez", f"C-{nunez}", "5550101")
        assert [numbers(stranger, each) for each in typed] == [[]] * 5

    def test_change_nothing_in_what_is_found_by_a_slip(self, desk: Desk, client: int, va: Actor, nunez: int) -> None:
        before = found(va, "nunes")
        elsewhere = factories.client()
        for _ in range(search.MOST + 5):
            worker(desk, factories.claim(elsewhere), "Nunes", "Ana")

        with_all = factories.staff(Role.SUPERVISOR)
        assert len(found(with_all, "nunes")) == search.MOST, "whose names are in this process by now"
        assert found(va, "nunes") == before

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.COMPLIANCE])
    def test_are_found_by_who_sees_every_client(self, nunez: int, role: Role) -> None:
        assert numbers(factories.staff(role), "nunez") == [nunez]

    def test_are_kept_back_by_the_database_from_an_actor_made_up(self, client: int, nunez: int) -> None:
        known = factories.staff(Role.VA, factories.client())
        made_up = Actor(known.staff_id, known.name, "x", Role.SUPERVISOR, "UTC")

        assert [numbers(made_up, typed) for typed in ("nunez", "nunes", f"C-{nunez}", "5550101")] == [[]] * 4

    @pytest.mark.parametrize("key", ["phone_key", "family_key"])
    def test_are_kept_back_from_sql_by_hand(self, desk: Desk, client: int, nunez: int, key: str) -> None:
        stranger = factories.staff(Role.VA, factories.client())

        with desk.app(stranger.staff_id) as db:
            assert db.execute(f"select 1 from injured_worker where {key} >= ''".encode()).fetchall() == []
            assert db.execute("select 1 from claim_narrative where place_key is null").fetchall() == []


@pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
def test_who_opens_no_claims_searches_none(client: int, role: Role) -> None:
    person = factories.staff(role, client)

    for asked in (lambda tx: search.find(person, tx, "nunez", NOW), lambda tx: search.opened_last(person, tx, NOW)):
        with pytest.raises(NotAllowed), by_key(person) as tx:
            asked(tx)


def test_who_reads_no_identities_finds_numbers_and_no_names(
    monkeypatch: pytest.MonkeyPatch, va: Actor, nunez: int
) -> None:
    may = Actor.may
    monkeypatch.setattr(Actor, "may", lambda self, action: action is not Action.IDENTITY_READ and may(self, action))

    assert [numbers(va, typed) for typed in ("nunez", "5550101")] == [[], []]
    assert [(hit.claim_id, hit.worker) for hit in found(va, f"C-{nunez}")] == [(nunez, None)]


def test_the_record_keeps_what_was_found_and_not_what_was_typed(desk: Desk, va: Actor, nunez: int) -> None:
    found(va, "nunez")
    found(va, "Hernández")

    with desk.owner() as db:
        rows = db.execute("select verb, noun_id, detail from audit_event where noun = 'search' order by event_id")
        assert rows.fetchall() == [
            ("read", 0, {"hits": 1, "claims": [f"C-{nunez}"]}),
            ("read", 0, {"hits": 0, "claims": []}),
        ]


def test_a_search_asks_the_database_once_and_for_slips_once_more(va: Actor, nunez: int) -> None:
    found(va, "nunes")  # the names of the scope are read
    with by_key(va) as tx, sent(session.driver(tx)) as asked:
        search.find(va, tx, f"C-{nunez}", NOW)
        assert [first_word(statement) for statement, _ in asked] == ["with", "insert"]
        asked.clear()
        search.find(va, tx, "nunes", NOW)
        assert [first_word(statement) for statement, _ in asked] == ["with", "with", "insert"]
        asked.clear()
        search.opened_last(va, tx, NOW)
        assert [first_word(statement) for statement, _ in asked] == ["with", "insert"]


def test_a_worker_who_came_since_is_found_by_a_slip_a_minute_later(desk: Desk, client: int, va: Actor) -> None:
    found(va, "nunes")
    claim = worker(desk, factories.claim(client), "Núñez")

    with by_key(va) as tx:
        [hit] = search.find(va, tx, "nunes", NOW + timedelta(minutes=1))
    assert hit.claim_id == claim


class TestOpenedLast:
    def opened(self, actor: Actor) -> list[int]:
        with by_key(actor) as tx:
            return [hit.claim_id for hit in search.opened_last(actor, tx, NOW)]

    def open(self, actor: Actor, client: int, claim: int) -> None:
        with acting(actor) as tx:
            intake.open_claim(actor, tx, client, claim)

    def test_are_ones_own_the_latest_first_each_once(self, client: int, va: Actor) -> None:
        first, second, _ = (factories.claim(client) for _ in range(3))
        for claim in (first, second, first):
            self.open(va, client, claim)

        assert self.opened(va) == [first, second]
        assert self.opened(factories.staff(Role.VA, client)) == []

    def test_are_not_those_of_a_client_that_is_served_no_more(self, desk: Desk, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        self.open(va, client, claim)
        with desk.owner() as db:
            db.execute("delete from staff_client where staff_id = %s", (va.staff_id,))

        assert self.opened(va) == []
