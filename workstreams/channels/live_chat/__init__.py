"""The chat widget: visitors of a web site, known by a signed token."""
