"""Flask-Login's idea of a user: who is signed in, with the token of the session."""

from dataclasses import dataclass

from flask_login import current_user


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, as plain values; the id in the cookie is the session's revocable token."""

    id: int
    name: str
    language: str
    theme: str | None
    token: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The session's token."""
        return self.token


def signed_in() -> SignedIn | None:
    """Whoever is signed in on this request."""
    user = current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None
