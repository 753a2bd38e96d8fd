"""Finding the texts in the reader's language."""

from collections.abc import Sequence

from training.insights.help import texts
from training.insights.help.texts import Text
from training.kernel.db import NotFound
from training.kernel.i18n import language
from training.kernel.policy import Actor


def text(actor: Actor, name: str) -> Text:
    """One text; everybody may read every one."""
    if name not in (*texts.ROLES, *texts.RULES):
        raise NotFound
    return texts.text(name, language())


def of_roles() -> Sequence[Text]:
    """The help for each role."""
    return [texts.text(name, language()) for name in texts.ROLES]


def of_rules() -> Sequence[Text]:
    """What holds for everybody."""
    return [texts.text(name, language()) for name in texts.RULES]
