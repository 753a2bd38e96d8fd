"""Every list has search, filters, sort, stable pages, saved views, files and an empty state, or says here why it does without."""

import ast
import re

import pytest
from flask import Flask

from training.kernel.config import ROOT
from training.kernel.listings import Listing
from training.kernel.pages import registered

TEMPLATES = ROOT / "templates"
LISTS = {
    "accounts/memberships/listed": "members",
    "candidates/applications/listed": "applications",
    "candidates/talent/listed": "talent",
    "candidates/vacancies/catalogue": "work",
    "candidates/vacancies/listed": "vacancies",
    "courses/attendance/of_cohort": "attendance",
    "courses/cohorts/listed": "cohorts",
    "courses/cohorts/show": "roster",
    "courses/credentials/listed": "credentials",
    "courses/endorsements/listed": "endorsements",
    "courses/rulings/listed": "rulings",
    "courses/selections/listed": "applicants",
    "courses/transfers/listed": "transfers",
    "courses/programmes/catalogue": "catalogue",
    "courses/programmes/listed": "programmes",
    "courses/purchases/listed": "purchases",
    "courses/purchases/show": "nominees",
    "courses/teams/of_cohort": "teams",
    "courses/quotas/listed": "quotas",
    "exchange/listed": "imports",
    "insights/risks/listed": "risks",
    "internships/openings/catalogue": "internships",
    "internships/openings/listed": "openings",
    "internships/placements/listed": "placements",
    "internships/visits/due": "visits_due",
    "internships/visits/listed": "visits",
    "operations/deliveries": "deliveries",
    "operations/jobs": "jobs",
    "operations/problems/listed": "problems",
    "organisations/listed": "organisations",
    "taxonomy/codes": "codes",
    "taxonomy/occupations": "occupations",
    "taxonomy/skills": "skills",
    "trainees/cards/listed": "cards",
    "trainees/claims/listed": "claims",
    "trainees/disclosures/listed": "trainees",
    "trainees/erasures/listed": "erasures",
}
"""By template: the list that its page shows."""
WITHOUT = {
    "candidates/applications/board": "a board: its list beside it has everything",
    "candidates/applications/mine": "one person's own applications, the newest hundred at most",
    "candidates/interviews/listed": "the interviews of one application: a handful",
    "candidates/offers/listed": "the offers of one application: one or two",
    "courses/calendar/listed": "the academic years of one school: one a year",
    "courses/attendance/mine": "one person's own attendance, the newest lessons first",
    "courses/lessons/mine": "a week of one person's own lessons",
    "courses/rooms/listed": "the rooms of one school: some dozens at most, by name",
    "courses/credentials/mine": "what one person holds: a handful",
    "courses/selections/mine": "one person's own applications by selection: five open ones at most",
    "courses/enrolments/mine": "one person's own study: a handful",
    "courses/scales/listed": "the three scales of a school with their editions: a handful",
    "exchange/exports/listed": "one person's own files, kept for three days",
    "insights/home/learner": "what waits for one person, nearest deadline first",
    "insights/home/member": "what waits for one person, nearest deadline first",
    "insights/search/show": "the answer to a search: tabs by kind narrow it, and each kind has its own list",
    "notices/listed": "one person's own notices, the newest first; read and unread are told apart",
    "notices/log": "the letters of one person, the newest first",
    "trainees/disclosures/looks": "who looked at one person's card, the newest first",
    "trainees/merges/listed": "pairs that a school decides on one by one, the likeliest hundred at most",
    "operations/problems/mine": "what one person reported: a handful",
    "exchange/show": "the rows of one file: tabs narrow them, its report takes all of them away as CSV or XLSX",
    "internships/evaluations/listed": "the evaluations of one placement: three at most",
    "internships/placements/mine": "one person's own placements: a handful",
    "operations/parts": "the gallery of parts: a pager is one of them",
    "operations/mail": "letters that lie as files in a demonstration: searched among the newest hundred, not stored in the database",
}
"""By template: a list that does without, and why."""
PAGES_THAT_LIST = {"listed", "mine", "catalogue", "board", "jobs", "mail"}
GOES_OUT = {
    "members": ["Name", "Role", "Since"],
    "applications": ["Name", "School", "Group", "Stage", "State", "Reason", "Skills met", "Skills asked", "Applied"],
    "talent": ["Name", "School", "Town", "Skills shown", "Skills met", "Match"],
    "work": ["Vacancy", "Employer", "Town", "Occupation", "Employment", "Schedule", "Pay from", "Pay to", "Last day"],
    "vacancies": [
        "Vacancy",
        "Occupation",
        "Town",
        "Pay from",
        "Pay to",
        "Positions",
        "Filled",
        "Published",
        "Last day",
        "State",
    ],
    "cohorts": ["Cohort", "Code", "Programme", "Study form", "Begins", "Ends", "Applications until", "Seats", "Taken", "State"],
    "attendance": ["Name", "Lessons marked", "Was there, %", "Present", "Absent", "Late", "Excused absence", "Remote"],
    "roster": ["Name", "Age", "Seat", "Enrolled", "State"],
    "teams": ["Team", "People", "Seat", "Places", "Still in it", "Where it stands", "Said yes", "Has not answered", "Waits for"],
    "applicants": [
        "Place on the list",
        "Name",
        "Priority group",
        "Points",
        "Certificate average",
        "Priority",
        "Applied",
        "Missing",
        "State",
    ],
    "credentials": ["Number", "Holder", "Programme", "Qualification", "Hours", "Issued", "Valid until", "State"],
    "rulings": ["Number", "What is ordered", "Cohort", "Drafted on", "Signed on", "Signer", "State"],
    "transfers": ["Name", "From school", "To school", "Programme", "Cohort", "Seat", "Asked", "First day", "State"],
    "catalogue": ["Code", "Title", "Kind of programme", "School", "Town", "Months", "Begins", "Applications until", "Free seats"],
    "programmes": ["Code", "Title", "Kind of programme", "Qualification", "Version", "Hours", "Months", "Published", "State"],
    "imports": ["File", "List", "Uploaded", "Uploaded by", "State", "Imported", "Ready", "Need you", "Already there"],
    "internships": ["Title", "Employer", "Town", "Occupation", "First day", "Last day", "Hours a week", "Free places", "Pay a month"],
    "openings": ["Title", "Occupation", "Town", "First day", "Last day", "Hours a week", "Places", "Taken", "State"],
    "placements": ["Trainee", "School", "Employer", "Opening", "First day", "Last day", "Mentor", "State"],
    "visits": ["Begins", "Trainee", "School", "Employer", "Visitor", "How people meet", "State", "How it stands"],
    "visits_due": ["Trainee", "Employer", "Supervisor", "Mentor", "First day", "Last day", "Last visit", "Visit by"],
    "jobs": ["Number", "Task", "State", "Runs", "Attempts", "What went wrong"],
    "organisations": ["Organisation", "Legal name", "What it is", "Town", "Tax number", "State"],
    "trainees": ["Name", "Age", "Group", "Account"],
    "cards": ["Made", "Made by", "Cards", "Cards used"],
    "erasures": ["Trainee", "School", "Asked for", "To be answered by", "Erased", "Records that the law keeps", "State"],
    "deliveries": ["When", "What became of it", "Sent", "The mail server's answer", "To", "Notice", "Record"],
    "problems": ["Number", "Report", "On which page", "Reported", "State"],
    "endorsements": ["Code", "Programme", "School", "Occupation", "Asked", "Endorsed on", "Valid until", "State"],
    "risks": ["Name", "Cohort", "Reasons"],
    "codes": [
        "Code",
        "List",
        "Name in Russian",
        "Name in English",
        "Kind",
        "Qualification level",
        "Qualification",
        "Valid from",
        "Admission until",
        "Replaces",
        "Replaced by",
    ],
    "occupations": ["Address", "Group of ISCO-08", "Name in English", "Name in Russian", "Code of ESCO", "Standing"],
    "skills": ["Address", "Name in English", "Name in Russian", "Kind", "Standing"],
    "purchases": [
        "Number",
        "Programme",
        "Cohort",
        "School",
        "Employer",
        "Begins",
        "Asked for",
        "Seats",
        "Taken",
        "Kept for somebody",
        "State",
    ],
    "quotas": ["School", "Code", "Year", "Quota", "Planned", "Seats left", "Act"],
    "nominees": ["Name", "E-mail", "Personnel number", "Nominated", "Answer until", "State", "Training"],
    "claims": ["Name", "Group", "E-mail", "Invitation", "Invitation until"],
}
"""Everything that may leave the product in a file: a further column is a decision about people's data, made here too."""
COMES_BACK = {
    "codes": GOES_OUT["codes"],
    "occupations": GOES_OUT["occupations"],
    "skills": GOES_OUT["skills"],
    "nominees": ["Number of the purchase", "Family name", "Given name", "Patronymic", "E-mail", "Personnel number"],
    "programmes": ["Code", "Title", "Kind of programme", "Qualification", "Hours", "Length", "Occupation", "Summary"],
    "trainees": ["Family name", "Given name", "Patronymic", "Date of birth", "Group", "Has finished", "E-mail", "Phone", "Town"],
}
"""By list: what goes out to those who may import it, in the layout in which it comes in."""


def listings(application: Flask) -> dict[str, Listing]:
    found: dict[str, Listing] = application.extensions["wiring"].lists
    return found


def test_every_page_that_lists_is_in_the_table():
    found = {
        str(path.relative_to(TEMPLATES).with_suffix(""))
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).parts[0] not in {"components", "emails", "documents", "errors"}
        and (path.stem in PAGES_THAT_LIST or re.search(r"components/(pager|list_page)\.html", path.read_text()))
    }

    assert found == {*LISTS, *WITHOUT}


def test_rows_are_paged_by_what_the_list_says_of_itself():
    paging = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "training").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "paged"
    }

    assert paging == {
        "training/audit/queries.py",
        "training/exchange/queries.py",
        "training/insights/home/queries.py",
        "training/insights/search/queries.py",
        "training/kernel/listings.py",
        "training/notices/queries.py",
    }


def test_every_list_is_wired_and_stands_on_the_page_it_names(application: Flask):
    wired = {name: listing.endpoint for name, listing in listings(application).items()}

    assert wired == {name: template.replace("/", ".") for template, name in LISTS.items()}


@pytest.mark.parametrize("name", sorted(LISTS.values()))
def test_a_list_asks_the_rule_and_the_record_of_its_page(application: Flask, name: str):
    listing = listings(application)[name]
    page = registered(application)[listing.endpoint]

    assert listing.may is page.may
    assert listing.subject is page.subject


@pytest.mark.parametrize("name", sorted(LISTS.values()))
def test_a_list_has_search_filters_orders_and_columns(application: Flask, name: str):
    listing = listings(application)[name]

    assert listing.words
    assert listing.word is not None or listing.match is not None
    assert listing.filters
    assert listing.sorts
    assert listing.first.removeprefix("-") in {one.name for one in listing.sorts}
    names = [one.name for one in listing.filters]
    assert len(set(names)) == len(names)
    assert not {"q", "sort", "page", "view", "of", "as"} & set(names)


@pytest.mark.parametrize("name", sorted(LISTS.values()))
def test_a_list_shows_an_empty_state_and_its_saved_views(name: str):
    [template] = [one for one, listing in LISTS.items() if listing == name]
    text = (TEMPLATES / f"{template}.html").read_text()

    if name == "roster":  # a part of the cohort's page: a sentence, and the parts of a list in the head of a card
        assert "Nobody has a seat yet" in text
        parts = [
            "search_box(roster.",
            "filter_menu(roster)",
            "saved_views(roster)",
            "sort_by(roster.",
            "export_menu(roster.",
            "pager(roster.",
        ]
        assert [part for part in parts if part not in text] == []
    else:
        assert "list_page(asked" in text
        assert "empty(" in text


@pytest.mark.parametrize("name", sorted(LISTS.values()))
def test_nothing_goes_out_that_is_not_on_the_table(application: Flask, name: str):
    assert [str(column.label) for column in listings(application)[name].columns] == GOES_OUT[name]


def test_what_is_imported_goes_out_in_the_same_layout(application: Flask):
    layouts = {name: listing.layout for name, listing in listings(application).items() if listing.layout is not None}
    importers = application.extensions["wiring"].importers

    assert {name: [str(column.label) for column in layout.columns] for name, layout in layouts.items()} == COMES_BACK
    assert {layout.kind for layout in layouts.values()} == set(importers)
    for layout in layouts.values():
        labels = [str(column.label) for column in importers[layout.kind].columns]
        assert {str(column.label) for column in layout.columns} <= set(labels)
        assert layout.may is importers[layout.kind].may
