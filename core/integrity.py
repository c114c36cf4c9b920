"""What must hold of outbox and pictures (see `core.audits`)."""

from collections.abc import Iterator

from core import audits, files, withdrawn
from core.housekeeping import ORPHAN_AGE
from core.media import files_of
from core.models import Image

# Pictures are drawn for as long as there are many of them, and shown in a quick version meanwhile.
_LATE = """
SELECT 'delivery ' || d.id, d.receiver || ' of event ' || d.event_id || ' due at ' || d.due_at
FROM core_delivery d
WHERE d.state = 'pending'
    AND d.due_at < %(settled)s - (d.queue = 'media')::integer * interval '1 hour'
ORDER BY d.id
"""
_DEAD = """
SELECT 'delivery ' || d.id, d.receiver || ': ' || right(d.last_error, 200)
FROM core_delivery d WHERE d.state = 'dead' ORDER BY d.id
"""


# The database stands still while it is asked, the disk does not: nothing is said of a picture whose
# files came or went since, or with it.
def _pictures_without_files() -> Iterator[tuple[str, str]]:
    since = audits.settled().timestamp()
    rows = Image.objects.exclude(state=Image.State.FAILED)
    values = rows.values_list("public_id", "state", "width", "widths")
    for public_id, state, width, widths in values.iterator(chunk_size=2_000):
        names = files_of(state=state, width=width, widths=widths)
        missing = names - files.names_of(public_id)
        if missing and not files.changed_since(public_id, since):
            yield f"image {public_id}", f"{state}, lacks {', '.join(sorted(missing))}"


def _pictures_misjudged() -> Iterator[tuple[str, str]]:
    since = audits.settled().timestamp()
    for public_id, shown in withdrawn.misjudged():
        if not files.changed_since(public_id, since):
            said = (
                "is shown, its address says no" if shown else "nothing shows it, its address does"
            )
            yield f"image {public_id}", said


def _files_without_picture() -> Iterator[tuple[str, str]]:
    for batch in files.old_directories(older_than=ORPHAN_AGE):
        known = set(
            Image.objects.filter(public_id__in=list(batch)).values_list("public_id", flat=True)
        )
        for public_id in sorted(set(batch) - known):
            yield f"files of {public_id}", "no row"


def register() -> None:
    audits.register(invariant="I8", says="Every delivery that is due was made", sql=_LATE)
    audits.register(invariant="I8", says="No delivery is dead", sql=_DEAD)
    for invariant, says, find in (
        ("I10", "A picture is at its address while something shows it", _pictures_misjudged),
        ("I12", "Every picture has its files", _pictures_without_files),
        ("I12", "Every file older than an hour has its picture", _files_without_picture),
    ):
        audits.register_check(audits.Check(invariant=invariant, says=says, find=find))
