"""Ways in from the world: the contract of adapters, and one package a channel."""
