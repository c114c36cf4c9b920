import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image as Pil

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
