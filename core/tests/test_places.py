"""Countries as forms list them."""

from __future__ import annotations

from core.forms import PlaceFields


def test_countries_stand_by_the_name_people_look_for() -> None:
    names = [str(name) for _code, name in PlaceFields().fields["country"].choices]
    at = names.index("Bahamas")
    assert names[at - 1 : at + 2] == ["Azerbaijan", "Bahamas", "Bahrain"]
