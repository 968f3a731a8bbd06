"""Times in words, and the original's table."""

import pytest

from workstreams.auto_close import (
    DEFAULTS,
    channel_of,
    minutes_in_words,
    minutes_of,
    times_in_words,
    whole_table,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20 minutes", 20),
        ("1 min", 1),
        ("90", 90),
        ("2h", 120),
        (" 2 Hours ", 120),
        ("30 days", 43_200),
        ("1 d", 1440),
        ("never", None),
        ("Never", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["soon", "-5", "1.5 h", "2 weeks", "²", "9" * 5000, "5 5"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        minutes_of(text)


@pytest.mark.parametrize("minutes", [1, 20, 90, 120, 1440, 43_200, 525_600])
def test_a_time_in_words_reads_the_same(minutes):
    assert minutes_of(minutes_in_words(minutes)) == minutes


@pytest.mark.parametrize(
    ("channel", "row"),
    [
        ("live_chat", {"open": 20, "active": None, "wrap_up": 15}),
        ("voice", {"open": 43_200, "active": 120, "wrap_up": 1440}),
        ("persistent_chat", {"open": 43_200, "active": 43_200, "wrap_up": 1440}),
        ("sms", {"open": 43_200, "active": 43_200, "wrap_up": 1440}),
        ("teams", {"open": 43_200, "active": 43_200, "wrap_up": 1440}),
    ],
)
def test_without_a_change_the_original_holds(channel, row):
    assert DEFAULTS[channel] == row


def test_a_change_leaves_the_other_times_as_they_are():
    table = whole_table({"live_chat": {"open": None}})

    assert table["live_chat"] == {"open": None, "active": None, "wrap_up": 15}
    assert table["sms"] == DEFAULTS["sms"]


def test_a_row_in_words():
    assert times_in_words(DEFAULTS["live_chat"]) == (
        "open 20 minutes, active never, wrap-up 15 minutes"
    )


@pytest.mark.parametrize(
    ("channel", "persistent", "row"),
    [
        ("live_chat", False, "live_chat"),
        ("live_chat", True, "persistent_chat"),
        ("voice", False, "voice"),
        ("record", False, None),
    ],
)
def test_which_row_holds(channel, persistent, row):
    assert channel_of(channel, persistent_chat=persistent) == row
