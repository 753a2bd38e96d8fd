"""What a pasted badge is worth, in words, for anybody."""

import io
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from joserfc.jwk import OKPKey

from tests.courses.factories import SYSTEM, make_credential
from tests.factories import actor_of
from training.courses.badges import checking, queries, services, signing, tokens
from training.courses.badges.commands import group
from training.courses.badges.workflow import Algorithm, Verdict
from training.courses.credentials import queries as credentials
from training.courses.credentials import services as issuing
from training.kernel.db import db
from training.kernel.policy import Role, System


def issued():
    services.ensure_keys(System("test"))
    return make_credential()


def verdict(token):
    return checking.check(token, signing.site()).verdict


def spelt(piece, change):
    """A part of a token with other content."""
    content = json.loads(urlsafe_b64decode(piece + "=" * (-len(piece) % 4)))
    return urlsafe_b64encode(json.dumps(change(content)).encode()).rstrip(b"=").decode()


@pytest.mark.usefixtures("app")
class TestCheck:
    @pytest.mark.parametrize("algorithm", list(Algorithm))
    def test_says_valid_then_revoked(self, algorithm):
        credential = issued()
        token = signing.badge(credential, algorithm)
        assert verdict(f"  {token[:90]}\n{token[90:]} ") is Verdict.VALID

        issuing.revoke(actor_of(credential.school, Role.MANAGER), credentials.credential(SYSTEM, credential.id), reason="Wrong")

        assert verdict(token) is Verdict.REVOKED

    @pytest.mark.parametrize("algorithm", list(Algorithm))
    def test_no_single_character_can_be_changed(self, algorithm):
        token = signing.badge(issued(), algorithm)
        places = [*range(0, len(token), 29), len(token) - 1, len(token) - 2]

        for place in places:
            for other in "Ag0-":
                if token[place] not in ("." + other):
                    changed = token[:place] + other + token[place + 1 :]
                    assert verdict(changed) in (Verdict.BROKEN, Verdict.FOREIGN), place

    def test_a_key_that_is_not_ours_signs_nothing(self):
        credential = issued()
        mine = OKPKey.generate_key("Ed25519")
        read = tokens.parts(signing.badge(credential, Algorithm.EDDSA))
        assert read is not None
        head, claims = read
        header = {"typ": "JWT", "kid": head["kid"]}

        assert verdict(tokens.written(claims, header, Algorithm.EDDSA, mine)) is Verdict.BROKEN
        assert verdict(tokens.written(claims, {**header, "kid": "theirs"}, Algorithm.EDDSA, mine)) is Verdict.BROKEN
        elsewhere = {**claims, "iss": "https://school.example/issuer"}
        assert verdict(tokens.written(elsewhere, {**header, "kid": "theirs"}, Algorithm.EDDSA, mine)) is Verdict.FOREIGN

    @pytest.mark.parametrize("name", ["none", "HS256", "RS512", "EdDSA"])
    def test_the_token_does_not_choose_its_algorithm(self, name):
        head, body, signature = signing.badge(issued(), Algorithm.RS256).split(".")

        assert verdict(".".join([spelt(head, lambda header: header | {"alg": name}), body, signature])) is Verdict.BROKEN

    def test_a_signed_list_is_no_badge(self):
        credential = issued()

        assert verdict(signing.status_list(queries.issuer(SYSTEM, credential.school.slug), 0, Algorithm.RS256)) is Verdict.UNREADABLE

    @pytest.mark.parametrize("token", ["x", "a.b", "ж.ж.ж", "." * 5, "a" * 200_000, "{}"])
    def test_anything_else_is_not_a_badge(self, token):
        assert verdict(token) is Verdict.UNREADABLE

    @pytest.mark.parametrize("token", ["..", "a.b.c", "e30.e30.e30", "W10.W10.W10", "bnVsbA.bnVsbA.", "e30.eyJpc3MiOnt9fQ.x"])
    def test_broken_pieces_break_nothing(self, token):
        assert verdict(token) in (Verdict.BROKEN, Verdict.FOREIGN)


class TestPages:
    def test_a_stranger_downloads_pastes_and_later_sees_it_revoked(self, client):
        credential = issued()
        page = client.get(f"/credentials/{credential.slug}")
        assert "signed with Ed25519" in page.words
        badge = client.get(f"/credentials/{credential.slug}/badge?signed=EdDSA")
        assert badge.response.headers["Content-Disposition"].endswith('.jwt"')

        assert "The badge is valid." in client.submit("/badges/check", token=badge.text).words
        assert credential.holder in client.submit("/badges/check", token=badge.text).words
        changed = badge.text[:-9] + ("A" if badge.text[-9] != "A" else "B") + badge.text[-8:]
        assert "The signature is broken" in client.submit("/badges/check", token=changed).words
        issuing.revoke(actor_of(credential.school, Role.MANAGER), credentials.credential(SYSTEM, credential.id), reason="Wrong hours")
        shown = client.submit("/badges/check", token=badge.text).words
        assert "the school revoked it" in shown
        assert "Wrong hours" not in shown
        assert client.get(f"/credentials/{credential.slug}/badge").status == 404

    def test_a_file_is_read_too(self, client):
        credential = issued()
        token = signing.badge(credential, Algorithm.RS256)
        page = client.get("/badges/check")

        sent = client.post("/badges/check", page.form() | {"file": (io.BytesIO(token.encode()), "badge.jwt")})

        assert "The badge is valid." in sent.words

    def test_nothing_given_is_said_beside_the_field(self, client):
        assert "Paste the badge, or choose its file." in client.submit("/badges/check").words

    def test_keys_issuer_and_list_are_public(self, client):
        credential = issued()
        services.rotate_keys(System("test"))
        keys = json.loads(client.get("/.well-known/jwks.json").text)["keys"]
        issuer = json.loads(client.get(f"/badges/issuers/{credential.school.slug}").text)
        listed = client.get(f"/badges/status/{credential.school.slug}/0/EdDSA")

        assert len(keys) == 4
        assert not any(secret in key for key in keys for secret in ("d", "p", "q"))
        for key in keys:
            assert json.loads(client.get(f"/badges/keys/{key['kid']}").text) == key
        assert issuer["name"] == credential.school.legal_name
        assert listed.response.mimetype == "application/vc+jwt"
        assert client.get(f"/badges/status/{credential.school.slug}/0/none").status == 404
        assert client.get(f"/badges/status/{credential.school.slug}/99999999/EdDSA").status == 404
        assert client.get("/badges/status/nowhere/0/EdDSA").status == 404

    def test_a_draft_has_no_badge(self, client):
        credential = issued()
        db.session.rollback()

        assert client.get(f"/credentials/{credential.slug}x/badge").status == 404


def test_the_command_line_rotates_and_lists(app):
    runner = app.test_cli_runner()
    services.ensure_keys(System("test"))

    rotated, listed = runner.invoke(group, ["rotate-keys"]), runner.invoke(group, ["keys"])

    assert "2 new keys sign now" in rotated.output
    assert listed.output.count("signs") == 2
    assert listed.output.count("retired") == 2
