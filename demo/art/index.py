"""``index.json``: what every picture shows, for whoever seeds the demo."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PIL import Image

from demo.art.finish import dominant

FOLDER = Path(__file__).resolve().parent.parent / "pictures"


@dataclass
class Entry:
    """One picture. Width, height and dominant colour are filled in from the file."""

    file: str
    studio: str
    kind: str  # product, look, cover, mark, avatar, service
    product_key: str = ""
    title: str = ""
    colour: str = ""
    alt: str = ""
    tags: list[dict[str, object]] = field(default_factory=list)
    width: int = 0
    height: int = 0
    dominant: str = ""


def write(entries: list[Entry]) -> list[Entry]:
    """Measure the pictures that exist, write the index, return what was written."""
    known: list[Entry] = []
    for entry in entries:
        path = FOLDER / entry.file
        if path.exists():
            image = Image.open(path).convert("RGB")
            entry.width, entry.height = image.size
            entry.dominant = dominant(image)
            known.append(entry)
    lines = ",\n".join(json.dumps(asdict(entry), ensure_ascii=False) for entry in known)
    (FOLDER / "index.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return known
