"""Have bots asked soon, by the worker: never in the transaction of a request.

The jobs are those of ``workstreams.tasks``, by name: tasks lie above actions. They are stored in
the transaction of the message, and done one after the other for each work item.
"""

from typing import Final

from procrastinate.contrib.django import app

from config.jobs import defer

ANSWER_JOB: Final = "workstreams.tasks.answer_customer"
SUGGEST_JOB: Final = "workstreams.tasks.suggest_to_agent"
QUEUE: Final = "bots"


def wake_bot(item_id: int, *, in_seconds: int = 0) -> None:
    """Have the bot of this work item answer what the customer said."""
    job = app.configure_task(
        ANSWER_JOB,
        lock=f"bot-{item_id}",
        queue=QUEUE,
        schedule_in={"seconds": in_seconds} if in_seconds else None,
    )
    defer(job, item_id=item_id)


def wake_assist_bots(item_id: int, message_id: int) -> None:
    """Have the smart assist bots look at a customer's message."""
    job = app.configure_task(SUGGEST_JOB, lock=f"assist-{item_id}", queue=QUEUE)
    defer(job, message_id=message_id)
