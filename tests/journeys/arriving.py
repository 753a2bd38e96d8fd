"""How people come to Cadre: sign up by letter, make a profile."""

from datetime import date

from tests.journeys.person import Person

PASSWORD = "copper lantern orchard 41"  # invented for the journeys


def sign_up(one: Person, *, name: str, email: str) -> None:
    """A new account, confirmed by the letter's link and signed in."""
    one.go("/sign-up").fill(name=name, email=email, password=PASSWORD, agreed=True).press("Sign up")
    one.sees("Look into your mail")
    one.open_letter(email)
    one.sees("Confirm your address").press("Confirm the address")
    one.fill(way_in=email, password=PASSWORD).press("Sign in")


def begin_to_learn(one: Person, *, family: str, given: str, born_on: date, patronymic: str = "", town: str = "Димитровград") -> None:
    """A trainee's profile, from the page that asks a new account what it wants to do."""
    one.sees("What would you like to do?").press("Begin to learn")
    one.fill(family_name=family, given_name=given, patronymic=patronymic, born_on=born_on.isoformat(), schooling="upper", town=town)
    one.press("Make my profile")


def home(address: str) -> str:
    """The first page of the organisation that an address belongs to."""
    start, _, rest = address.partition("/o/")
    return f"{start}/o/{rest.split('/')[0]}/"
