# ruff: noqa: RUF001 - look-alikes are the matter of this file
"""Handles and look-alikes. Pure: no database, no clock.

A handle is ASCII, so that it survives every address bar, mail program and federation partner, and
so that no letter of another alphabet can pass for one of ours. A *skeleton* is what is left of a
text when everything that looks alike has been folded together: two texts with the same skeleton
can be mistaken for each other.
"""

import re
import unicodedata

MIN_LENGTH = 3
MAX_LENGTH = 30
SKELETON_LENGTH = 640
PATTERN = r"^[a-z0-9](?:[a-z0-9]|[._-](?=[a-z0-9]))+$"

_SHAPE = re.compile(PATTERN)

# Words of the address bar and words that would let somebody speak for the market itself.
RESERVED = frozenset(
    [
        "about",
        "abuse",
        "account",
        "accounts",
        "admin",
        "administrator",
        "ads",
        "api",
        "app",
        "assets",
        "assistant",
        "bag",
        "billing",
        "board",
        "boards",
        "buy",
        "cart",
        "checkout",
        "consent",
        "contact",
        "demo",
        "everyone",
        "explore",
        "feed",
        "finance",
        "following",
        "guest",
        "healthz",
        "help",
        "home",
        "imprint",
        "inbox",
        "info",
        "legal",
        "live",
        "login",
        "logout",
        "mail",
        "market",
        "marketplace",
        "me",
        "media",
        "messages",
        "moderation",
        "moderator",
        "new",
        "news",
        "notifications",
        "null",
        "official",
        "operator",
        "order",
        "orders",
        "owner",
        "parley",
        "pay",
        "payment",
        "payments",
        "pin",
        "pins",
        "press",
        "privacy",
        "procurement",
        "product",
        "products",
        "profile",
        "readyz",
        "report",
        "reports",
        "root",
        "sandbox",
        "search",
        "security",
        "seller",
        "service",
        "services",
        "settings",
        "shop",
        "shops",
        "signup",
        "staff",
        "static",
        "status",
        "store",
        "studio",
        "support",
        "system",
        "team",
        "terms",
        "undefined",
        "user",
        "users",
        "verified",
        "webhooks",
        "welcome",
        "you",
    ]
)

# Letters that a reader takes for a Latin one. Accents are gone before this table is asked.
_LOOK_ALIKES = str.maketrans(
    {
        # Cyrillic
        **dict(zip("абвеёзикмнопрстухѕіјԁԛԝһѵҽӏьг", "abbee3ukmhonpctyxsijdqwhvelbr", strict=True)),
        # Greek
        **dict(zip("αβγδεζηικμνορστυχω", "abydeznikuvopotuxw", strict=True)),
        # Latin relatives and signs
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ɑ": "a", "ɡ": "g", "ʟ": "l",
        "æ": "ae", "œ": "oe", "ß": "ss", "|": "l", "!": "l", "$": "s", "@": "a", "€": "e",
        # Armenian and others that fonts draw as Latin
        "օ": "o", "ս": "u", "հ": "h", "ո": "n", "զ": "q", "ց": "g", "յ": "j", "ա": "w",
    }
)  # fmt: skip
_FOLDED = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "3": "e", "8": "b", "9": "g"})


def normal(text: str) -> str:
    """What somebody typed, as a handle is kept: compatibility-folded, lower case, without the @."""
    return unicodedata.normalize("NFKC", text).strip().removeprefix("@").casefold()


def well_formed(handle: str) -> bool:
    """Whether a normal handle has the shape of one; says nothing about whether it is free."""
    return MIN_LENGTH <= len(handle) <= MAX_LENGTH and bool(_SHAPE.match(handle))


def is_reserved(handle: str) -> bool:
    """Whether the handle, however dotted or dashed, is a word that we keep."""
    return re.sub(r"[._-]", "", handle) in RESERVED


def skeleton(text: str) -> str:
    """The text with everything that looks alike folded together; '' for nothing but signs.

    Cut where its column ends, for one letter may fold to eighteen.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = plain.translate(_LOOK_ALIKES).translate(_FOLDED)
    letters = "".join(char for char in plain if char.isalnum())
    return letters.replace("rn", "m").replace("vv", "w").replace("cl", "d")[:SKELETON_LENGTH]


def suggested_from(name: str) -> str:
    """A handle that suits a display name, before anybody asked whether it is free."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_TRANSLITERATED))
    ascii_only = decomposed.encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:MAX_LENGTH].strip("-")
    if not well_formed(words) or is_reserved(words):
        words = f"{words}-home".strip("-") if len(words) > 1 else "somebody"
    return words[:MAX_LENGTH]


_TRANSLITERATED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "o",
        "å": "a",
        "æ": "ae",
        "ł": "l",
        "&": " and ",
    }
)
