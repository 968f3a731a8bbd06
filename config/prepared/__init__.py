"""Statements of every action, built once in the life of a process and planned once a connection.

Building SQL takes Django longer than asking PostgreSQL, and planning it takes PostgreSQL longer
than doing it. For what is done many times a second; all else is ordinary querysets.
"""

from config.prepared.cursor import prepared_cursor
from config.prepared.rows import Prepared
from config.prepared.writing import insert_row, save_fields

__all__ = ["Prepared", "insert_row", "prepared_cursor", "save_fields"]
