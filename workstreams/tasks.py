"""Jobs by the clock for what comes in from the world."""

from procrastinate.contrib.django import app

from config.clock import database_now
from workstreams.channels.live_chat.begin_chat import purge_starts


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget-chat-starts", queue="housekeeping")
def forget_chat_starts(timestamp: int) -> None:
    """Removes who began chats once their day is over."""
    purge_starts(now=database_now())
