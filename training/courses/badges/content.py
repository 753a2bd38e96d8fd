"""What a badge says: the credential, its programme and its school as Open Badges 3.0 has them, and the list of what was revoked."""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from training.courses.badges.workflow import Algorithm
from training.courses.credentials.models import Credential
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import Kind
from training.organisations.models import Organisation
from training.taxonomy.models import Skill

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
PLACES = 131_072
"""Places of one status list: the least that Bitstring Status List v1.0 allows, so that one place tells little."""
KEPT_FOR = timedelta(hours=1)
"""How long others may keep a status list before they ask again."""
TYPES = {
    Kind.PROFESSION: "Diploma",
    Kind.SPECIALTY: "Diploma",
    Kind.RETRAINING: "Diploma",
    Kind.WORKER_TRAINING: "Certificate",
    Kind.ADVANCED_TRAINING: "CertificateOfCompletion",
}
"""What Open Badges calls that which the kinds of programmes lead to."""


@dataclass(frozen=True)
class Site:
    """Where this installation is found: badges name their issuer, themselves, keys and lists by addresses under it."""

    url: str

    def credential(self, slug: str) -> str:
        """The page on which a credential is checked, which is also the badge's name."""
        return f"{self.url}/credentials/{slug}"

    def issuer(self, school: Organisation) -> str:
        """A school as an issuer."""
        return f"{self.url}/badges/issuers/{school.slug}"

    def key(self, name: str) -> str:
        """A public key."""
        return f"{self.url}/badges/keys/{name}"

    def status(self, school: Organisation, number: int, algorithm: Algorithm) -> str:
        """A list of what a school has revoked, signed by the same algorithm as the badges that name it."""
        return f"{self.url}/badges/status/{school.slug}/{number}/{algorithm.value}"


def profile(school: Organisation, site: Site) -> dict[str, Any]:
    """A school as an issuer."""
    return {"id": site.issuer(school), "type": ["Profile"], "name": school.legal_name}


def badge(credential: Credential, version: ProgrammeVersion, skills: Sequence[Skill], site: Site, algorithm: Algorithm) -> dict[str, Any]:
    """An issued credential as the claims of a signed badge."""
    school = credential.school
    number, place = divmod(credential.id, PLACES)
    listed = site.status(school, number, algorithm)
    given = began(credential.issued_on, school.zone)
    ends = began(credential.valid_until + timedelta(days=1), school.zone) if credential.valid_until else None
    return {
        "@context": CONTEXTS,
        "id": site.credential(credential.slug),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": credential.title,
        "issuer": profile(school, site),
        "validFrom": stamp(given),
        **({"validUntil": stamp(ends)} if ends else {}),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": credential.holder, "identityType": "name"}],
            "licenseNumber": credential.number,
            "achievement": achievement(credential, version, skills, site),
        },
        "credentialStatus": {
            "id": f"{listed}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place),
            "statusListCredential": listed,
        },
        "iss": site.issuer(school),
        "jti": site.credential(credential.slug),
        "nbf": int(given.timestamp()),
        **({"exp": int(ends.timestamp())} if ends else {}),
    }


def achievement(credential: Credential, version: ProgrammeVersion, skills: Sequence[Skill], site: Site) -> dict[str, Any]:
    """What was learnt: one version of a programme."""
    programme = version.programme
    hours = "\n".join(f"{module.code} {module.title}: {module.hours}" for module in version.modules if module.parent_id is None)
    said: dict[str, Any] = {
        "id": f"{site.url}/programmes/{programme.slug}#version-{version.number}",
        "type": ["Achievement"],
        "achievementType": TYPES[programme.kind],
        "name": credential.title,
        "description": version.summary or credential.title,
        "criteria": {"narrative": hours or str(programme)},
        "humanCode": programme.code,
        "creditsAvailable": credential.hours,
        "tag": [skill.title_en for skill in skills],
    }
    return said | ({"specialization": credential.qualification} if credential.qualification else {})


def status_list(school: Organisation, number: int, revoked: Iterable[int], site: Site, algorithm: Algorithm, today: date) -> dict[str, Any]:
    """The credentials of a school with keys from `number` × PLACES on, a bit each: set means revoked."""
    listed, since = site.status(school, number, algorithm), datetime.combine(today, time(), UTC)
    return {
        "@context": CONTEXTS[:1],
        "id": listed,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": site.issuer(school),
        "validFrom": stamp(since),
        "credentialSubject": {
            "id": f"{listed}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": int(KEPT_FOR.total_seconds() * 1000),
            "encodedList": bits(key % PLACES for key in revoked),
        },
        "iss": site.issuer(school),
        "jti": listed,
        "nbf": int(since.timestamp()),
    }


def bits(places: Iterable[int]) -> str:
    """The places as a bitstring, the first bit left, compressed, in base64url behind its sign `u` (multibase)."""
    row = bytearray(PLACES // 8)
    for place in places:
        row[place // 8] |= 0x80 >> place % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(row), mtime=0)).rstrip(b"=").decode()


def began(day: date, zone: str) -> datetime:
    """The first moment of a day where the school is."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def stamp(moment: datetime) -> str:
    """A moment as badges write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
