"""Forms of workstreams, their channel instances and queues."""
