import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pil

from core.tests.files import HOSTILE, saved, webp_bomb

# Measured in a process of its own: the peak of memory is the process's, not the tests'.
MEASURE = """
import io, sys, time
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[2]
from core import files, imaging, media
from core.picture import widths_for
started = time.process_time()
with open(sys.argv[1], "rb") as file:
    decoded = imaging.decode(file)
files.write("b" * 12, "source.jpeg", imaging.source_bytes(decoded))
files.write("b" * 12, "708.jpeg", imaging.quick_jpeg(decoded, 708))
width = decoded.width
del decoded
media.draw_renditions(public_id="b" * 12, widths=widths_for(width))
# Not ru_maxrss: that one remembers the process which started this one.
status = open("/proc/self/status").read()
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
print(time.process_time() - started, peak)
"""


def cost(path: Path, media_root: Path) -> tuple[float, float]:
    """Seconds of one core and the peak in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), str(media_root)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


@pytest.mark.slow
def test_a_photograph_of_twelve_megapixels(tmp_path):
    rough = Pil.effect_noise((500, 375), 90).resize((4_000, 3_000), Pil.Resampling.BICUBIC)
    grain = Pil.effect_noise((4_000, 3_000), 12)
    sky = Pil.linear_gradient("L").resize((4_000, 3_000))
    bands = [Pil.blend(Pil.blend(rough, grain, 0.25), sky, part) for part in (0.2, 0.4, 0.6)]
    exif = Pil.Exif()
    exif[0x0112] = 6
    Pil.merge("RGB", bands).save(tmp_path / "photo.jpg", quality=90, exif=exif)
    seconds, peak = cost(tmp_path / "photo.jpg", tmp_path)
    assert len(list(tmp_path.glob("bb/*/*"))) == 1 + 18
    assert seconds <= 5
    assert peak <= 400


@pytest.mark.slow
def test_the_largest_file_that_is_taken(tmp_path):
    Pil.new("RGBA", (8_000, 5_000), (10, 20, 30, 128)).save(tmp_path / "large.png")
    _seconds, peak = cost(tmp_path / "large.png", tmp_path)
    assert peak <= 512


# What it takes to decode a file, whatever comes of it.
DECODE = """
import io, json, re, sys
from pathlib import Path
import django
django.setup()
from core import imaging
data = sys.stdin.buffer.read()
try:
    imaging.decode(io.BytesIO(data))
    code = "ok"
except imaging.ImageRefused as error:
    code = error.code
# Not getrusage: its peak is inherited from whoever started this process.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([code, int(peak[1]) // 1024]))
"""


def big(mode: str, fmt: str, width: int, height: int, **options: Any) -> bytes:
    return saved(Pil.new(mode, (width, height)), fmt, **options)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("png in 16 bit", lambda: big("I;16", "PNG", 7_900, 5_000)),
        ("png with alpha", lambda: big("RGBA", "PNG", 7_900, 5_000)),
        ("jpeg", lambda: big("RGB", "JPEG", 7_900, 5_000)),
        ("cmyk jpeg", lambda: big("CMYK", "JPEG", 7_900, 5_000)),
        ("progressive jpeg", lambda: big("RGB", "JPEG", 7_900, 5_000, progressive=True)),
        ("webp", lambda: big("RGBA", "WEBP", 5_990, 4_000, lossless=True)),
        ("gif", lambda: big("P", "GIF", 5_990, 4_000)),
        ("avif", lambda: big("RGB", "AVIF", 5_990, 4_000, speed=10)),
        ("png bomb", HOSTILE["png bomb"][0]),
        ("webp bomb", webp_bomb),
        ("a hundred megabytes", HOSTILE["a hundred megabytes"][0]),
    ],
)
def test_no_file_takes_half_a_gigabyte(name: str, make: Callable[[], bytes]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DECODE],
        input=make(),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=120,
    )
    code, megabytes = json.loads(done.stdout)
    assert (code == "ok") is ("bomb" not in name and "hundred" not in name)
    assert megabytes < 512, f"{name} took {megabytes} MB"
