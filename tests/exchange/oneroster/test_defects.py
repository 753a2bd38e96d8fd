"""What a bundle gets wrong is said with file, row and column."""

import pytest

from tests.exchange.oneroster.bundles import FILES, checked, found, sentences, zipped
from tests.factories import actor_of, make_school
from training.exchange import services
from training.kernel.policy import Role


@pytest.fixture
def manager(app):
    return actor_of(make_school(), Role.MANAGER)


def changed(file: str, before: str, after: str) -> dict[str, str]:
    """One file of the sound bundle with something else in it."""
    assert before in FILES[f"{file}.csv"]
    return {file: FILES[f"{file}.csv"].replace(before, after)}


@pytest.mark.parametrize(
    ("files", "row", "sentence"),
    [
        (changed("users", "u2,,,true,sch", "u2,,,true,sch9"), ("users.csv", 3, "bad", ["E3"]), "“sch9” does not stand in orgs.csv"),
        (changed("users", "u2,,,true", "u1,,,true"), ("users.csv", 3, "bad", ["A3"]), "stands in row 2 already"),
        (changed("users", "Gordeev", ""), ("users.csv", 3, "bad", ["J3"]), "familyName: The value is missing"),
        (changed("users", "u2,,,true", "u2,,,yes"), ("users.csv", 3, "bad", ["D3"]), "“yes” is not among the words"),
        (changed("users", "nina@example.org", "nina at home"), ("users.csv", 2, "bad", ["M2"]), "not an e-mail address"),
        (changed("users", ",teacher,", ",king,"), ("users.csv", 4, "bad", ["F4"]), "“king” is not among"),
        (changed("users", "u3,,", "u 3,,"), ("users.csv", 4, "bad", ["A4"]), "one word of at most 255 signs"),
        (changed("users", "u3,,,true", "u3,,true"), ("users.csv", 4, "bad", [None]), "do not fit the heading"),
        (changed("users", "middleName", "midleName"), ("users.csv", 1, "bad", ["K1", None]), "has no such column"),
        (changed("demographics", "2009-02-03", "3/02/2009"), ("demographics.csv", 3, "bad", ["D3"]), "“3/02/2009” is no day"),
        (changed("demographics", "u2,", "u9,"), ("demographics.csv", 3, "bad", ["A3"]), "“u9” does not stand in users.csv"),
        (changed("orgs", ",school", ",shop"), ("orgs.csv", 2, "bad", ["E2"]), "“shop” is not among"),
        (changed("academicSessions", "2027-06-30", "2026-06-30"), ("academicSessions.csv", 2, "bad", ["G2"]), "ends before it begins"),
        (changed("academicSessions", ",2027\n", ",27\n"), ("academicSessions.csv", 2, "bad", ["I2"]), "four figures"),
        (changed("classes", ",y,", ",z,"), ("classes.csv", 2, "bad", ["K2"]), "“z” does not stand in academicSessions.csv"),
        (changed("enrollments", "e1,,,k", "e1,,,l"), ("enrollments.csv", 2, "bad", ["D2"]), "“l” does not stand in classes.csv"),
        (changed("enrollments", "u3", "u8"), ("enrollments.csv", 3, "bad", ["F3"]), "“u8” does not stand in users.csv"),
        (changed("manifest", "orgs,bulk", "orgs,all"), ("manifest.csv", 4, "bad", ["B4"]), "“all” is not among"),
        (changed("manifest", "orgs,bulk", "orgs,absent"), ("manifest.csv", 4, "bad", ["B4"]), "though the manifest says that it is absent"),
        (changed("manifest", "file.orgs,bulk\n", ""), ("manifest.csv", 1, "bad", ["A1"]), "does not name orgs.csv"),
        (changed("manifest", "file.orgs", "file.results,bulk\nfile.orgs"), ("manifest.csv", 4, "bad", ["B4"]), "results.csv is not in"),
        (changed("manifest", "orgs,bulk", "orgs,delta"), ("orgs.csv", 2, "bad", ["B2", "C2"]), "says this of each row"),
    ],
)
def test_a_defect_is_said_where_it_is(manager, files, row, sentence):
    batch = checked(manager, zipped(FILES, **files))

    assert row in found(batch)
    assert sentence in sentences(batch)[row[0], row[1]]


def test_a_file_under_another_name_or_in_other_letters_is_told_of(manager):
    files = {name: content for name, content in FILES.items() if name != "orgs.csv"}
    strange = {"data/Orgs.csv": FILES["orgs.csv"], "userprofiles.csv": "sourcedId\n"}
    batch = checked(manager, zipped(files | strange, users=FILES["users.csv"].replace("Orlova", "Орлова").encode("cp1251", "replace")))

    said = sentences(batch)
    assert "lies in a folder" in said["orgs.csv", 1]
    assert "Orgs.csv is to be called orgs.csv" in said["orgs.csv", 1]
    assert "not written in UTF-8" in said["users.csv", 1]
    assert batch.ready == 2
    assert "does not name userProfiles.csv" in said["manifest.csv", 1]
    assert "userprofiles.csv is to be called userProfiles.csv" in said["manifest.csv", 1]


def test_sentences_are_in_the_language_of_whoever_uploads(manager, monkeypatch):
    monkeypatch.setattr(services, "language", lambda: "ru")
    batch = checked(manager, zipped(FILES, **changed("orgs", ",school", ",shop")))

    said = sentences(batch)["orgs.csv", 2]
    assert "нет среди слов стандарта" in said
