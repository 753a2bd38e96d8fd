"""The base of every table."""

from typing import Any, ClassVar

from sqlalchemy import MetaData, orm
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from training.kernel.db.types import ANNOTATIONS
from training.kernel.register import Register

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(DeclarativeBase):
    """A row with an integer key that is never given twice."""

    __abstract__ = True
    __register__: ClassVar[Register]

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = ANNOTATIONS

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Adds AUTOINCREMENT on SQLite, so that a key is never given twice there either."""
        if "__tablename__" in cls.__dict__:
            given: Any = cls.__dict__.get("__table_args__", ())
            options: dict[str, Any] = {"sqlite_autoincrement": True}
            if isinstance(given, dict):
                given, options = (), options | given
            elif given and isinstance(given[-1], dict):
                given, options = given[:-1], options | given[-1]
            cls.__table_args__ = (*given, options)
        super().__init_subclass__(**kwargs)

    def __repr__(self) -> str:
        """The kind and the key; never a person's data."""
        return f"<{type(self).__name__} {self.__dict__.get('id')}>"


def relationship(*args: Any, **kwargs: Any) -> Any:
    """A relationship that a query must load on purpose: touching it otherwise is an error."""
    return orm.relationship(*args, **{"lazy": "raise", **kwargs})
