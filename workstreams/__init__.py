"""What work is, where it comes in, where it waits."""
