"""The operator's log of letters: searched, narrowed, taken away, and silent about what they say."""

from datetime import timedelta

import pytest

from tests.factories import make_account, make_member, make_organisation, save
from tests.listed import file_of
from training.kernel import clock
from training.kernel.policy import OrganisationKind, Role
from training.notices.models import ACCOUNT, Dropped, Notification


def letter(name, to_id, to_kind=ACCOUNT, **given):
    """A notice of which something became."""
    values = {"subject_kind": "placement", "subject_id": 7, "facts": {"secret": "A secret"}, "made_at": clock.now(), **given}
    return save(Notification(name=name, to_kind=to_kind, to_id=to_id, **values)).id


@pytest.fixture
def desk(client):
    """The operator's browser and the log: four letters, each with a fate of its own."""
    operator = make_organisation(OrganisationKind.OPERATOR)
    nina, anna = make_account(name="Нина Орлова"), make_account(name="Anna Titova")
    letter("placement.accepted", nina.id, sent_at=clock.now() + timedelta(seconds=5))
    letter("placement.refused", anna.id, dropped=Dropped.BOUNCED, answer="5.1.1")
    letter("opening.withdrawn", anna.id, dropped=Dropped.READ)
    letter("consent.asked", 5, "guardian", subject_kind="consent")
    return client.sign_in(make_member(operator, Role.OPERATOR).account), f"/o/{operator.slug}/deliveries"


def shown(page):
    return [code.text for code in page.all("code")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["consent.asked", "opening.withdrawn", "placement.refused", "placement.accepted"]),
        ("?sort=made", ["placement.accepted", "placement.refused", "opening.withdrawn", "consent.asked"]),
        ("?q=titova", ["opening.withdrawn", "placement.refused"]),
        ("?q=орлова", ["placement.accepted"]),
        ("?q=placement.", ["placement.refused", "placement.accepted"]),
        ("?fate=waiting", ["consent.asked"]),
        ("?fate=sent", ["placement.accepted"]),
        ("?fate=failed", ["placement.refused"]),
        ("?fate=none", ["opening.withdrawn"]),
        ("?fate=failed&fate=none", ["opening.withdrawn", "placement.refused"]),
        ("?topic=placement", ["placement.refused", "placement.accepted"]),
        ("?topic=placement&fate=sent", ["placement.accepted"]),
    ],
)
def test_is_searched_narrowed_and_ordered(desk, query, found):
    browser, url = desk

    assert shown(browser.get(f"{url}{query}")) == found


def test_its_file_says_what_became_of_letters_and_nothing_of_what_they_say(desk):
    browser, url = desk

    rows = file_of(browser, f"{url}?fate=failed&fate=waiting")

    assert rows[0] == ["When", "What became of it", "Sent", "The mail server's answer", "To", "Notice", "Record"]
    assert [row[1:] for row in rows[1:]] == [
        ["Queued", "", "", "guardian 5", "consent.asked", "consent 7"],
        ["Came back", "", "5.1.1", "Anna Titova", "placement.refused", "placement 7"],
    ]
    assert "secret" not in str(rows)


def test_asks_as_often_for_forty_as_for_four(desk, statements):
    browser, url = desk
    with statements() as few:
        browser.get(url)
    for _number in range(40):
        letter("placement.accepted", make_account().id)
    with statements() as many:
        browser.get(url)

    assert len(many) == len(few)
