"""The organisation of a world: ``python -m tests.promises.seed`` prints everybody's token.

Two push queues (by units, by profile), one to pick from and one behind a chat widget;
thirty agents who serve them all, most of whom know French or Latin. A bot answers first what
comes in by *Questions*. Some customers are known: each is named after the agents whom he may
ever prefer.
"""

import json
import sys

import django

AGENTS = 30
UNITS = 3
QUEUES = ("Chats", "Cases", "Mail", "Help")
OFFER_SECONDS = 8
CUSTOMERS = 8
PREFERRED = 3
# What is said to the bot that it understands; it passes on who says twice what it does not.
ESCALATES, ENDS = "refund", "bye"


def main() -> None:
    """Make it and print ``{username: token}``."""
    django.setup()
    # Models exist only from here on.
    from agents.terms import Role
    from config.clock import database_now
    from config.models import ApiToken
    from routing import configuration
    from tests.factories import make_agent, make_profile, make_queue, make_user, make_workstream
    from tests.factories.bots import make_bot, with_bot
    from tests.factories.work import make_chat_widget
    from tests.factories.workstreams import make_method
    from workstreams.actions.change_preferred_agents import set_preferred_agents
    from workstreams.models import (
        Contact,
        NotificationTemplate,
        ServiceConfiguration,
        Workstream,
    )

    queues = {name: make_queue(name) for name in QUEUES}
    make_method("By rules")
    make_method("Best match", kind="best_match", rulesets=[])
    profile = make_profile("Cases", limit=2)
    make_workstream("Chats", queue=queues["Chats"], persistent_chat=True)
    cases = make_workstream("Cases", queue=queues["Cases"], capacity_format="profile")
    cases.capacity_profiles.add(profile)
    make_workstream("Mail", queue=queues["Mail"], mode="pick")
    with_bot(make_workstream("Questions", queue=queues["Chats"]), make_bot("Helper"))
    make_chat_widget(make_workstream("Help", queue=queues["Help"]), "help")
    short = NotificationTemplate.objects.create(name="Short", countdown_seconds=OFFER_SECONDS)
    Workstream.objects.update(notification_template=short)

    agents = [
        make_agent(
            f"agent-{number:02}",
            units=UNITS,
            queues=list(queues.values()),
            profiles=[profile],
            skills={"French": 1 + number % 10, "Latin": 1 + number % 7},
        )
        for number in range(1, AGENTS + 1)
    ]
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"preferred_agents": True})
    for number in range(CUSTOMERS):
        preferred = agents[PREFERRED * number :][:PREFERRED]
        customer = Contact.objects.create(name=" ".join(each.user.username for each in preferred))
        set_preferred_agents(contact_id=customer.pk, agents=preferred, now=database_now())
    people = [agent.user for agent in agents]
    people.append(make_user("supervisor", Role.SUPERVISOR))
    people.append(make_user("admin", Role.ADMINISTRATOR))
    configuration.publish(by=None, now=database_now())
    json.dump({user.username: ApiToken.issue(user) for user in people}, sys.stdout)


if __name__ == "__main__":
    main()
