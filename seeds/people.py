"""Invented people: no account of the demonstration is a living person's."""

from itertools import count
from typing import NamedTuple

from training.accounts import services
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.kernel.policy import Member, System

ACTOR = System("seeds")
MEN = ("Артём", "Тимур", "Никита", "Глеб", "Максим", "Ильназ", "Павел", "Дамир", "Ярослав", "Роман", "Егор", "Данила")
WOMEN = ("Алиса", "Варвара", "Полина", "Кира", "Регина", "Гульнара", "Дарья", "София", "Лейла", "Марина", "Вера", "Ольга")
FAMILIES = (
    "Белов", "Галимов", "Титов", "Зарипов", "Ершов", "Маслов", "Фомин", "Салимов", "Гордеев", "Кузьмин", "Латыпов", "Иванов", "Ахметов",
    "Усманов", "Николаев", "Орлов", "Степанов", "Хасанов", "Рябов", "Денисов", "Макаров", "Сафин", "Журавлёв", "Емельянов", "Борисов",
)  # fmt: skip
PATRONYMICS = ("Игорев", "Ринатов", "Сергеев", "Андреев", "Маратов", "Олегов", "Павлов")
_made = count()


class Staff(NamedTuple):
    """A member of an organisation, with the actor they are there."""

    membership: Membership
    actor: Member


class Name(NamedTuple):
    """An invented person's name."""

    family: str
    given: str
    patronymic: str


def name(number: int) -> Name:
    """The name of the person of that number; neighbours differ, nobody is met twice within 4,000."""
    woman = number % 2 == 1
    given = (WOMEN if woman else MEN)[(number // 2) % 12]
    family = FAMILIES[(number * 7 + number // 24) % 25] + ("а" if woman else "")
    return Name(family, given, PATRONYMICS[(number // 3) % 7] + ("на" if woman else "ич"))


def account(email: str | None = None, *, login_name: str | None = None, of: Name | None = None) -> Account:
    """An account without a password: in the demonstration one signs in at one click."""
    person = of or name(1000 + next(_made) * 3)
    return services.create(ACTOR, name=f"{person.given} {person.family}", email=email, login_name=login_name, language="ru")
