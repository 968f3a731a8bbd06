"""What templates of every page show of agents."""
