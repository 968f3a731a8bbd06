"""Keep a document within its size: always the same cuts, in the same order, and said so."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from routing.engine.decisions import RuleOutcome, RulesetOutcome
from routing.terms import RuleResult

MAXIMUM_BYTES: Final = 10_240
# What the sentence about cuts may take.
RESERVED_BYTES: Final = 400
LONG_TEXT: Final = 120
FEW_AGENTS: Final = 10

Document = dict[str, Any]
Cut = Callable[[Document], bool]
NAME, RESULT, NOTE = attrgetter("name"), attrgetter("result"), attrgetter("note")
# A rule without its name: {"name": "", "result": "processed"}
LEAST_OF_RULE: Final = 35


def size(document: Document) -> int:
    """Bytes as PostgreSQL prints the document: UTF-8, with blanks after colons and commas."""
    return len(json.dumps(document, ensure_ascii=False).encode())


def fit(
    document: Document, limit: int = MAXIMUM_BYTES, *, made: Mapping[Cut, bool] | None = None
) -> Document:
    """The document itself if it is small enough, else a copy with a `truncated` list of cuts.

    `made` are cuts that the document was written with (`certain_cuts`).
    """
    made = made or {}
    if not made and size(document) <= limit:
        return document
    document = json.loads(json.dumps(document))
    said: list[str] = []
    for cut, sentence in CUTS:
        if cut not in made and size(document) <= limit - RESERVED_BYTES:
            break
        if cut(document) or made.get(cut):
            said.append(sentence)
    if size(document) > limit - RESERVED_BYTES:
        document, said = _essence(document, limit), ["Only the outcome is kept."]
    return {**document, "truncated": said}


def with_seen(document: Document, seen: Document | None, limit: int) -> Document:
    """The document with what was seen, if both have room; fewer agents are listed for it, because
    it tells of all of them. Without room for it the document as it is."""
    if seen is None:
        return document
    room = limit - size({"seen": seen})
    if size(document) <= room:
        return {**document, "seen": seen}
    few = fit(document, room)
    return {**few, "seen": seen} if few.get("agents_considered") else document


def certain_cuts(
    rulesets: Sequence[RulesetOutcome], limit: int = MAXIMUM_BYTES
) -> Mapping[Cut, bool]:
    """The cuts that rules of these outcomes surely need, and whether each leaves something out.

    Known before the rules are written down, because writing hundreds of them takes longer than
    deciding. Empty where only the size of the document can tell.
    """
    rules = [rule for ruleset in rulesets for rule in ruleset.rules]
    results = list(map(RESULT, rules))
    if not _are_too_many(rules, results.count(RuleResult.PROCESSED), limit):
        return {}
    return {
        _omit_not_processed: RuleResult.NOT_PROCESSED in results,
        _shorten_texts: _has_long(rules),
        _omit_processed: True,
    }


def _are_too_many(rules: Sequence[RuleOutcome], processed: int, limit: int) -> bool:
    """Whether the rules that did not match take more than the limit, however short the rest is."""
    least = processed * LEAST_OF_RULE
    if least > limit:
        return True
    names = (len(rule.name) for rule in rules if rule.result is RuleResult.PROCESSED)
    return least + sum(min(length, LONG_TEXT) for length in names) > limit


def _has_long(rules: Sequence[RuleOutcome]) -> bool:
    """Whether a text of a rule that was processed is to be cut; mostly no text at all is long."""
    longest = max(map(len, map(NAME, rules)))
    if longest <= LONG_TEXT and not any(map(NOTE, rules)):
        return False
    return any(
        len(rule.name) > LONG_TEXT or len(rule.note) > LONG_TEXT
        for rule in rules
        if rule.result is not RuleResult.NOT_PROCESSED
    )


def _shorten_texts(document: Document) -> bool:
    return _rewrite(document, LONG_TEXT)


def _fewer_agents(document: Document) -> bool:
    agents = document.get("agents_considered") or []
    document["agents_considered"] = agents[:FEW_AGENTS]
    return len(agents) > FEW_AGENTS


def _omit_not_processed(document: Document) -> bool:
    return _omit_rules(document, RuleResult.NOT_PROCESSED)


def _omit_processed(document: Document) -> bool:
    return _omit_rules(document, RuleResult.PROCESSED)


def _omit_matched(document: Document) -> bool:
    return _omit_rules(document, RuleResult.MATCHED)


def _no_agents(document: Document) -> bool:
    return bool(document.pop("agents_considered", None))


CUTS: Final[tuple[tuple[Cut, str], ...]] = (
    (_omit_not_processed, "Rules that were not processed are counted only."),
    (_shorten_texts, f"Texts are cut to {LONG_TEXT} characters."),
    (_omit_processed, "Rules that did not match are counted only."),
    (_fewer_agents, f"Only the first {FEW_AGENTS} agents are listed."),
    (_omit_matched, "Rules that matched without being applied are counted only."),
    (_no_agents, "Agents are counted only."),
)


def _omit_rules(document: Document, result: RuleResult) -> bool:
    omitted = False
    for ruleset in _rulesets(document):
        rules = ruleset.get("rules", [])
        ruleset["rules"] = [rule for rule in rules if rule["result"] != result]
        count = len(rules) - len(ruleset["rules"])
        if count:
            ruleset["omitted"] = dict(
                Counter(ruleset.get("omitted", {})) + Counter({result: count})
            )
            omitted = True
    return omitted


def _rulesets(document: Document) -> Iterator[Document]:
    for stage in document.get("stages", []):
        yield from stage.get("rulesets", [])


def _rewrite(value: Any, longest: int) -> bool:
    """Shorten the texts inside, keys excepted; whether any was."""
    shortened = False
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inside, str) and len(inside) > longest:
            value[key] = inside[: longest - 1] + "…"
            shortened = True
        elif isinstance(inside, dict | list):
            shortened = _rewrite(inside, longest) or shortened
    return shortened


def _essence(document: Document, limit: int) -> Document:
    """Single values only, as many as there is room for, in the order they stand in."""
    kept: Document = {}
    for key, value in document.items():
        is_single = not isinstance(value, dict | list)
        if is_single and size({**kept, key: value}) <= limit - RESERVED_BYTES:
            kept[key] = value
    return kept
