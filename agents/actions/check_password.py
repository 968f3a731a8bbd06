"""A password is long, uncommon, and unlike the names of whom it is for."""

from django.contrib.auth.password_validation import validate_password

from agents.models import User


def check_password(password: str, *, username: str, name: str) -> None:
    """Refuses one that is easily guessed: a ValidationError with every reason."""
    first, _, last = name.strip().partition(" ")
    validate_password(password, User(username=username, first_name=first, last_name=last))
