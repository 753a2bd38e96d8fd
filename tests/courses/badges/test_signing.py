"""Badges as others read them: verified by an independent library, listed as revoked, signed by old and new keys."""

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.errors import JoseError
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from tests.courses.factories import SYSTEM, make_credential, make_programme, make_skill, make_version
from tests.factories import actor_of, events_of, make_trainee
from training.courses.badges import content, queries, sealing, services, signing, tokens
from training.courses.badges.workflow import Algorithm, Event
from training.courses.credentials import queries as credentials
from training.courses.credentials import services as issuing
from training.kernel.db import NotFound
from training.kernel.policy import Role, System

CONTEXT = Path(os.environ.get("CADRE_SAMPLES", "/nowhere")) / "openbadges" / "context-3.0.3.js"
BOTH = pytest.mark.parametrize("algorithm", list(Algorithm))

pytestmark = pytest.mark.usefixtures("app")


def pem(key):
    """A public half as other libraries take it."""
    half = sealing.public_half(key.algorithm, key.public)
    return half.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def current(algorithm):
    key = queries.current(algorithm)
    assert key is not None
    return key


def read(token):
    found = tokens.parts(token)
    assert found is not None
    return found


def verifier(algorithm):
    return OB3Verifier(pubkey_pem=pem(current(algorithm)))


def issued(**given):
    services.ensure_keys(System("test"))
    skill = make_skill(title_en="Reads drawings")
    version = make_version(make_programme(title="Наладчик станков", qualification="Наладчик"), skills={skill.id: 3}, modules={"PM.01": 60})
    return make_credential(version=version, **given)


def fetched(url):
    """What the address of a status list gives, without a network."""
    _rest, _badges, _status, slug, number, name = url.rsplit("/", 5)
    school = queries.issuer(SYSTEM, slug)
    return signing.status_list(school, int(number), Algorithm(name)).encode()


def revoke(credential):
    issuing.revoke(actor_of(credential.school, Role.MANAGER), credentials.credential(SYSTEM, credential.id), reason="Wrong hours")


@BOTH
def test_another_library_verifies_a_badge_and_its_status(algorithm):
    trainee = make_trainee()
    credential = issued(trainee=trainee)
    token = signing.badge(credential, algorithm)

    found = verifier(algorithm).verify(token, check_status=True, download=fetched)

    assert found.achievement.name == "Наладчик станков"
    assert (found.issuer.id, found.issuer.name) == (signing.site().issuer(credential.school), credential.school.legal_name)
    header, claims = read(token)
    assert header["kid"] == signing.site().key(current(algorithm).name)
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == trainee.full_name
    assert claims["credentialSubject"]["achievement"]["tag"] == ["Reads drawings"]


@BOTH
def test_another_library_reads_that_one_is_revoked(algorithm):
    credential, other = issued(), issued()
    token, valid = signing.badge(credential, algorithm), signing.badge(other, algorithm)

    revoke(credential)

    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verifier(algorithm).verify(token, check_status=True, download=fetched)
    verifier(algorithm).verify(valid, check_status=True, download=fetched)


@BOTH
def test_another_library_refuses_a_badge_in_which_a_byte_was_changed(algorithm):
    token = signing.badge(issued(), algorithm)
    place = token.index(".") + 40
    changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]

    with pytest.raises(OB3VerificationError):
        verifier(algorithm).verify(changed)


def test_the_list_has_the_least_length_and_the_bits_of_what_was_revoked():
    row = decode_encoded_list(content.bits([0, 9, content.PLACES - 1]))

    assert len(row) * 8 == content.PLACES
    assert set_indices(row) == {0, 9, content.PLACES - 1}


def test_rotation_signs_with_new_keys_and_the_old_ones_still_verify():
    credential = issued()
    before = {one: (signing.badge(credential, one), pem(current(one))) for one in Algorithm}

    assert services.rotate_keys(System("test")) == 2

    keys = queries.keys(SYSTEM)
    assert len(keys) == 4
    assert [one.sealed is None for one in keys] == [False, False, True, True]
    assert [events_of(one) for one in keys[2:]] == [[Event.MADE, Event.RETIRED]] * 2
    for algorithm, (token, old) in before.items():
        OB3Verifier(pubkey_pem=old).verify(token)
        after = signing.badge(credentials.credential(SYSTEM, credential.id), algorithm)
        verifier(algorithm).verify(after, check_status=True, download=fetched)
        with pytest.raises(OB3VerificationError):
            OB3Verifier(pubkey_pem=old).verify(after)


def test_keys_are_made_once_and_a_copy_of_the_database_signs_nothing(monkeypatch):
    assert services.ensure_keys(System("test")) == 2
    assert services.ensure_keys(System("test")) == 0

    key = current(Algorithm.EDDSA)
    private = sealing.opened(Algorithm.EDDSA, key.sealed).as_dict(private=True)["d"]
    assert private not in key.sealed + json.dumps(key.public)
    monkeypatch.setattr(sealing, "_lock", lambda: b"another installation's secret...")
    with pytest.raises(JoseError):
        sealing.opened(Algorithm.EDDSA, key.sealed)


def test_without_keys_there_is_no_badge():
    with pytest.raises(NotFound):
        signing.badge(make_credential(), Algorithm.RS256)


@pytest.mark.skipif(not CONTEXT.is_file(), reason="CADRE_SAMPLES is not set: the published context was left out")
def test_every_word_of_a_badge_is_one_of_the_published_context():
    text = CONTEXT.read_text(encoding="utf-8")
    known = json.loads(text[text.index("{", text.index("module.exports")) : text.rindex("}") + 1])["@context"]
    _header, claims = read(signing.badge(issued(), Algorithm.RS256))
    subject = claims["credentialSubject"]

    def unknown(kind, words):
        return set(words) - set(known[kind]["@context"]) - {"name", "description"}  # those two are of the context before it

    assert unknown("AchievementSubject", subject) == set()
    assert unknown("Achievement", subject["achievement"]) == set()
    assert unknown("IdentityObject", subject["identifier"][0]) == set()
    assert unknown("Profile", claims["issuer"]) == set()
    assert {"OpenBadgeCredential"} <= set(known)
