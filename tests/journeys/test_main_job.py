"""PRODUCT.md §2 end to end: from a draft programme to a hired graduate, by the people whose work it is."""

import pytest

from tests.journeys import courses, hiring, pictures, practice
from tests.journeys.cast import Cast


@pytest.mark.timeout(420)
def test_from_a_programme_to_a_hire(person, album):
    cast = Cast(person)

    courses.publish_a_programme(cast)
    courses.open_a_cohort(cast)
    courses.take_the_seats(cast)
    courses.move_up_from_the_queue(cast)
    practice.offer_places(cast)
    practice.ask_and_answer(cast)
    practice.sign_the_agreement(cast)
    practice.keep_the_logbook(cast)
    practice.evaluate_and_complete(cast)
    courses.issue_the_credential(cast)
    hiring.publish_a_vacancy(cast)
    hiring.apply_and_move(cast)
    hiring.interview(cast)
    hiring.offer_and_hire(cast)
    pictures.take(cast, album)
