"""What templates of offers and sessions may say: icons to choose from, and sizes."""

from typing import Final

# Icons of the sprite by what people call them.
ICONS: Final[dict[str, str]] = {
    "chat": "Chat",
    "message": "Message",
    "voice": "Phone",
    "email": "E-mail",
    "record": "Record",
    "work-item": "Work item",
    "contact": "Contact",
    "building": "Organisation",
    "bell": "Bell",
    "star": "Star",
    "flag": "Flag",
    "warning": "Warning",
    "info": "Information",
    "world": "World",
    "transfer": "Transfer",
    "assign": "Assign",
    "bot": "Bot",
    "hours": "Clock",
}
ACCEPT: Final = "Accept"
DECLINE: Final = "Decline"
# What is assigned without asking has nothing to accept (B 11.2).
OPEN: Final = "Open"

MOST_NAME: Final = 100
MOST_TITLE: Final = 200
MOST_LABEL: Final = 40
MOST_DESCRIPTION: Final = 500
MOST_HEADER: Final = 100
MOST_VALUE: Final = 200
SECONDS: Final = (5, 3600)
