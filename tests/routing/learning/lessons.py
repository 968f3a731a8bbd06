"""Made-up closed work that can be told apart by its words."""

from random import Random

from routing.learning.train import Lesson

WORDS = {
    "Billing": ["invoice", "refund", "charge", "payment", "card", "bank", "paid", "bill", "amount"],
    "Machines": [
        "leak",
        "grinder",
        "water",
        "machine",
        "descale",
        "broken",
        "pump",
        "steam",
        "filter",
    ],
    "Orders": [
        "parcel",
        "delivery",
        "order",
        "courier",
        "address",
        "late",
        "tracking",
        "box",
        "arrive",
    ],
}
FILLING = [
    "hello",
    "please",
    "help",
    "me",
    "with",
    "my",
    "today",
    "since",
    "about",
    "question",
    "have",
    "since",
    "we",
]
MINUTES = {"Billing": 4.0, "Machines": 20.0, "Orders": 8.0}


def lessons(count: int, *, skills: tuple[str, ...] = tuple(WORDS), seed: int = 1) -> list[Lesson]:
    """Each about one of the skills, a fifth of them about a second one."""
    random = Random(seed)
    return [_lesson(random, skills) for _ in range(count)]


def _lesson(random: Random, skills: tuple[str, ...]) -> Lesson:
    first = random.choice(skills)
    chosen = {first, *([random.choice(skills)] if random.random() < 0.2 else [])}
    words = [word for skill in sorted(chosen) for word in random.sample(WORDS[skill], 3)]
    words += random.choices(FILLING, k=8)
    random.shuffle(words)
    minutes = MINUTES[first] * random.uniform(0.8, 1.2)
    return Lesson(text=" ".join(words), skills=tuple(sorted(chosen)), number=minutes)
