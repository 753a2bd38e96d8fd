"""The life of a pair of records that may be one person, and what lies with a record in words."""

from collections.abc import Mapping

from training.kernel import workflow as kernel
from training.kernel.i18n import LazyString, _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """What a school has said of a pair."""

    OPEN = "open", _l("To be looked at"), "warning"
    APART = "apart", _l("Two people"), "secondary"
    MERGED = "merged", _l("Merged"), "success"


class Reason(kernel.State):
    """Why two records are probably one person's, the strongest first."""

    SAME_NAME = "same_name", _l("Same name and birth date"), "danger"
    SAME_EMAIL = "same_email", _l("Same e-mail address"), "danger"
    SAME_PHONE = "same_phone", _l("Same telephone number"), "warning"
    LIKE_NAME = "like_name", _l("Same birth date, the names are alike"), "warning"


class Event(kernel.Event):
    """What happens to a pair, and to the record that is kept."""

    TOLD_APART = "trainee_pair.told_apart", _l("Said to be two people")
    RECONSIDERED = "trainee_pair.reconsidered", _l("To be looked at again")
    MERGED = "trainee_pair.merged", _l("Two records of one person merged")
    UNDONE = "trainee_pair.undone", _l("Merge undone")
    TAKEN_IN = "trainee.taken_in", _l("Another record of the same person merged into this one")
    GIVEN_BACK = "trainee.given_back", _l("A merge into this record undone")


class Notice(kernel.Notice):
    """What the person is told."""

    MERGED = "trainee_pair.merged"
    UNDONE = "trainee_pair.undone"


LIFECYCLE = Workflow(
    {
        "tell_apart": Transition([State.OPEN], State.APART),
        "reconsider": Transition([State.APART], State.OPEN),
        "merge": Transition([State.OPEN], State.MERGED),
        "undo": Transition([State.MERGED], State.OPEN),
    }
)

WORDS: Mapping[str, LazyString] = {
    "enrolment": _l("Seats and study"),
    "placement": _l("Internships"),
    "credential": _l("Credentials"),
    "evidence": _l("Evidence of skills"),
    "application": _l("Applications for vacancies"),
    "interview": _l("Interviews"),
    "offer": _l("Job offers"),
    "talent_invitation": _l("Invitations to apply"),
    "allocation": _l("Seats for employees"),
    "waiver": _l("Let in without prerequisites"),
    "engagement": _l("Where they are and were"),
    "employment": _l("Employments"),
    "consent": _l("Consents"),
    "guardian": _l("Parents and guardians"),
    "disclosure": _l("Who may see them"),
    "education": _l("Education"),
    "photo": _l("Photograph"),
    "claim": _l("Invitations to an account"),
    "login_card": _l("Login cards"),
    "data_export": _l("Copies of their data"),
    "erasure_request": _l("Requests for erasure"),
    "trainee": _l("Records merged before"),
    "turn": _l("Open moves"),
    "message": _l("Messages"),
    "stored_file": _l("Files"),
}
"""By table: what refers to a trainee, in the order of the page."""

CLASHES: Mapping[str, LazyString] = {
    "enrolment": _l(
        "Both hold or wait for a seat in the same cohort, or give two applications the same priority. Withdraw one of them first."
    ),
    "application": _l("Both have an open application for the same vacancy. The person withdraws one of them first."),
    "consent": _l("A guardian was asked, or has agreed, for both. Withdraw one of the two first."),
    "claim": _l("Both are invited to make an account. Take one invitation back first."),
    "erasure_request": _l("Both have asked for erasure. That is answered first."),
}
"""By table: why the rows of both cannot be one person's."""
