"""Work items, rules, versions and events, over HTTP."""
