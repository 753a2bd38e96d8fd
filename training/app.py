"""The application, put together: this module and its neighbours at the top alone know every feature."""

from hashlib import sha256

from flask import Flask
from sqlalchemy.orm import configure_mappers

from training import gate
from training.accounts import views as accounts
from training.accounts import wiring as accounts_wiring
from training.accounts.invitations import views as invitations
from training.accounts.invitations import wiring as invitations_wiring
from training.accounts.memberships import views as memberships
from training.accounts.memberships import wiring as memberships_wiring
from training.candidates.applications import views as applications
from training.candidates.applications import wiring as applications_wiring
from training.candidates.interviews import views as interviews
from training.candidates.interviews import wiring as interviews_wiring
from training.candidates.offers import views as offers
from training.candidates.offers import wiring as offers_wiring
from training.candidates.talent import views as talent
from training.candidates.talent import wiring as talent_wiring
from training.candidates.vacancies import views as vacancies
from training.candidates.vacancies import wiring as vacancies_wiring
from training.courses.allocations import views as allocations
from training.courses.allocations import wiring as allocations_wiring
from training.courses.assessments import views as assessments
from training.courses.assessments import wiring as assessments_wiring
from training.courses.attendance import views as attendance
from training.courses.attendance import wiring as attendance_wiring
from training.courses.awards import views as awards
from training.courses.awards import wiring as awards_wiring
from training.courses.badges import views as badges
from training.courses.badges import wiring as badges_wiring
from training.courses.calendar import views as academic_years
from training.courses.calendar import wiring as academic_years_wiring
from training.courses.cohorts import views as cohorts
from training.courses.cohorts import wiring as cohorts_wiring
from training.courses.credentials import views as credentials
from training.courses.credentials import wiring as credentials_wiring
from training.courses.endorsements import views as endorsements
from training.courses.endorsements import wiring as endorsements_wiring
from training.courses.enrolments import views as enrolments
from training.courses.enrolments import wiring as enrolments_wiring
from training.courses.feeds import views as feeds
from training.courses.feeds import wiring as feeds_wiring
from training.courses.gradebooks import views as gradebooks
from training.courses.gradebooks import wiring as gradebooks_wiring
from training.courses.lessons import views as lessons
from training.courses.lessons import wiring as lessons_wiring
from training.courses.materials import views as materials
from training.courses.materials import wiring as materials_wiring
from training.courses.modules import views as modules
from training.courses.modules import wiring as modules_wiring
from training.courses.prerequisites import views as prerequisites
from training.courses.prerequisites import wiring as prerequisites_wiring
from training.courses.programmes import views as programmes
from training.courses.programmes import wiring as programmes_wiring
from training.courses.purchases import views as purchases
from training.courses.purchases import wiring as purchases_wiring
from training.courses.quotas import views as quotas
from training.courses.quotas import wiring as quotas_wiring
from training.courses.recognitions import views as recognitions
from training.courses.recognitions import wiring as recognitions_wiring
from training.courses.remarks import views as remarks
from training.courses.remarks import wiring as remarks_wiring
from training.courses.revocations import views as revocations
from training.courses.revocations import wiring as revocations_wiring
from training.courses.rooms import views as rooms
from training.courses.rooms import wiring as rooms_wiring
from training.courses.rosters import wiring as rosters_wiring
from training.courses.rulings import views as rulings
from training.courses.rulings import wiring as rulings_wiring
from training.courses.scales import views as scales
from training.courses.scales import wiring as scales_wiring
from training.courses.selections import views as selections
from training.courses.selections import wiring as selections_wiring
from training.courses.teams import views as teams
from training.courses.teams import wiring as teams_wiring
from training.courses.transfers import views as transfers
from training.courses.transfers import wiring as transfers_wiring
from training.courses.waivers import views as waivers
from training.courses.waivers import wiring as waivers_wiring
from training.exchange import views as exchange
from training.exchange import wiring as exchange_wiring
from training.exchange.exports import views as exports
from training.exchange.exports import wiring as exports_wiring
from training.files import wiring as files_wiring
from training.files.printouts import views as printouts
from training.files.printouts import wiring as printouts_wiring
from training.insights.calendar import views as calendar
from training.insights.coverage import views as coverage
from training.insights.help import views as help_pages
from training.insights.home import views as home
from training.insights.home import wiring as home_wiring
from training.insights.rights import views as rights
from training.insights.risks import views as risks
from training.insights.risks import wiring as risks_wiring
from training.insights.search import views as search
from training.insights.search import wiring as search_wiring
from training.internships.agreements import views as agreements
from training.internships.agreements import wiring as agreements_wiring
from training.internships.evaluations import views as evaluations
from training.internships.evaluations import wiring as evaluations_wiring
from training.internships.logbooks import views as logbooks
from training.internships.logbooks import wiring as logbooks_wiring
from training.internships.openings import views as openings
from training.internships.openings import wiring as openings_wiring
from training.internships.placements import views as placements
from training.internships.placements import wiring as placements_wiring
from training.internships.scans import views as scans
from training.internships.scans import wiring as scans_wiring
from training.internships.visits import views as visits
from training.internships.visits import wiring as visits_wiring
from training.jobs import wiring as jobs_wiring
from training.kernel import limits, web
from training.kernel.config import ROOT, Config, flask_settings, from_environment
from training.kernel.db import db
from training.kernel.db.engine import listen
from training.kernel.pages import CONVERTERS, Noun
from training.kernel.wiring import wire
from training.notices import views as notices
from training.notices import wiring as notices_wiring
from training.operations import views as operations
from training.operations import wiring as operations_wiring
from training.operations.problems import views as problems
from training.operations.problems import wiring as problems_wiring
from training.organisations import views as organisations
from training.organisations import wiring as organisations_wiring
from training.saved_views import views as saved_views
from training.taxonomy import views as taxonomy
from training.taxonomy import wiring as taxonomy_wiring
from training.threads import views as threads
from training.threads import wiring as threads_wiring
from training.trainees.cards import views as cards
from training.trainees.cards import wiring as cards_wiring
from training.trainees.claims import views as claims
from training.trainees.claims import wiring as claims_wiring
from training.trainees.consents import views as consents
from training.trainees.consents import wiring as consents_wiring
from training.trainees.disclosures import views as disclosures
from training.trainees.disclosures import wiring as disclosures_wiring
from training.trainees.employments import models as _employments  # noqa: F401 - its table
from training.trainees.erasures import views as erasures
from training.trainees.erasures import wiring as erasures_wiring
from training.trainees.exports import views as data_exports
from training.trainees.exports import wiring as data_exports_wiring
from training.trainees.merges import views as merges
from training.trainees.merges import wiring as merges_wiring
from training.trainees.papers import views as papers
from training.trainees.papers import wiring as papers_wiring
from training.trainees.passport import views as passport
from training.trainees.passport import wiring as passport_wiring
from training.trainees.profiles import views as profiles
from training.trainees.profiles import wiring as profiles_wiring
from training.trainees.resumes import views as resumes
from training.trainees.resumes import wiring as resumes_wiring
from training.turns import wiring as turns_wiring


def area(name: str, nouns: list[Noun]) -> Noun:
    """An area's blueprint with those of its nouns inside."""
    first, *others = nouns
    outer, inner = (first, others) if first.name == name else (Noun(name, "training"), nouns)
    for noun in inner:
        outer.register_blueprint(noun)
    return outer


AREAS = [
    area("organisations", [organisations.bp]),
    area("taxonomy", [taxonomy.bp]),
    area("accounts", [accounts.bp, memberships.bp, invitations.bp]),
    area(
        "trainees",
        [
            profiles.bp,
            claims.bp,
            cards.bp,
            consents.bp,
            papers.bp,
            disclosures.bp,
            passport.bp,
            resumes.bp,
            data_exports.bp,
            erasures.bp,
            merges.bp,
        ],
    ),
    area(
        "courses",
        [
            academic_years.bp,
            rooms.bp,
            programmes.bp,
            modules.bp,
            prerequisites.bp,
            waivers.bp,
            remarks.bp,
            endorsements.bp,
            cohorts.bp,
            enrolments.bp,
            teams.bp,
            purchases.bp,
            quotas.bp,
            allocations.bp,
            selections.bp,
            rulings.bp,
            recognitions.bp,
            transfers.bp,
            scales.bp,
            assessments.bp,
            gradebooks.bp,
            lessons.bp,
            materials.bp,
            feeds.bp,
            attendance.bp,
            credentials.bp,
            badges.bp,
            awards.bp,
            revocations.bp,
        ],
    ),
    area("internships", [openings.bp, placements.bp, agreements.bp, scans.bp, logbooks.bp, evaluations.bp, visits.bp]),
    area("candidates", [vacancies.bp, applications.bp, interviews.bp, offers.bp, talent.bp]),
    area("exchange", [exchange.bp, exports.bp]),
    area("saved_views", [saved_views.bp]),
    area("files", [printouts.bp]),
    area("threads", [threads.bp]),
    area("notices", [notices.bp, notices.letters]),
    area("operations", [operations.bp, problems.bp]),
    area("insights", [home.bp, calendar.bp, coverage.bp, risks.bp, help_pages.bp, rights.bp, search.bp]),
]
"""The areas' blueprints, with those of their nouns inside."""

WIRINGS = [
    jobs_wiring.WIRING,
    turns_wiring.WIRING,
    notices_wiring.WIRING,
    threads_wiring.WIRING,
    files_wiring.WIRING,
    printouts_wiring.WIRING,
    exchange_wiring.WIRING,
    exports_wiring.WIRING,
    operations_wiring.WIRING,
    taxonomy_wiring.WIRING,
    organisations_wiring.WIRING,
    accounts_wiring.WIRING,
    memberships_wiring.WIRING,
    invitations_wiring.WIRING,
    profiles_wiring.WIRING,
    claims_wiring.WIRING,
    cards_wiring.WIRING,
    consents_wiring.WIRING,
    papers_wiring.WIRING,
    disclosures_wiring.WIRING,
    passport_wiring.WIRING,
    resumes_wiring.WIRING,
    data_exports_wiring.WIRING,
    erasures_wiring.WIRING,
    merges_wiring.WIRING,
    academic_years_wiring.WIRING,
    rooms_wiring.WIRING,
    programmes_wiring.WIRING,
    modules_wiring.WIRING,
    prerequisites_wiring.WIRING,
    waivers_wiring.WIRING,
    remarks_wiring.WIRING,
    endorsements_wiring.WIRING,
    cohorts_wiring.WIRING,
    enrolments_wiring.WIRING,
    teams_wiring.WIRING,
    rosters_wiring.WIRING,
    purchases_wiring.WIRING,
    quotas_wiring.WIRING,
    allocations_wiring.WIRING,
    rulings_wiring.WIRING,
    selections_wiring.WIRING,
    recognitions_wiring.WIRING,
    transfers_wiring.WIRING,
    scales_wiring.WIRING,
    assessments_wiring.WIRING,
    gradebooks_wiring.WIRING,
    lessons_wiring.WIRING,
    materials_wiring.WIRING,
    feeds_wiring.WIRING,
    attendance_wiring.WIRING,
    credentials_wiring.WIRING,
    badges_wiring.WIRING,
    awards_wiring.WIRING,
    revocations_wiring.WIRING,
    openings_wiring.WIRING,
    placements_wiring.WIRING,
    agreements_wiring.WIRING,
    scans_wiring.WIRING,
    logbooks_wiring.WIRING,
    evaluations_wiring.WIRING,
    visits_wiring.WIRING,
    vacancies_wiring.WIRING,
    applications_wiring.WIRING,
    interviews_wiring.WIRING,
    offers_wiring.WIRING,
    talent_wiring.WIRING,
    home_wiring.WIRING,
    search_wiring.WIRING,
    risks_wiring.WIRING,
    problems_wiring.WIRING,
]


def create_app(config: Config | None = None) -> Flask:
    """The application for one installation; without a configuration, the environment's."""
    app = Flask(
        "training",
        root_path=str(ROOT / "training"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "training" / "static"),
    )
    app.config.from_mapping(flask_settings(config or from_environment()))
    app.extensions["build"] = build()
    db.init_app(app)
    with app.app_context():
        listen(db.engine)
    configure_mappers()
    wire(app, WIRINGS)
    app.url_map.converters.update(CONVERTERS)
    gate.set_up(app)
    web.set_up(app)
    limits.limiter.init_app(app)
    for blueprint in AREAS:
        app.register_blueprint(blueprint)
    return app


def build() -> str:
    """What tells one build from another: the templates' and static files' sizes and times."""
    parts = [
        f"{path}{path.stat().st_mtime_ns}"
        for folder in ("templates", "training")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    ]
    return sha256("".join(parts).encode()).hexdigest()[:12]
