from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotFound
from core.forms import FocusFields
from core.media import PICTURE_FIELDS, OffThePicture, Picture, describe_image, store_image
from core.models import Image
from core.picture import focus_classes
from core.testing import picture_file

pytestmark = pytest.mark.django_db

SHEET = (Path(__file__).parents[2] / "static/css/focus.css").read_text()


@pytest.fixture
def image():
    return store_image(file=picture_file(), alt="A shelf", owner_id=5)


def row_of(image: Image) -> Image:
    return Image.objects.get(pk=image.pk)


@pytest.mark.parametrize("x", range(-3, 104))
def test_every_place_has_a_class_in_the_style_sheet(x):
    for name in focus_classes(x, 20).split()[1:]:
        assert f".{name} {{" in SHEET
    assert focus_classes(50, 50) == focus_classes(52, 48) == ""
    assert focus_classes(0, 100) == "focus fx-0 fy-100"


def test_a_crop_is_told_what_to_keep_in_view(image):
    describe_image(public_id=image.public_id, owner_id=5, focus=(20, 73))
    image = row_of(image)
    assert (image.alt, image.focus_x, image.focus_y) == ("A shelf", 20, 73)
    row = Image.objects.values_list(*PICTURE_FIELDS).get()
    assert image.focus == Picture.from_row(*row).focus == "focus fx-20 fy-75"


@pytest.mark.parametrize("focus", [(-1, 50), (50, 101)])
def test_a_point_beside_the_picture_is_refused(image, focus):
    with pytest.raises(OffThePicture):
        describe_image(public_id=image.public_id, owner_id=5, alt="New", focus=focus)
    assert (row_of(image).alt, row_of(image).focus_x) == ("A shelf", 50)
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(focus_x=101)


def test_somebody_elses_picture_answers_like_none(image):
    for public_id, owner_id in ((image.public_id, 6), ("nothere", 5)):
        with pytest.raises(NotFound):
            describe_image(public_id=public_id, owner_id=owner_id, focus=(1, 1))
    assert row_of(image).focus_x == 50


@pytest.mark.parametrize(
    ("data", "focus"),
    [({"focus_x": "7", "focus_y": "100"}, (7, 100)), ({"focus_x": "7"}, None), ({}, None)],
)
def test_two_numbers_of_a_form_are_a_point(data, focus):
    form = FocusFields(data)
    assert form.is_valid()
    assert form.focus() == focus


@pytest.mark.parametrize("bad", ["101", "-1", "x", "1e9", "5.5"])
def test_what_is_no_share_is_said_beside_its_field(bad):
    form = FocusFields({"focus_x": bad, "focus_y": "5"})
    assert not form.is_valid()
    assert list(form.errors) == ["focus_x"]
