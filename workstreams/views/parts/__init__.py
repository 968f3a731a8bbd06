"""What stands on a workstream's page, a part a file: ``context(workstream)`` is what it shows."""
