"""An agreement's life: made, its text fixed, signed by one party after the other, in force."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an agreement stands."""

    DRAFT = "draft", _l("The text is being prepared"), "secondary"
    SIGNING = "signing", _l("Being signed"), "warning"
    IN_FORCE = "in_force", _l("In force"), "success"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"


class AgreementKind(kernel.State):
    """What is agreed; each kind has its own parties in their order."""

    PRACTICE = "practice", _l("Practical training of a student"), "info"


class How(kernel.State):
    """How a signature was given."""

    PAGE = "page", _l("Signed in"), "success"
    LINK = "link", _l("By signed link"), "success"
    PAPER = "paper", _l("On paper"), "success"


PARTIES = {AgreementKind.PRACTICE: (Party.SCHOOL, Party.EMPLOYER)}
"""Who signs an agreement of each kind, in this order; for a minor the guardian signs last."""
MINORS_GUARDIAN_SIGNS = frozenset({AgreementKind.PRACTICE})
"""Kinds that a guardian signs too when the trainee is under 18 on the first day."""
SIGNERS: dict[Party, tuple[Role, ...]] = {
    Party.SCHOOL: (Role.MANAGER, Role.PLACEMENT_OFFICER),
    Party.EMPLOYER: (Role.MANAGER,),
    Party.GUARDIAN: (),
}
"""The roles in which people sign for a party."""
DAYS = 7
"""How long each party has."""


class Event(kernel.Event):
    """What happens to agreements."""

    MADE = "agreement.made", _l("Agreement made")
    FIXED = "agreement.fixed", _l("Text fixed")
    SIGNED = "agreement.signed", _l("Signed")
    IN_FORCE = "agreement.in_force", _l("In force")
    CANCELLED = "agreement.cancelled", _l("Cancelled")
    OPENED = "agreement.opened", _l("Opened from the guardian's page")


class Notice(kernel.Notice):
    """What the parties are told."""

    FIXED = "agreement.fixed", _l("A request to sign has a deadline, and silence has consequences.")
    SIGNED = "agreement.signed", _l("A request to sign has a deadline, and silence has consequences.")
    ASKED = "agreement.asked", _l("A request to sign has a deadline, and silence has consequences.")
    IN_FORCE = "agreement.in_force"
    CANCELLED = "agreement.cancelled"


LIFECYCLE = Workflow(
    {
        "fix": Transition([State.DRAFT], State.SIGNING, by=SYSTEM),
        "sign": Transition([State.SIGNING], State.IN_FORCE),
        "cancel": Transition([State.DRAFT, State.SIGNING], State.CANCELLED, reason=True),
    },
    turns={State.SIGNING: Turn(Party.SCHOOL, "sign", roles=SIGNERS[Party.SCHOOL], days=DAYS)},
)
