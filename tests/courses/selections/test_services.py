"""Applying by selection, documents one by one, points, priorities."""

from io import BytesIO

import pytest
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, pool_of
from tests.courses.selections.factories import again, applies, bring, complete, here, make_group, make_selection, manager_of
from tests.factories import actor_of, events_of, learner, make_minor, make_school, make_trainee
from tests.files.pictures import png
from training.courses.cohorts.workflow import Admission, Funding
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.courses.enrolments.workflow import Leaving
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import queries, services
from training.courses.selections.rules import Rule, Wish
from training.courses.selections.workflow import Event, Notice, State, What
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.trainees.disclosures.policies import visible_to as trainees_visible_to
from training.trainees.profiles.models import Trainee
from training.turns import queries as turns

TEST, SUMMARY = Rule("Entrance test", 2, 50), Rule("Letter", 1, 10)
PHOTO = Wish("Photograph 3×4", required=False)


def told(notice):
    db.session.rollback()
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value).order_by(Notification.id)))


def asks(candidacy):
    return sorted(one.verb for one in turns.of(again(candidacy).enrolment))


def own(trainee):
    return db.session.get_one(Trainee, trainee.id)


def document_of(candidacy, what):
    return next(one for one in again(candidacy).documents if one.what is what)


@pytest.mark.usefixtures("app")
class TestApply:
    def test_waits_without_a_seat_or_a_rank_and_lists_what_to_bring(self):
        cohort = make_selection(criteria=[TEST], documents=[PHOTO])

        made = applies(cohort, answers={}, average=435)

        assert (made.enrolment.state, made.enrolment.rank, made.average) == (EnrolmentState.APPLIED, None, 435)
        assert pool_of(cohort).held == 0
        assert [(one.what, one.required, one.state) for one in made.documents] == [
            (What.CERTIFICATE, True, State.MISSING),
            (What.ASKED, False, State.MISSING),
        ]
        assert [one.criterion.name for one in made.answers] == ["Entrance test"]
        assert asks(made) == ["complete"]
        assert events_of(made.enrolment) == [EnrolmentEvent.APPLIED]

    def test_lets_those_under_18_bring_a_guardians_consent_on_paper(self):
        made = applies(make_selection(), make_minor(16))

        assert [(one.what, one.required) for one in made.documents] == [(What.CERTIFICATE, True), (What.CONSENT, False)]

    def test_opens_the_profile_to_the_school(self):
        cohort, trainee = make_selection(), make_trainee()

        applies(cohort, trainee)

        assert [one.id for one in db.session.scalars(trainees_visible_to(manager_of(cohort)))] == [trainee.id]

    def test_gives_each_priority_once_among_the_open_ones(self):
        trainee = make_trainee()
        first, other = applies(make_selection(), trainee, priority=1).id, make_selection()
        with pytest.raises(NotNow, match="priority"):
            applies(other, trainee, priority=1)

        enrolments.withdraw(learner(trainee), queries.candidacy(SYSTEM, first).enrolment, because=Leaving.WORK)

        assert applies(make_selection(), trainee, priority=1).enrolment.priority == 1

    def test_takes_five_at_most(self):
        trainee = make_trainee()
        for number in range(1, 6):
            applies(make_selection(), trainee, priority=number)

        with pytest.raises(NotNow):
            applies(make_selection(), trainee, priority=5)

    def test_takes_nobody_twice(self):
        cohort, trainee = make_selection(), make_trainee()
        applies(cohort, trainee, priority=1)

        with pytest.raises(NotNow):
            applies(cohort, trainee, priority=2)

    @pytest.mark.parametrize("given", [{"state": CohortState.CLOSED}, {"admission": Admission.ORDER_OF_ARRIVAL}])
    def test_needs_open_applications_by_selection(self, given):
        with pytest.raises(NotNow):
            applies(make_selection(**given))

    def test_order_of_arrival_is_not_for_a_selection(self):
        cohort = make_selection()

        with pytest.raises(NotNow, match="selection"):
            enrolments.apply(learner(make_trainee()), cohort, funding=[Funding.STATE])

    def test_claims_a_group_of_the_same_school_only(self):
        cohort = make_selection()
        group, other = make_group(cohort).id, make_group(make_cohort()).id

        assert applies(cohort, group_id=group).group_id == group
        assert applies(cohort, group_id=other).group_id is None


@pytest.mark.usefixtures("app")
class TestDocuments:
    def test_are_brought_checked_one_by_one_and_told(self):
        made = applies(make_selection(documents=[PHOTO]))
        certificate = made.documents[0]

        bring(made, certificate, average=410)
        assert (asks(made), again(made).average) == (["check"], 410)
        services.accept(manager_of(made.enrolment.cohort), queries.document(SYSTEM, certificate.id))

        assert (again(made).missing, asks(made)) == ([], [])
        assert told(Notice.ACCEPTED) == [made.enrolment.trainee.account_id]
        assert events_of(made.enrolment)[1:] == [Event.BROUGHT, Event.ACCEPTED]

    def test_are_sent_back_with_a_reason_and_brought_again(self):
        made = applies(make_selection())
        bring(made, made.documents[0])

        services.send_back(
            manager_of(made.enrolment.cohort), queries.document(SYSTEM, made.documents[0].id), reason="The second page is missing."
        )

        sent = document_of(made, What.CERTIFICATE)
        assert (sent.state, sent.reason, asks(made)) == (State.SENT_BACK, "The second page is missing.", ["complete"])
        assert told(Notice.SENT_BACK) == [made.enrolment.trainee.account_id]
        bring(made, sent)
        assert (document_of(made, What.CERTIFICATE).state, document_of(made, What.CERTIFICATE).reason) == (State.BROUGHT, None)

    def test_that_are_accepted_are_not_brought_again(self):
        made = complete(applies(make_selection()))

        with pytest.raises(NotNow):
            bring(made, made.documents[0])

    def test_are_the_applicants_to_bring_and_the_schools_to_check(self):
        made = applies(make_selection())
        document = queries.document(SYSTEM, made.documents[0].id)

        with pytest.raises(NotAllowed):
            services.bring(learner(make_trainee()), document, source=BytesIO(png()), name="a.png")
        with pytest.raises(NotAllowed):
            services.accept(actor_of(make_school(), Role.MANAGER), document)

    def test_prove_a_priority_group(self):
        cohort = make_selection()
        made = applies(cohort, group_id=make_group(cohort).id)
        assert not made.first

        assert complete(made).first


@pytest.mark.usefixtures("app")
class TestScore:
    def test_counts_points_by_their_weight(self):
        made = applies(make_selection(criteria=[TEST, SUMMARY]))
        test, letter = (one.criterion_id for one in made.answers)

        services.score(manager_of(made.enrolment.cohort), again(made), points={test: 40, letter: 7})

        assert again(made).points == 87

    def test_gives_no_more_than_a_criterion_has(self):
        made = applies(make_selection(criteria=[SUMMARY]))

        with pytest.raises(NotNow, match="from 0 to 10"):
            services.score(manager_of(made.enrolment.cohort), again(made), points={made.answers[0].criterion_id: 11})


@pytest.mark.usefixtures("app")
class TestPrioritise:
    def test_swaps_two(self):
        trainee = make_trainee()
        one, other = applies(make_selection(), trainee, priority=1), applies(make_selection(), trainee, priority=2)

        services.prioritise(learner(trainee), own(trainee), priorities={one.enrolment_id: 2, other.enrolment_id: 1})

        assert [again(found).enrolment.priority for found in (one, other)] == [2, 1]
        assert events_of(one.enrolment)[-1] == Event.PRIORITISED

    def test_gives_none_twice(self):
        trainee = make_trainee()
        one, other = applies(make_selection(), trainee, priority=1), applies(make_selection(), trainee, priority=2)

        with pytest.raises(NotNow):
            services.prioritise(learner(trainee), own(trainee), priorities={one.enrolment_id: 2, other.enrolment_id: 2})


@pytest.mark.usefixtures("app")
class TestRules:
    def test_stay_as_they_are_when_somebody_has_applied(self):
        cohort = make_selection(criteria=[TEST])
        services.set_rules(manager_of(cohort), cohort, criteria=[SUMMARY], documents=[PHOTO])
        assert [one.name for one in queries.criteria(cohort.id)] == ["Letter"]
        applies(cohort)

        with pytest.raises(NotNow):
            services.set_rules(manager_of(cohort), here(cohort), criteria=[], documents=[])

    def test_are_for_selections(self):
        cohort = make_cohort()

        with pytest.raises(NotNow):
            services.set_rules(manager_of(cohort), cohort, criteria=[TEST], documents=[])


@pytest.mark.usefixtures("app")
class TestGroups:
    def test_are_claimed_until_they_end(self):
        cohort = make_selection()
        group = services.add_group(manager_of(cohort), name="Orphans", ground="Law 159, article 6")
        assert [one.id for one in queries.groups_of(cohort.school_id)] == [group.id]

        services.end_group(manager_of(cohort), group)

        assert queries.groups_of(cohort.school_id) == []
        with pytest.raises(NotNow):
            services.end_group(manager_of(cohort), group)
        assert events_of(group) == [Event.GROUP_ADDED, Event.GROUP_ENDED]
