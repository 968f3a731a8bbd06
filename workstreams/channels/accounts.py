"""What names a way in with its provider: a number, a page, an account."""

from dataclasses import dataclass
from typing import Final

from workstreams.terms import Channel


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where an instance's settings keep it, and what people call it."""

    key: str
    label: str
    example: str
    is_number: bool = False


ACCOUNTS: Final[dict[str, Account]] = {
    Channel.VOICE: Account(
        key="phone_number", label="Phone number", example="+4930123456", is_number=True
    ),
    Channel.SMS: Account(
        key="sms_number", label="Phone number", example="+4930123456", is_number=True
    ),
    Channel.WHATSAPP: Account(
        key="whatsapp_number", label="WhatsApp number", example="+4930123456", is_number=True
    ),
    Channel.FACEBOOK: Account(key="page", label="Facebook page", example="104857600000000"),
    Channel.LINE: Account(key="line_channel", label="LINE channel ID", example="1657000000"),
    Channel.WECHAT: Account(key="official_account", label="Official account", example="gh_1a2b3c"),
    Channel.TEAMS: Account(key="app", label="Teams app ID", example="3f1e7c9a"),
}
