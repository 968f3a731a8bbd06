"""Composition root and toolkit: settings, addresses, processes, and what every app builds on."""
