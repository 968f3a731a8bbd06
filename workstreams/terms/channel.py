"""Where work comes from, and how a channel shows itself."""

from enum import StrEnum


class WorkstreamType(StrEnum):
    """What a workstream (and a queue) carries."""

    MESSAGING = "messaging"
    RECORD = "record"
    VOICE = "voice"


class Channel(StrEnum):
    """Where work comes from. Record and voice workstreams have one channel each."""

    LIVE_CHAT = "live_chat"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    FACEBOOK = "facebook"
    LINE = "line"
    WECHAT = "wechat"
    TEAMS = "teams"
    CUSTOM = "custom"
    RECORD = "record"
    VOICE = "voice"


MESSAGING_CHANNELS = tuple(
    channel for channel in Channel if channel not in (Channel.RECORD, Channel.VOICE)
)


class AutoCloseChannel(StrEnum):
    """Conversations that time closes, by channel; persistent chat apart, records never (A 18)."""

    LIVE_CHAT = "live_chat"
    PERSISTENT_CHAT = "persistent_chat"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    FACEBOOK = "facebook"
    LINE = "line"
    WECHAT = "wechat"
    TEAMS = "teams"
    CUSTOM = "custom"
    VOICE = "voice"


class AgentName(StrEnum):
    """What customers call an agent (B 4.3)."""

    FULL = "full_name"
    FIRST = "first_name"
    LAST = "last_name"
    NICKNAME = "nickname"


class WhenClosed(StrEnum):
    """What a chat does outside its operating hours (A 16)."""

    SHOWN = "shown"
    HIDDEN = "hidden"
