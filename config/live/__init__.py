"""What changed, told at once: the reader of the event feed, and the stream to the pages."""
