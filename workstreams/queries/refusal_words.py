"""How the presence is called that a refused offer brought (B 11.3)."""

from typing import Any, NamedTuple

from django.db.models import Case, CharField, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from agents.terms import RefusedOffer
from workstreams.models import ServiceConfiguration
from workstreams.queries.service_configuration import service_configuration


class RefusalWords(NamedTuple):
    """Name and description by the organisation; empty where it gave none."""

    name: str
    description: str


def refusal_words(refused: RefusedOffer) -> RefusalWords:
    """Of one sort of refusal; one query."""
    service = service_configuration()
    return RefusalWords(
        getattr(service, f"{refused}_presence_name"),
        getattr(service, f"{refused}_presence_description"),
    )


def with_presence_text(agents: "QuerySet[Any]") -> "QuerySet[Any]":
    """Each with ``presence_text``: by the organisation after a refusal, else the presence's own;
    None without any presence. No query more."""
    by_refusal = (When(presence__after=each, then=_name_after(each)) for each in RefusedOffer)
    own = Case(*by_refusal, default=Value(""), output_field=CharField())
    text = Coalesce(NullIf(own, Value("")), "presence__presence__text")
    found: QuerySet[Any] = agents.annotate(presence_text=text)
    return found


def _name_after(refused: RefusedOffer) -> Any:
    service = ServiceConfiguration.objects.filter(pk=1)
    return Subquery(service.values(f"{refused}_presence_name"))
