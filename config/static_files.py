"""Files that pages refer to, under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORTS = r'(?P<matched>(?P<word>from|import)\s*"(?P<url>\./[^"]+\.js)")'


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Our modules name each other as pages name them: under two names a browser runs a module
    twice, with two memories and two ears, and keeps an old one under the name that stays.

    Django's own way reads every package's files, and takes types in comments for imports.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORTS, '%(word)s "%(url)s"'),)),
    )
