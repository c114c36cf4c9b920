"""The mails that were sent: newest first, in pages, each one whole on its own page."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import override_settings

from demo import mailbox
from demo.mailbox import Envelope


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Five mails over one connection, as a seed sends them."""
    post = EmailBackend(file_path=str(tmp_path))
    letters = [
        EmailMessage(f"Number {number}", f"Words of {number}: grüße", to=["noor@mail.example"])
        for number in range(5)
    ]
    post.send_messages(letters)
    return tmp_path


def test_pages_of_mails_go_on_where_the_one_before_ends(sent: Path) -> None:
    with override_settings(EMAIL_FILE_PATH=str(sent)):
        pages = [mailbox.letters(limit=2, skip=skip) for skip in (0, 2, 4, 6)]
        subjects = [[one.subject for one in page] for page in pages]
        assert subjects == [["Number 4", "Number 3"], ["Number 2", "Number 1"], ["Number 0"], []]
        newest = pages[0][0]
        assert type(newest) is Envelope
        assert newest.to == "noor@mail.example"
        assert newest.sent_at is not None
        whole = mailbox.letter(name=newest.name)
        assert whole is not None
        assert (whole.subject, whole.text.strip()) == ("Number 4", "Words of 4: grüße")
        assert mailbox.letter(name="nothing.0") is None
