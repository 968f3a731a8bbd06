"""Page-shaped and document-shaped reads, each in a fixed number of statements."""
