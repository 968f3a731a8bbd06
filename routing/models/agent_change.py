"""Which agents changed since the router last looked."""

from django.db import models


class AgentChange(models.Model):
    """Insert-only, written by triggers in the transaction of whatever decides about an agent:
    his row and name, presence, load, skills, attributes, profiles and memberships. The active
    router deletes what it has read (``dispatcher.candidates``). A plain number: agents go, too.
    """

    agent_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.agent_id)
