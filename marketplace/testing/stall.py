"""`python -m marketplace.testing.stall`: a studio with five vases, in a market that runs empty.

A process of its own, so that what it publishes goes to the market's workers. Prints as JSON where
the vase is, and how the studio's owner logs in.
"""

import json
import sys

import django

django.setup()

from accounts.testing import PASSWORD, make_brand, make_person  # noqa: E402 -- the apps come first
from catalog.testing import make_product  # noqa: E402
from catalog.types import PictureInput  # noqa: E402
from core.media import store_image  # noqa: E402
from core.testing import picture_file  # noqa: E402
from inventory.actions import receive  # noqa: E402

OWNER = "owner@mail.example"


def main() -> None:
    owner = make_person(name="Inès Ondine", email=OWNER)
    studio = make_brand(name="Ondine Studio", handle="ondine", owner=owner)
    picture = store_image(file=picture_file(), owner_id=studio.pk)
    vase = make_product(
        seller=studio, title="Tall vase", pictures=[PictureInput(image_id=picture.pk)]
    )
    shelf = vase.variants.get()
    receive(variant_id=shelf.pk, quantity=5, actor_id=None)
    path = f"/product/{vase.public_id}/{vase.slug}/"
    sys.stdout.write(json.dumps({"path": path, "email": OWNER, "password": PASSWORD}))


if __name__ == "__main__":
    main()
