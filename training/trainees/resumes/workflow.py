"""The parts of a résumé, and what happens with one."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import State


class Section(State):
    """What the holder ticks, part by part."""

    CONTACTS = "contacts", _l("Phone and town"), "info"
    ABOUT = "about", _l("About you"), "info"
    EDUCATION = "education", _l("Education"), "info"
    CERTIFICATES = "certificates", _l("Certificates"), "info"
    SKILLS = "skills", _l("Skills"), "info"


class Event(kernel.Event):
    """What a trainee does with a résumé."""

    TAKEN = "resume.taken", _l("Résumé brought in")
