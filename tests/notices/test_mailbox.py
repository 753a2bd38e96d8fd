import os

import pytest

from training.jobs.worker import run_due
from training.kernel.db import NotFound
from training.notices import mailbox
from training.notices.models import Address, Recipient


def test_newest_first_and_by_recipient(world):
    here = world()
    trip = here.trip()
    here.people["account", 2] = Address("Boris@example.org", "Boris", "en", None)
    here.tell(Recipient("account", 1), trip=trip)
    here.tell(Recipient("account", 2), trip=trip)
    run_due()
    for age, path in enumerate(here.mail()):
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    (here.folder / "mail" / ".half.draft").write_text("half a letter")

    assert [letter.to for letter in mailbox.letters()] == ["Boris <Boris@example.org>", "Anna Ivanova <anna@example.org>"]
    assert len(mailbox.letters(limit=1)) == 1
    assert [letter.to for letter in mailbox.letters(to="boris@example.org")] == ["Boris <Boris@example.org>"]


def test_no_mail_yet(world):
    world()

    assert mailbox.letters() == []


@pytest.mark.parametrize("name", ["../secret", "notice-1@x/../../secret", "notice-99@cadre.example", "", "notice-1@x\0"])
def test_nothing_else_is_read(world, name):
    (world().folder / "secret.eml").write_text("Subject: secret\n\n")

    with pytest.raises(NotFound):
        mailbox.letter(name)
