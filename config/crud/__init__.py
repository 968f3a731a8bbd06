"""Declarative list, create, edit and delete pages of a configuration noun.

A noun's pages are one class of attributes over `ConfigPages`; `urls("queues/")` addresses them.
"""

from config.crud.columns import Column
from config.crud.dependencies import Dependency
from config.crud.pages import ConfigPages

__all__ = ["Column", "ConfigPages", "Dependency"]
