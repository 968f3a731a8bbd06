"""Names of people for the usernames that history keeps."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat, NullIf, Trim

from agents.models import User


def person_names(usernames: Iterable[str]) -> dict[str, str]:
    """Display names by username; one query. Who was deleted since is left out: the username is
    all that is known."""
    wanted = {username for username in usernames if username}
    if not wanted:
        return {}
    return {user.username: user.display_name for user in User.objects.filter(username__in=wanted)}


def name_by(username: str) -> Subquery:
    """The full name of the person whose username stands in this field of a row, or nothing."""
    whole = Trim(Concat("first_name", Value(" "), "last_name"))
    people = User.objects.filter(username=OuterRef(username))
    return Subquery(people.values_list(NullIf(whole, Value("")))[:1])
