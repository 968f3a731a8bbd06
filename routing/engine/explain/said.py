"""Sentences about agents: by their usernames, which stay, or as people call them."""

from collections.abc import Mapping, Sequence


class Said(str):
    """A sentence with the usernames of agents in it, which can be said with their names."""

    form: str
    usernames: Sequence[str]
    others: Mapping[str, str]

    @classmethod
    def of(cls, form: str, *usernames: str, **others: str) -> "Said":
        """The ``form`` has places for the usernames by number, and for what else it says."""
        made = cls(form.format(*usernames, **others))
        made.form, made.usernames, made.others = form, usernames, others
        return made

    def with_names(self, names: Mapping[str, str]) -> str:
        """The same by the names of those whose names are known."""
        called = (names.get(username, username) for username in self.usernames)
        return self.form.format(*called, **self.others)
