"""What a picture shows, in words: which words help somebody who cannot see it, and which do not."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIMIT = 500
SHORTEST, LONGEST = 10, 250
HINT = _("Say what a person would see, as you would on the telephone. One or two sentences.")

# What cameras, phones and programs call a picture; spelt so that Python and PostgreSQL agree.
_FILE_LIKE = r"^(img|dsc|dscn|dscf|pxl|mvimg|image|photo|screenshot)?[-_ ()0-9.]*$"
_SUFFIX = r"\.(jpe?g|png|webp|gif|avif|heic|heif|tiff?|bmp)$"


class Alt(StrEnum):
    """How well a description does. The first two count as if there were none."""

    MISSING = "missing"
    FILE_NAME = "file_name"
    SHORT = "short"
    LONG = "long"
    GOOD = "good"

    @property
    def counts(self) -> bool:
        return self not in (Alt.MISSING, Alt.FILE_NAME)


ADVICE: dict[Alt, str | Promise] = {
    Alt.MISSING: _("Nobody who cannot see the picture knows what is on it."),
    Alt.FILE_NAME: _("That is the name of a file. Say what is on the picture."),
    Alt.SHORT: _("A few more words would help: what is it, and what is around it?"),
    Alt.LONG: _("Shorter is easier to listen to. The rest may go into the text."),
    Alt.GOOD: "",
}


def judge_alt(*, alt: str, file_name: str = "") -> Alt:
    """How well a description does. `file_name` is what the file was called, without its ending."""
    words = alt.strip().lower()
    if not words:
        return Alt.MISSING
    same = bool(file_name) and words == file_name.strip().lower()
    if same or re.search(_SUFFIX, words) or re.search(_FILE_LIKE, words):
        return Alt.FILE_NAME
    return Alt.SHORT if len(words) < SHORTEST else Alt.LONG if len(words) > LONGEST else Alt.GOOD


def described(prefix: str = "") -> Q:
    """The same in a query: pictures with a description that counts.

    `prefix` is the path to the picture with its underscores, `"image__"`. `file_name` is kept as
    `stem_of` made it.
    """
    alt = f"{prefix}alt"
    return (
        ~Q(**{f"{alt}__exact": ""})
        & ~Q(**{f"{alt}__iexact": F(f"{prefix}file_name")})
        & ~Q(**{f"{alt}__iregex": _SUFFIX})
        & ~Q(**{f"{alt}__iregex": _FILE_LIKE})
    )


def stem_of(name: str) -> str:
    """The name of an upload without folders, ending and unseen signs; at most 100."""
    last = PurePosixPath(name.replace("\\", "/").replace("\x00", "")).name
    kept = "".join(sign for sign in last if sign.isprintable())
    return re.sub(_SUFFIX, "", kept, flags=re.IGNORECASE)[:100].strip()
