"""Every act of the web interface exists in the API.

A page that takes a POST stands in the table below, with the operations that do the same or with the
reason why a program has no business there. A new page fails here until somebody has thought of it.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
