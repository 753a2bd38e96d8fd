"""A correction takes chosen lines of a signed ruling back, where the state still allows it."""

import pytest

from tests.courses.factories import make_enrolment, pool_of
from tests.courses.rulings.acting import GROUND, fresh, leave_until, line_of, loaded, manager, running, signed, studying
from tests.factories import events_of
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings import services
from training.courses.rulings.prospects import prospects
from training.courses.rulings.workflow import Event, Kind, Reason, What
from training.kernel import clock
from training.kernel.policy import NotNow
from training.trainees.engagements.queries import of as engagements_of

EXPELLED = What(reason=Reason.DEBT)


def corrected(actor, ruling, *people):
    return loaded(services.correct(actor, ruling, ground=GROUND, chosen=[line_of(ruling, one).id for one in people]))


def against(ruling):
    return [str(words) for one in prospects(ruling, clock.today("Europe/Samara")) for words in one.against]


@pytest.mark.usefixtures("app")
class TestCorrect:
    def test_gives_those_who_were_expelled_their_seats_back(self):
        cohort = running()
        (first, second), actor = studying(cohort, 2), manager(cohort)
        paused = make_enrolment(cohort, state=EnrolmentState.ON_LEAVE)
        ruling = signed(actor, [first, second, paused], Kind.EXPULSION, EXPELLED)

        further = corrected(actor, ruling, first, paused)
        services.sign(actor, further)

        assert [fresh(one).state for one in (first, second, paused)] == [
            EnrolmentState.ENROLLED,
            EnrolmentState.EXPELLED,
            EnrolmentState.ON_LEAVE,
        ]
        assert pool_of(cohort).held == 2
        assert (loaded(further).corrects_id, events_of(ruling)[-1]) == (ruling.id, Event.CORRECTED)
        assert events_of(first)[-1] == EnrolmentEvent.RESTORED
        assert [one.until_on for one in engagements_of(first.trainee_id)] == [cohort.ends_on]

    def test_brings_back_from_another_cohort(self):
        cohort = running()
        there = running(cohort.programme_version)
        (one,), actor = studying(cohort, 1), manager(cohort)
        ruling = signed(actor, [one], Kind.TRANSFER, What(to_cohort_id=there.id))

        services.sign(actor, corrected(actor, ruling, one))

        assert fresh(one).state is EnrolmentState.ENROLLED
        assert (pool_of(cohort).held, pool_of(there).held) == (1, 0)

    def test_ends_a_leave_and_a_return(self):
        cohort = running()
        (one,), actor = studying(cohort, 1), manager(cohort)
        leave = signed(actor, [one], Kind.LEAVE, leave_until())
        services.sign(actor, corrected(actor, leave, one))
        back = fresh(one).state
        signed(actor, [one], Kind.LEAVE, leave_until())
        returned = signed(actor, [one], Kind.RETURN)

        services.sign(actor, corrected(actor, returned, one))

        assert (back, fresh(one).state) == (EnrolmentState.ENROLLED, EnrolmentState.ON_LEAVE)

    def test_takes_a_deferral_back(self):
        cohort = running()
        (one,), actor = studying(cohort, 1), manager(cohort)
        ruling = signed(actor, [one], Kind.DEFERRAL, leave_until())

        services.sign(actor, corrected(actor, ruling, one))

        assert (fresh(one).state, pool_of(cohort).held) == (EnrolmentState.ENROLLED, 1)

    def test_lets_an_enrolment_be_ordered_anew(self):
        cohort = running()
        (one,), actor = studying(cohort, 1), manager(cohort)
        ruling = signed(actor, [one], Kind.ENROLMENT)

        services.sign(actor, corrected(actor, ruling, one))

        assert signed(actor, [one], Kind.ENROLMENT).number

    def test_says_what_cannot_be_taken_back(self):
        cohort = running(seats=2)
        (one, other), actor = studying(cohort, 2), manager(cohort)
        graduated = signed(actor, [other], Kind.GRADUATION)
        ruling = signed(actor, [one], Kind.EXPULSION, EXPELLED)
        make_enrolment(cohort)  # the seat is given away

        assert against(corrected(actor, ruling, one)) == [f"The seat was given away, and cohort {cohort.code} has none free."]
        assert "a credential may rest on it" in against(corrected(actor, graduated, other))[0]

    def test_not_once_something_else_has_happened(self):
        cohort = running()
        (one,), actor = studying(cohort, 1), manager(cohort)
        ruling = signed(actor, [one], Kind.LEAVE, leave_until())
        enrolments.come_back(actor, fresh(one))

        assert "so this cannot be taken back" in against(corrected(actor, ruling, one))[0]

    def test_once(self):
        cohort = running()
        (one,), actor = studying(cohort, 1), manager(cohort)
        ruling = signed(actor, [one], Kind.ENROLMENT)
        first, second = corrected(actor, ruling, one), corrected(actor, ruling, one)
        services.sign(actor, first)
        number = loaded(first).number

        assert against(loaded(second)) == [f"Ruling {number} has taken this back already."]
        with pytest.raises(NotNow):
            services.sign(actor, loaded(second))

    def test_is_not_corrected_itself_and_takes_nobody_else(self):
        cohort = running()
        (one, other), actor = studying(cohort, 2), manager(cohort)
        ruling = signed(actor, [one], Kind.ENROLMENT)
        further = corrected(actor, ruling, one)

        with pytest.raises(NotNow):
            services.add(actor, further, cohort=cohort, chosen=[other.id])
        services.sign(actor, further)
        with pytest.raises(NotNow):
            services.correct(actor, loaded(further), ground=GROUND, chosen=[])
