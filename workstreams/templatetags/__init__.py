"""Template tags of workstreams."""
