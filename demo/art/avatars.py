"""Forty drawn faces. Nobody in particular."""

import random

from demo.art.colour import dark, light, mix
from demo.art.index import Entry
from demo.art.scene import Scene

COUNT = 40
SKINS = (
    "#f2cfb2",
    "#e6b491",
    "#d19a70",
    "#b87a50",
    "#a66a45",
    "#8a5636",
    "#6e4229",
    "#f0c4a4",
    "#c98d63",
    "#573421",
)
DARKER = SKINS[3:7] + SKINS[9:]
HAIRS = (
    "#1b1512",
    "#33211a",
    "#5d4130",
    "#8a5a34",
    "#b5672f",
    "#d9a85c",
    "#8d8a86",
    "#e4dfd6",
    "#2a1c2c",
    "#7a2f22",
)
GROUNDS = ("#e3b04b", "#7d8f6a", "#c8643b", "#b3a6c9", "#8fa3a0", "#dfb5a4", "#2f5b66", "#d9c3a0", "#9db4c4", "#a3b295",
           "#7a2f2f", "#edd390")  # fmt: skip
TOPS = (
    "#2f5b66",
    "#ece4d2",
    "#26312f",
    "#d9a441",
    "#a33f2c",
    "#5c3346",
    "#39574a",
    "#66737c",
    "#dd7f62",
    "#2c3e5c",
)
CUTS = (
    "bob",
    "short",
    "long",
    "curls",
    "bun",
    "crop",
    "waves",
    "bald",
    "scarf",
    "afro",
    "fringe",
    "side",
    "locs",
    "cap",
)


def face(number: int) -> Scene:
    """One face on a field of 128; each number differs in skin, hair, cut and dress."""
    s = Scene(width=256, height=256, seed=number, lit=-1)
    r = random.Random(number * 71 + 5)
    skin = SKINS[(number * 7) % len(SKINS)]
    hair = HAIRS[(number * 3 + number // 10) % (6 if number % 9 else len(HAIRS))]
    if skin in DARKER:
        hair = HAIRS[(number * 3) % 3]
    if number % 8 == 5:
        hair = HAIRS[6 + number % 2]
    cut = CUTS[(number * 5 + number // 14) % len(CUTS)]
    ground = GROUNDS[(number * 5) % len(GROUNDS)]
    top = next(t for k in range(10) if (t := TOPS[(number * 3 + k) % 10]) != ground)
    s.add(f'<rect width="256" height="256" fill="{ground}"/><g transform="scale(2)">')
    scarf = TOPS[(number * 3 + 4) % 10]
    _behind(s, cut, hair, scarf)
    s.fill("M14 130 C16 102 42 95 64 95 C86 95 112 102 114 130Z", top)
    s.fill("M52 78 h24 v17 q-12 15 -24 0z", dark(skin, 0.16))
    if number % 3 == 0:
        s.line("M48 97 Q64 114 80 97", light(top, 0.35), 3.4)
    elif number % 3 == 1:
        s.fill("M50 95 L64 112 L78 95 L72 92 L64 102 L56 92Z", light(top, 0.25))
    for x in (41.5, 86.5):
        s.ellipse(x, 64, 4.6, 6.4, dark(skin, 0.1))
    s.fill("M42 52 C42 28 86 28 86 52 V66 C86 82 75 92 64 92 C53 92 42 82 42 66Z", skin)
    beard = cut in {"short", "crop", "bald", "side", "cap"} and number % 2 == 0
    if beard:
        s.fill(
            "M42 62 C44 74 50 74 54 73 Q64 69 74 73 C78 74 84 74 86 62 V70 C86 86 75 95 64 95 C53 95 42 86 42 70Z",
            hair,
        )
    _features(s, r, skin, hair, beard=beard, number=number)
    _front(s, cut, hair, scarf)
    if number % 4 == 3:
        for x in (54, 74):
            s.add(
                f'<circle cx="{x}" cy="61" r="7.6" fill="none" stroke="#2a2622" stroke-width="1.9"/>'
            )
        s.line("M61.6 60 q2.4 -2 4.8 0 M46.4 60 l-4 -1 M81.6 60 l4 -1", "#2a2622", 1.9)
    if number % 5 == 2:
        for x in (41, 87):
            s.ellipse(x, 73, 2.4, 2.8, "#e3b04b")
    s.add("</g>")
    return s


def _features(
    s: Scene, r: random.Random, skin: str, hair: str, *, beard: bool, number: int
) -> None:
    ink = "#241a16"
    lift = r.choice((-1, 0, 1))
    brow = mix(hair, ink, 0.5)
    for x, k in ((54, 1), (74, -1)):
        s.line(f"M{x - 5} {52.5 + k * lift * 0.5} q5 -3 10 0", brow, 2.1)
        if number % 7 == 4:
            s.line(f"M{x - 4} 61 q4 -4 8 0", ink, 2.1)
        else:
            s.ellipse(x, 61, 2.3, 2.8, ink)
    s.line("M64 63 q-3 7 .6 8", dark(skin, 0.32), 1.8)
    for x in (49, 79):
        s.ellipse(x, 72, 5, 3.2, mix(skin, "#d2553f", 0.45), opacity=0.55)
    lip = mix(skin, "#8d2f2a", 0.62)
    if r.random() < 0.45:
        s.fill("M55.5 77 Q64 79.5 72.5 77 Q69 85.5 64 85.5 Q59 85.5 55.5 77Z", lip)
        s.fill("M57.6 77.9 Q64 79.8 70.4 77.9 L69 80.2 Q64 81.4 59 80.2Z", "#fbf6ee")
    else:
        s.line("M56 78 Q64 85 72 78", light(lip, 0.2) if beard else lip, 2.4)


def _behind(s: Scene, cut: str, hair: str, scarf: str) -> None:
    paths = {
        "bob": "M34 84 C26 20 102 20 94 84 C84 92 44 92 34 84Z",
        "fringe": "M33 92 C25 18 103 18 95 92 C84 98 44 98 33 92Z",
        "long": "M32 116 C22 14 106 14 96 116 C84 122 44 122 32 116Z",
        "waves": "M30 104 C20 90 34 76 32 60 C32 14 96 14 96 60 C94 76 108 90 98 104 C86 114 42 114 30 104Z",
        "locs": "M32 108 C24 16 104 16 96 108 L88 106 L84 112 L78 104 H50 L44 112 L40 106Z",
        "scarf": "M28 112 C22 12 106 12 100 112 C88 122 40 122 28 112Z",
    }
    if cut in paths:
        s.fill(paths[cut], scarf if cut == "scarf" else hair)
    if cut == "bun":
        s.ellipse(64, 22, 14, 13, hair)
        s.fill("M38 66 C34 24 94 24 90 66Z", hair)
    if cut == "afro":
        s.ellipse(64, 48, 40, 37, hair)
    if cut == "curls":
        for x, y in (
            (38, 44),
            (35, 60),
            (44, 32),
            (56, 24),
            (70, 23),
            (83, 31),
            (91, 44),
            (93, 60),
            (38, 74),
            (90, 74),
        ):
            s.ellipse(x, y, 12, 12, hair)


def _front(s: Scene, cut: str, hair: str, scarf: str) -> None:
    paths = {
        "bob": "M41 56 C40 22 88 22 87 56 C80 46 60 46 52 42 C48 48 43 50 41 56Z",
        "fringe": "M40 54 C40 26 88 26 88 54 Q76 50 64 51 Q52 50 40 54Z",
        "long": "M40 62 C38 20 90 20 88 62 C86 48 76 43 64 37 C52 43 42 48 40 62Z",
        "waves": "M40 60 C38 24 90 24 88 60 C84 44 70 44 58 38 C54 46 44 46 40 60Z",
        "locs": "M40 56 C40 26 88 26 88 56 C80 44 48 44 40 56Z",
        "short": "M40 56 C36 22 92 22 88 56 C84 46 82 42 64 42 C46 42 44 46 40 56Z",
        "crop": "M41 54 C38 22 90 22 87 54 C82 41 46 41 41 54Z",
        "side": "M40 58 C34 22 84 18 90 40 C92 46 88 52 88 56 C84 44 70 46 54 38 C50 48 42 48 40 58Z",
        "bun": "M40 56 C38 20 90 20 88 56 C82 41 46 41 40 56Z",
        "afro": "M40 54 C38 20 90 20 88 54 C80 43 48 43 40 54Z",
        "curls": "M40 54 C38 20 90 20 88 54 C81 42 70 48 62 42 C54 48 46 43 40 54Z",
    }
    if cut in paths:
        s.fill(paths[cut], hair)
    elif cut == "scarf":
        s.fill(
            "M42 66 C34 16 94 16 86 66 C87 46 78 40 64 40 C50 40 41 46 42 66Z", light(scarf, 0.12)
        )
        s.fill(
            "M42 66 C44 84 54 94 64 94 C74 94 84 84 86 66 C98 90 92 112 64 114 C36 112 30 90 42 66Z",
            scarf,
        )
    elif cut == "cap":
        s.fill("M38 50 C36 18 92 18 90 50 Q64 42 38 50Z", scarf)
        s.fill("M37 46 Q64 36 91 46 V55 Q64 45 37 55Z", light(scarf, 0.2))
        s.ellipse(64, 25, 5, 5, light(scarf, 0.35))


def entries() -> list[Entry]:
    return [
        Entry(
            f"avatar-{number + 1:02}.webp",
            "",
            "avatar",
            title=f"Face {number + 1}",
            alt="A drawn portrait.",
        )
        for number in range(COUNT)
    ]
