"""What lists show hundreds of times: icons, badges, and the options of selects."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

LOUD = "<b>Loud</b>"


def shown(template, **context):
    return Template(template).render(Context(context))


def test_options_are_one_for_each_pair_and_the_chosen_one_is_marked():
    html = shown("{% load options %}{% options pairs '2' %}", pairs=[(1, "One"), (2, "Two")])

    assert html == ('<option value="1">One</option>\n<option value="2" selected>Two</option>')


def test_options_are_text_and_no_markup():
    html = shown("{% load options %}{% options pairs %}", pairs=[('"', LOUD)])

    assert html == '<option value="&quot;">&lt;b&gt;Loud&lt;/b&gt;</option>'


@pytest.mark.parametrize(
    "tag",
    ['{% load icons %}{% icon "bell" label=text %}', "{% load badges %}{% state_badge 'x' text %}"],
)
def test_a_text_is_escaped_although_it_was_written_as_markup_before(tag):
    assert LOUD in shown(tag, text=SafeString(LOUD))

    assert LOUD not in shown(tag, text=LOUD)
