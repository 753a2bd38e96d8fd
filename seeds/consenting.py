"""Guardians about one step of a minor: a seat that a list offers, a move to another school."""

from itertools import count

from seeds.names import Name
from seeds.places import Region
from training.accounts.workflow import Purpose
from training.kernel.policy import Bearer, Learner, System
from training.trainees.consents import queries, services
from training.trainees.consents.models import Consent
from training.trainees.profiles.models import Trainee

ACTOR = System("seeds")
WHY_NOT = "Далеко ездить каждый день, давайте ещё подумаем."
_numbers = count(1)


def of(kind: str, key: int) -> Consent | None:
    """The consent that a step waits for, if its trainee is under 18."""
    found = queries.about(kind, key)
    return queries.consent(ACTOR, found.id) if found is not None else None


def names(region: Region, kind: str, key: int) -> None:
    """The minor names the mother, who gets a letter, unless somebody has been asked already."""
    consent = of(kind, key)
    if consent is None or consent.guardian_id is not None or consent.trainee.account_id is None:
        return
    mother = region.names.mother_of(child(consent.trainee))
    services.name(
        Learner(consent.trainee.account_id, consent.trainee_id),
        consent,
        name=f"{mother.family} {mother.given} {mother.patronymic}",
        email=f"{mother.latin}.s{next(_numbers)}@parents.example",
        language="ru",
    )


def child(trainee: Trainee) -> Name:
    """The minor's name, by which the mother's is invented."""
    return Name(trainee.family_name, trainee.given_name, trainee.patronymic or "", trainee.family_name.endswith(("а", "я")))


def answers(kind: str, key: int, *, agrees: bool) -> None:
    """The mother opens the link and says yes or no."""
    consent = of(kind, key)
    if consent is None or consent.guardian_id is None:
        return
    bearer = Bearer(0, Purpose.CONSENT.value, consent.id)
    if agrees:
        services.give(bearer, consent)
    else:
        services.refuse(bearer, consent, reason=WHY_NOT)
