"""The entry of a method that a form was opened for, wherever it stands now."""

from django.http import QueryDict

from routing.forms.opened import number_now
from routing.method_parts import NOUNS, RULES, MethodPart, PartKind, part_of
from workstreams.models import AssignmentMethod


def part_now(
    method: AssignmentMethod, slug: str, number: int | None, *, sent: QueryDict
) -> tuple[MethodPart | None, int | None]:
    """The list of this address, and the number in it; refuses as ``number_now`` does. Rules are
    those of the ruleset that the form names."""
    revision, found = method.revision, RULES.fullmatch(slug)
    if found:
        rulesets, noun = method.document()["rulesets"], NOUNS[PartKind.RULESETS]
        asked = int(found[1])
        place = number_now(rulesets, asked, sent, revision=revision, noun=noun, by="opened_in")
        slug = f"rules-{place}"
    part = part_of(method, slug)
    if part is not None and number is not None:
        number = number_now(part.entries, number, sent, revision=revision, noun=part.noun)
    return part, number
