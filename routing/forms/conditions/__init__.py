"""The builder of a condition: groups and rows as people edit them, with or without scripts.

A condition becomes nodes (``from_document``), is shown as fields, comes back as what was
posted (``posted``), may be changed by a button (``edits``), and becomes a condition again
(``document``) that equals the first one where nothing was touched.
"""

from routing.forms.conditions.builder import Builder

__all__ = ["Builder"]
