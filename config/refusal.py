"""A refusal: the named exception whose docstring is the sentence the user reads."""

import inspect
import re
from typing import ClassVar

from psycopg.errors import ForeignKeyViolation


class Refusal(Exception):
    """That cannot be done."""

    slug: ClassVar[str] = "refusal"
    status: ClassVar[int] = 409

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "slug" not in cls.__dict__:
            cls.slug = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details
        self.__dict__.update(details)

    def __str__(self) -> str:
        """The first paragraph of the docstring, with `{name}` filled from the details."""
        sentence = inspect.cleandoc(type(self).__doc__ or Refusal.__doc__ or "").split("\n\n")[0]
        return " ".join(sentence.split()).format(**self.details)


class ChosenMeanwhile(Refusal):
    """What this refers to was deleted, or came into use, at the same moment, so nothing was saved.
    Reload the page and choose again.
    """


def refusal_of(error: BaseException) -> Refusal | None:
    """What the database says when it refuses a link to a row that is gone, or the deletion of one
    that got a link: the last one to commit is told. Nothing for its other errors."""
    return ChosenMeanwhile() if isinstance(error.__cause__, ForeignKeyViolation) else None
