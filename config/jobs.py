"""Jobs are stored in the transaction of what they are about."""

from typing import Any

from django.db import connection
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import JobDeferrer


def defer(job: JobDeferrer, **arguments: Any) -> None:
    """Have a worker do the job, once the transaction is over.

    What the database answers is raised as the errors of any other statement (``OperationalError``
    of a connection that was lost), not as those of the library, which nobody else knows.
    ``AlreadyEnqueued`` where another waits under its queueing lock.
    """
    try:
        job.defer(**arguments)
    except ConnectorException as error:
        if error.__cause__ is None:
            raise
        with connection.wrap_database_errors:
            raise error.__cause__ from None
