"""Custom assignment methods: compiled once a piece, asked once for all items that are alike."""
