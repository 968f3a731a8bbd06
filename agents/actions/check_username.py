"""A username is somebody's alone, in whatever case."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from agents.exceptions import UsernameTaken
from agents.models import User


def check_username(username: str, *, of: User | None = None) -> None:
    """Refuses one that somebody else has."""
    others = User.objects.exclude(pk=of.pk) if of else User.objects.all()
    if others.filter(username__iexact=username).exists():
        raise UsernameTaken(username=username)


@contextmanager
def refusing_taken_usernames(username: str) -> Iterator[None]:
    """Turns the database's refusal into UsernameTaken: of two who write the same at once, neither
    is seen by the other's check."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        if "username" not in str(getattr(diagnostics, "constraint_name", "")):
            raise
        raise UsernameTaken(username=username) from error
