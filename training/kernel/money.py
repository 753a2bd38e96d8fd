"""Money as whole minor units with their currency; never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from training.kernel.i18n import format_money

_DIGITS = {"JPY": 0, "KRW": 0}


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (kopecks, cents) of an ISO 4217 currency."""

    minor: int
    currency: str = "RUB"

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str = "RUB") -> "Money":
        """Money from an amount in major units, rounded half up to the minor unit."""
        digits = _DIGITS.get(currency, 2)
        return cls(int((Decimal(amount) * 10**digits).quantize(Decimal(1), ROUND_HALF_UP)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units."""
        return Decimal(self.minor).scaleb(-_DIGITS.get(self.currency, 2))

    def __add__(self, other: "Money") -> "Money":
        """The sum of two amounts of one currency."""
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        """The amount as the reader writes it, without a fraction when there is none."""
        return format_money(self.amount, self.currency)
