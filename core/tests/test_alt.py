import pytest

from core.alt import ADVICE, LONGEST, Alt, described, judge_alt, stem_of
from core.media import describe_image, store_image
from core.models import Image
from core.testing import picture_file

pytestmark = pytest.mark.django_db

SAID = [
    ("", "", Alt.MISSING),
    ("   ", "", Alt.MISSING),
    ("evening sideboard", "Evening Sideboard", Alt.FILE_NAME),
    ("Vase.JPG", "", Alt.FILE_NAME),
    ("IMG_2041", "", Alt.FILE_NAME),
    ("dsc 0012", "", Alt.FILE_NAME),
    ("20260101-120000", "", Alt.FILE_NAME),
    ("Screenshot", "", Alt.FILE_NAME),
    ("A vase", "", Alt.SHORT),
    ("A pale vase with olive branches on a sideboard", "vase", Alt.GOOD),
    ("Image of the old bridge at dusk", "", Alt.GOOD),
    ("x" * (LONGEST + 1), "", Alt.LONG),
]


@pytest.mark.parametrize(("alt", "file_name", "expected"), SAID)
def test_what_helps_and_what_does_not(alt, file_name, expected):
    assert judge_alt(alt=alt, file_name=file_name) is expected
    assert bool(ADVICE[expected]) is (expected is not Alt.GOOD)
    # The database counts alike.
    image = store_image(file=picture_file(), alt=alt.strip())
    Image.objects.filter(pk=image.pk).update(file_name=file_name)
    assert Image.objects.filter(described()).exists() is expected.counts


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("vase.jpeg", "vase"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\Vase at noon.JPG", "Vase at noon"),
        ("a\x00b\x07.png", "ab"),
        ("no ending", "no ending"),
        ("", ""),
        ("x" * 300 + ".png", "x" * 100),
    ],
)
def test_the_name_of_a_file_is_kept_without_what_could_hurt(name, stem):
    assert stem_of(name) == stem


def test_the_name_of_the_upload_is_remembered():
    upload = picture_file()
    upload.name = "Kitchen shelf.png"
    image = store_image(file=upload, alt="Kitchen shelf", owner_id=7)
    assert not Image.objects.filter(described(), pk=image.pk).exists()
    describe_image(public_id=image.public_id, owner_id=7, alt="Blue bowls on a kitchen shelf")
    assert Image.objects.filter(described(), pk=image.pk).exists()
