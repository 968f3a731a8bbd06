"""Who writes to the demo organisation, and about what."""

from dataclasses import dataclass, field
from typing import Any, Final

from workstreams.models import Account, Contact, Record, RecordType

ACCOUNTS: Final = ("Fabrikam Offices", "Northwind Cafés", "Adventure Works Hotels")
# Name, tier, language, number of the account (none: a private person).
CONTACTS: Final[tuple[tuple[str, str, str, int | None], ...]] = (
    ("Lena Hartmann", "gold", "German", 0),
    ("Marc Dubois", "standard", "French", 1),
    ("Sofía Navarro", "standard", "Spanish", 1),
    ("Tom Whitaker", "standard", "English", None),
    ("Ruth Adeyemi", "gold", "English", 2),
    ("Paul Schneider", "standard", "German", None),
    ("Chloé Laurent", "gold", "French", 2),
    ("Diego Morales", "standard", "Spanish", None),
    ("Emily Clarke", "standard", "English", 0),
    ("Noah Fischer", "standard", "German", 1),
    ("Aisha Khan", "standard", "English", None),
    ("George Papadakis", "standard", "English", 2),
)
# Cases that are open: whose, and what about.
CASES: Final = (
    ("Lena Hartmann", "Grinder of the office machine is loud"),
    ("Sofía Navarro", "Two parcels charged, one delivered"),
    ("Tom Whitaker", "Barista 300 leaks again"),
)


@dataclass(frozen=True, kw_only=True)
class Concern:
    """What a customer wants, and how the talk about it goes."""

    workstream: str
    title: str
    first: str = ""
    customer: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    weight: int = 1


CONCERNS: Final = (
    Concern(
        workstream="Contoso chat",
        title="Refund for a returned machine",
        first="Hi, I returned my espresso machine two weeks ago. Where is my refund?",
        customer=("It is order 48213.", "Great, thank you!", "That is all, bye."),
        agent=(
            "I am sorry about the wait. Could you give me the order number?",
            "Thank you. The refund was approved today and arrives within three days.",
            "You are welcome. Anything else I can do?",
        ),
        weight=3,
    ),
    Concern(
        workstream="Contoso chat",
        title="Machine leaks water",
        first="My machine leaks water from below since this morning.",
        customer=("It is the Barista 300.", "Ah, that was it. It is dry now!"),
        agent=(
            "Oh no. Which model is it?",
            "Please take out the water tank and press its seal back in, all the way round.",
            "Good to hear. Enjoy your coffee!",
        ),
        weight=3,
    ),
    Concern(
        workstream="Contoso chat",
        title="Where is my order?",
        first="Hello, my order should have been here on Monday.",
        customer=("It is 50117.", "Tomorrow is fine, thanks."),
        agent=(
            "Let me look. What is the order number?",
            "The parcel is at the local depot and comes tomorrow before noon.",
        ),
        weight=4,
    ),
    Concern(
        workstream="Contoso chat",
        title="Change my subscription",
        first="Can I get the dark roast instead, and only every second month?",
        customer=("Yes, from the next parcel on.", "Perfect."),
        agent=(
            "Of course. Shall the change start with the next parcel?",
            "Done: dark roast, every second month.",
        ),
        weight=2,
    ),
    Concern(
        workstream="Contoso sales chat",
        title="Machine for an office of 30",
        first="Which machine would you take for an office with 30 people?",
        customer=("About 60 cups.", "And a service contract?", "Send me the offer, please."),
        agent=(
            "Happy to help! How many cups a day do you expect?",
            "Then I would take the Bistro 900. It grinds for 80 cups a day.",
            "Included for two years. Shall I send you an offer?",
        ),
        weight=3,
    ),
    Concern(
        workstream="Contoso sales chat",
        title="Price of the Barista 300",
        first="Is the Barista 300 still on sale?",
        customer=("Until when?", "Then I will order today."),
        agent=("Yes, 15 % off at present.", "Until Sunday midnight."),
        weight=2,
    ),
    Concern(
        workstream="Contoso text messages",
        title="Delivery window",
        first="Can the courier come after 5 pm?",
        customer=("Thanks!",),
        agent=("Yes, I moved it to 17:00-20:00.",),
        weight=2,
    ),
    Concern(
        workstream="Contoso cases",
        title="Invoice shows the wrong address",
        data={"topic": "billing", "severity": "normal"},
        weight=2,
    ),
    Concern(
        workstream="Contoso cases",
        title="Spare part for a grinder",
        data={"topic": "machines", "severity": "normal"},
        weight=2,
    ),
    Concern(
        workstream="Contoso cases",
        title="Complaint about a late delivery",
        data={"topic": "complaint", "severity": "high"},
    ),
    Concern(workstream="Contoso phone", title="Call about an order", weight=2),
    Concern(workstream="Contoso phone", title="Call about a machine"),
)
CONCERN_OF_TITLE: Final = {concern.title: concern for concern in CONCERNS}


def create_contacts() -> None:
    """Customers who are known already."""
    accounts = [Account.objects.create(name=name) for name in ACCOUNTS]
    Contact.objects.bulk_create(
        Contact(
            name=name,
            email=f"{name.split()[0].lower()}@example.com".replace("í", "i").replace("é", "e"),
            phone=f"+1 555 01{number:02}",
            account=accounts[account] if account is not None else None,
            data={"tier": tier, "language": language},
        )
        for number, (name, tier, language, account) in enumerate(CONTACTS)
    )
    _create_cases()


def _create_cases() -> None:
    """Conversations of these customers are linked to them."""
    case = RecordType.objects.get(name="case")
    for number, (name, title) in enumerate(CASES, start=1027):
        contact = Contact.objects.get(name=name)
        Record.objects.create(
            record_type=case,
            number=f"CAS-{number:05}",
            title=title,
            contact=contact,
            account=contact.account,
        )
