"""What happens to vacancies by itself."""

from training.candidates.vacancies import queries, services
from training.kernel import clock
from training.kernel.policy import System


def expire() -> None:
    """Closes the vacancies whose last day is over where their employer is."""
    for vacancy in queries.over(clock.today("Pacific/Kiritimati")):
        services.expire(System("vacancies.expire"), vacancy)
