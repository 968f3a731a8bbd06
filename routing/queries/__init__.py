"""Page-shaped reads of routing, each in a fixed number of statements."""
