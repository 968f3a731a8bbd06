"""What people read for the terms of the code."""

from collections.abc import Iterator, Mapping
from enum import StrEnum


class Labels(Mapping[StrEnum, str]):
    """Labels by term. Terms of two enums may have the same text, such as a custom channel and
    a custom time, and as keys of a dictionary they would be one.
    """

    def __init__(self, *labels: tuple[StrEnum, str]) -> None:
        self._labels = {(type(term), term.value): (term, label) for term, label in labels}

    def __getitem__(self, term: StrEnum) -> str:
        return self._labels[type(term), str(term)][1]

    def __iter__(self) -> Iterator[StrEnum]:
        return (term for term, _ in self._labels.values())

    def __len__(self) -> int:
        return len(self._labels)
