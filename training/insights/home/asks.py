"""What a turn asks its reader to do, beginning with a verb."""

from training.kernel.i18n import LazyString, _l

ASKS: dict[tuple[str, str], LazyString] = {
    ("organisation", "verify"): _l("Verify an organisation"),
    ("consent", "give"): _l("Answer about the consent"),
    ("consent_paper", "confirm"): _l("Compare a signed consent"),
    ("erasure_request", "erase"): _l("Erase somebody who asked for it"),
    ("programme_version", "publish"): _l("Review a programme"),
    ("endorsement", "give"): _l("Answer whether you endorse a programme"),
    ("seat_purchase", "agree"): _l("Answer an employer that asks for seats"),
    ("seat_purchase", "approve"): _l("Approve people for bought seats"),
    ("allocation", "accept"): _l("Answer about a seat kept for you"),
    ("enrolment", "claim"): _l("Take the seat held for you"),
    ("opening", "open"): _l("Open your internship places"),
    ("placement", "approve"): _l("Answer a request for an internship"),
    ("placement", "accept"): _l("Accept a trainee and name a mentor"),
    ("placement", "agree"): _l("Prepare the agreement"),
    ("agreement_scan", "confirm"): _l("Compare a signed agreement"),
    ("placement", "start"): _l("Expect a trainee"),
    ("placement", "complete"): _l("Complete the internship"),
    ("placement", "evaluate"): _l("Evaluate your trainee"),
    ("placement", "visit"): _l("Plan a visit"),
    ("visit", "report"): _l("Write down what the visit found"),
    ("visit", "confirm"): _l("Answer the report of a visit"),
    ("agreement", "sign"): _l("Sign the agreement"),
    ("logbook_entry", "submit"): _l("Send the logbook entry to your mentor"),
    ("logbook_entry", "countersign"): _l("Countersign a logbook entry"),
    ("application", "move"): _l("Look at an application"),
    ("interview", "confirm"): _l("Confirm the interview"),
    ("interview", "conclude"): _l("Say how the interview went"),
    ("offer", "accept"): _l("Answer an offer"),
    ("problem", "answer"): _l("Answer a report"),
}
"""By the kind of record and the verb of its turn."""
