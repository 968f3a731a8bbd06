"""Times, badges, the site map, and files that pages refer to."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.urls import reverse, set_script_prefix

from config.context import SITE_MAP
from config.templatetags.badges import CHANNEL_ICONS, MODES, PRESENCES, STATES
from config.templatetags.times import brief, duration
from tests.factories import make_agent

ROOT = Path(__file__).resolve().parents[2]
SPRITE = (ROOT / "static/vendor/tabler-icons/sprite.svg").read_text()
GLYPHS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))


@pytest.mark.parametrize(
    ("seconds", "long", "short"),
    [
        (-3, "0:00", "0 s"),
        (7, "0:07", "7 s"),
        (247, "4:07", "4 min"),
        (3847, "1:04:07", "1 h"),
        (200_000, "55:33:20", "2 d"),
    ],
)
def test_durations_are_read_at_a_glance(seconds, long, short):
    assert duration(timedelta(seconds=seconds)) == duration(seconds) == long
    assert brief(seconds) == short


def test_a_time_carries_its_exact_moment(now):
    html = Template("{% load times %}{% since at %}").render(Context({"at": now}))

    assert 'data-since="2026-03-02T09:00:00+00:00"' in html
    assert 'title="2026-03-02 09:00:00 UTC"' in html


def test_a_row_has_the_address_that_its_page_answers_at():
    html = Template('{% load addresses %}{{ pk|url_of:"agents:agent-detail" }}')

    assert html.render(Context({"pk": 4711})) == reverse("agents:agent-detail", args=[4711])


def test_an_address_begins_where_the_product_is_installed():
    html = Template('{% load addresses %}{{ pk|url_of:"agents:agent-detail" }}')
    set_script_prefix("/contact-centre/")
    try:
        assert html.render(Context({"pk": 1})).startswith("/contact-centre/")
    finally:
        set_script_prefix("/")

    assert not html.render(Context({"pk": 1})).startswith("/contact-centre/")


@pytest.mark.parametrize(("used", "is_full"), [(2, False), (3, True), (4, True)])
def test_a_load_bar_shows_what_is_full_and_whose_it_is(used, is_full):
    html = Template("{% load load_bars %}{% load_bar used 3 whose %}")

    shown = html.render(Context({"used": used, "whose": "Ann & <b>"}))

    assert f">{used} / 3<" in shown
    assert 'aria-label="Ann &amp; &lt;b&gt;"' in shown
    assert ("load-bar__bar--full" in shown) is is_full


def test_a_badge_says_its_colour_in_words():
    html = Template("{% load badges %}{% presence_badge 'busy_dnd' %}").render(Context())

    assert "Do not disturb" in html
    assert "tag--red" in html


def test_every_icon_of_python_is_in_the_sprite():
    badges = [icon for looks in (STATES, PRESENCES, MODES) for _, _, icon in looks.values()]
    areas = [area.icon for _, areas in SITE_MAP for area in areas]

    assert {*badges, *areas, *CHANNEL_ICONS.values()} <= GLYPHS


def test_every_icon_of_templates_is_in_the_sprite():
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    named = {name for text in texts for name in re.findall(r'{% icon "([^"]+)"', text)}

    assert named <= GLYPHS


def test_no_template_carries_inline_script_or_style():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()

        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", text), path
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/json))", text), path


def test_no_vendored_file_refers_to_a_file_that_is_not_there():
    for path in (ROOT / "static/vendor").rglob("*.min.*"):
        assert "sourceMappingURL" not in path.read_text(), path


def test_no_part_hands_on_to_links_within_it_what_it_sends_itself():
    parts = re.compile(r"<(?:div|section|aside|form|tr)\b(?:{%.*?%}|[^>])*>", re.DOTALL)
    for path in (ROOT / "templates").rglob("*.html"):
        for part in parts.findall(path.read_text()):
            assert "hx-include" not in part or 'hx-disinherit="hx-include"' in part, path


def labels_shown_to(client, user) -> set[str]:
    client.force_login(user)
    response = client.get("/accounts/password/change/")
    return {area["label"] for group in response.context["site_map"] for area in group["areas"]}


@pytest.mark.django_db
@pytest.mark.urls("tests.config.site_map_urls")
def test_the_site_map_shows_what_a_role_may_use(client, administrator, supervisor, agent):
    assert labels_shown_to(client, administrator) == {"Queues live", "Skills"}
    assert labels_shown_to(client, supervisor) == {"Queues live", "Skills"}
    assert labels_shown_to(client, agent.user) == {"My desk"}


@pytest.mark.django_db
@pytest.mark.urls("tests.config.site_map_urls")
def test_a_supervisor_who_is_an_agent_has_a_desk(client):
    agent = make_agent("sue", role="supervisor")

    assert "My desk" in labels_shown_to(client, agent.user)


@pytest.mark.parametrize(
    ("address", "current"),
    [("/accounts/", ["Accounts"]), ("/accounts/2fa/", []), ("/accounts/password/change/", [])],
)
@pytest.mark.django_db
def test_ones_own_account_is_none_of_the_customers(client, administrator, address, current):
    client.force_login(administrator)

    groups = client.get(address).context["site_map"]

    areas = [area for group in groups for area in group["areas"]]
    assert [area["label"] for area in areas if area["is_current"]] == current


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/accounts/password/change/", ["Change password", "btn btn-primary", "Cancel"]),
        ("/accounts/2fa/", ["Two-step sign-in", "Authenticator app", "Recovery codes"]),
        ("/accounts/logout/", ["Sign out?", "btn btn-primary", "Cancel"]),
    ],
)
@pytest.mark.django_db
def test_the_pages_of_ones_account_speak_like_all_others(client, agent, address, words):
    client.force_login(agent.user)

    page = client.get(address).content.decode()

    assert [each for each in words if each not in page] == []
    assert "Change Password" not in page
    assert "Two-Factor" not in page
