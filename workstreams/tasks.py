"""Jobs of what comes in from the world: by the clock, and those of bots."""

from procrastinate.contrib.django import app

from config.clock import database_now
from workstreams.actions.let_bot_answer import let_bot_answer
from workstreams.actions.suggest_to_agent import suggest_to_agent as make_suggestions
from workstreams.channels.live_chat.begin_chat import purge_starts


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget-chat-starts", queue="housekeeping")
def forget_chat_starts(timestamp: int) -> None:
    """Removes who began chats once their day is over."""
    purge_starts(now=database_now())


@app.task(queue="bots")
def answer_customer(item_id: int) -> None:
    """Has the bot of a conversation answer everything its customer said."""
    while let_bot_answer(item_id=item_id, now=database_now()):
        pass


@app.task(queue="bots")
def suggest_to_agent(message_id: int) -> None:
    """Has the smart assist bots look at what a customer said."""
    make_suggestions(message_id=message_id, now=database_now())
