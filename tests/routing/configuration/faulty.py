"""Documents with a fault, and what they are made from."""

CHAT = {
    "name": "Talk",
    "type": "messaging",
    "channel": "live_chat",
    "distribution_mode": "push",
    "fallback_queue": "Care",
    "notification_template": "Chat - incoming unauthenticated - default",
}
CARE = {"name": "Care", "type": "messaging"}
WAY_IN = {"name": "Shop", "workstream": "Talk", "slug": "shop"}


def document(**sections):
    return {"format": 2, "queues": [CARE], "workstreams": [CHAT]} | sections


def chat(**fields):
    return document(workstreams=[CHAT | fields])


def overflowing(**pair):
    return document(queues=[CARE | {"overflow": [pair]}])


def nested(depth):
    inner: list[object] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def asking(settings=None, **fields):
    question = {
        "name": "topic",
        "text": "What about?",
        "answer_type": "options",
        "options": ["a"],
        "is_required": True,
    }
    instance = WAY_IN | {"survey_questions": [question | fields], "settings": settings or {}}
    return document(channel_instances=[instance])


def open_from(start, end):
    periods = [{"weekday": 0, "start": start, "end": end}]
    return document(operating_hours=[{"name": "h", "time_zone": "UTC", "periods": periods}])


def bots(purpose):
    return [{"name": "Bo", "kind": "scripted", "purpose": purpose}]
