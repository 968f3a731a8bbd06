"""Icons are drawn once and kept; what is kept is never another's."""

from django.utils.safestring import mark_safe

from config.templatetags.icons import icon


def test_a_label_is_escaped_though_one_like_it_was_safe_already() -> None:
    safe, typed = icon("user", label=mark_safe("A &amp; B")), icon("user", label="A &amp; B")

    assert 'aria-label="A &amp; B"' in safe
    assert 'aria-label="A &amp;amp; B"' in typed


def test_icons_of_a_page_differ_by_name_size_and_label() -> None:
    drawn = {icon("user"), icon("warning"), icon("user", size="lg"), icon("user", label="You")}

    assert len(drawn) == 4
    assert icon("user") in drawn
