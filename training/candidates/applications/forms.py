"""The forms of applications."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional

from training.candidates.applications.policies import BY_SYSTEM
from training.candidates.applications.workflow import Rejection, Withdrawal
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _l


class ApplyForm(Form):
    """A few words to the employer."""

    letter = TextAreaField(
        _l("A few words to the employer"),
        [Optional(), most(4000)],
        description=_l("Why this work, from when. Your skills are shown with it."),
        render_kw={"rows": 6},
    )


class RejectForm(Form):
    """Why not."""

    reason = RadioField(
        _l("Reason"),
        [REQUIRED],
        choices=of_kind(one for one in Rejection if one not in BY_SYSTEM),
        description=_l("The candidate reads it in these words."),
    )
    words = TextAreaField(_l("What else you want to say"), [Optional(), most(1000)], description=_l("The candidate reads this too."))


class WithdrawForm(Form):
    """Why a candidate withdraws."""

    reason = RadioField(_l("Reason"), [REQUIRED], choices=of_kind(Withdrawal))
    words = TextAreaField(_l("What else you want to say"), [Optional(), most(1000)], description=_l("The employer reads it."))
