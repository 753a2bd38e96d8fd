"""Names after an @, links, and what a text must not contain."""

import pytest

from training.kernel.wiring import Person
from training.threads import words

NINA, FARID, OTHER = Person(1, "Nina Orlova"), Person(2, "Фарид Валеёв"), Person(3, "Nina Petrova")


def named(text, *people):
    return [(one.words, [person.account_id for person in one.people]) for one in words.mentions(text, people)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Nina Orlova please look", [("Nina Orlova", [1])]),
        ("@Orlova Nina please", [("Orlova Nina", [1])]),
        ("@nina orlova", [("nina orlova", [1])]),
        ("(@Nina)", [("Nina", [1])]),
        ("@orlova, @Валеев Фарид!", [("orlova", [1]), ("Валеев Фарид", [2])]),
        ("write to nina@orlova.example or telegram @nina_orlova_52", []),
        ("at @ 5 pm, @5pm", []),
        ("@Ivan Petrov", [("Ivan Petrov", [])]),
        ("@Ivan, are you there?", [("Ivan", [])]),
        ("@Nina Sokolova", [("Nina Sokolova", [])]),
    ],
)
def test_a_name_after_an_at(text, found):
    assert named(text, NINA, FARID) == found


def test_a_first_name_that_two_have_is_nobodys():
    assert named("@Nina", NINA, OTHER) == [("Nina", [])]
    assert named("@Nina Petrova", NINA, OTHER) == [("Nina Petrova", [3])]


def test_links_and_names_are_marked_and_nothing_else():
    text = "@Nina Orlova see https://example.org/a?b=1&c=<b>, (http://x.example/@Nina).\njavascript:alert(1)\n\nftp://x <script>"

    shown = [[[(piece.words, piece.kind) for piece in line] for line in block] for block in words.paragraphs(text, [NINA])]

    assert shown == [
        [
            [
                ("@Nina Orlova", "mention"),
                (" see ", ""),
                ("https://example.org/a?b=1&c=", "link"),
                ("<b>, (", ""),
                ("http://x.example/@Nina", "link"),
                (").", ""),
            ],
            [("javascript:alert(1)", "")],
        ],
        [[("ftp://x <script>", "")]],
    ]


def test_what_cannot_be_seen_is_taken_out():
    assert words.clean("  a\x00b\r\nc\ud800\u202ed\x85\te\n") == "ab\ncd\te"
