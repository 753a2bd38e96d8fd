"""Who takes part in a thread: whoever may see its record, in person; and what an author may still change."""

from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member
from training.threads.models import Message
from training.threads.workflow import WITHIN

LONGEST = 4_000
"""Characters of a message."""
FILES = 5
"""Attachments of a message."""


def can_read(actor: Actor, place: object) -> bool:
    """Members and trainees for whom the record's own row scope has let it through."""
    return isinstance(actor, Member | Learner)


def can_write(actor: Actor, place: object) -> bool:
    """Whoever reads it: an employer thus writes to a minor only inside a record that a disclosure has opened."""
    return can_read(actor, place)


def is_author(actor: Actor, message: Message) -> bool:
    """Whether the actor wrote it, acting as now."""
    match actor:
        case Member(account_id=me, organisation_id=here):
            return message.account_id == me and message.organisation_id == here
        case Learner(account_id=me):
            return message.account_id == me and message.organisation_id is None
        case _:
            return False


def can_edit(actor: Actor, message: Message) -> bool:
    """The author."""
    return is_author(actor, message)


def can_withdraw(actor: Actor, message: Message) -> bool:
    """The author."""
    return is_author(actor, message)


def can_see_versions(actor: Actor, message: Message) -> bool:
    """Whoever reads the thread sees what a message said before; of a withdrawn one only its author does."""
    return can_read(actor, message) and (message.withdrawn_at is None or is_author(actor, message))


def is_open(message: Message) -> bool:
    """Whether its author can still change it."""
    return message.withdrawn_at is None and clock.now() < message.written_at + WITHIN


def why_not_change(message: Message) -> list[str | LazyString]:
    """Within an hour, and not after it was taken back."""
    if message.withdrawn_at is not None:
        return [_l("This message has been withdrawn.")]
    if not is_open(message):
        return [_l("A message can be changed or withdrawn for an hour. Write another one that puts it right.")]
    return []


def why_not_say(text: str, *, files: int) -> list[str | LazyString]:
    """Words or a file, neither too many."""
    if not text and not files:
        return [_l("Write something, or attach a file.")]
    if len(text) > LONGEST:
        return [_l("At most %(max)d characters fit here.", max=LONGEST)]
    if files > FILES:
        return [_l("At most %(most)d files go with one message. Send the others with the next.", most=FILES)]
    return []
