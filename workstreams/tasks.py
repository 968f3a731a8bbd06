"""Jobs of bots."""

from procrastinate.contrib.django import app

from config.clock import database_now
from workstreams.actions.let_bot_answer import let_bot_answer
from workstreams.actions.suggest_to_agent import suggest_to_agent as make_suggestions


@app.task(queue="bots")
def answer_customer(item_id: int) -> None:
    """Has the bot of a conversation answer everything its customer said."""
    while let_bot_answer(item_id=item_id, now=database_now()):
        pass


@app.task(queue="bots")
def suggest_to_agent(message_id: int) -> None:
    """Has the smart assist bots look at what a customer said."""
    make_suggestions(message_id=message_id, now=database_now())
