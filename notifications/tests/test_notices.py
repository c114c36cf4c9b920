import re
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.template import engines
from jinja2 import ChoiceLoader, DictLoader

from accounts.actions import block, close_brand, mute, suspend_person, unmute
from accounts.testing import client_for, make_brand, make_operator, make_person, owner_of
from core.testing import deliver_all, race
from notifications import actions, kinds, queries
from notifications.kinds import Kind
from notifications.models import Mail, Notice, Preference
from notifications.types import Read, Recipient

TEMPLATES = {
    "tests/notices/rang.title.txt": "Order {{ number }} & {{ name }} rang",
    "tests/notices/rang.body.txt": "First line.\n\nSecond <b>line</b> for {{ name }}.\n",
    "tests/notices/sold.title.txt": "{{ _('Sold %(what)s for %(name)s', what=number, name=name) }}",
    "tests/notices/sold.body.txt": "Well done.",
    "tests/notices/sold.html": "<p>Part of its own: {{ number }}</p>",
}


@pytest.fixture(autouse=True)
def known_kinds():
    env = engines["jinja2"].env
    before = env.loader
    env.loader = ChoiceLoader([DictLoader(TEMPLATES), before])
    kinds.register(Kind("tests.rang", "Rings", group="orders", note="All of them"))
    kinds.register(Kind("tests.sold", "Sales", group="sales", locked=("email",)))
    yield
    env.loader = before
    kinds.unregister("tests.rang")
    kinds.unregister("tests.sold")


def tell(*people: Any, key: str = "order:1:rang", kind: str = "tests.rang", **context) -> None:
    actions.notify(
        kind=kind,
        event_key=key,
        recipients=[
            Recipient(profile_id=one.pk, email=one.user.email, name=one.name) for one in people
        ],
        context={"number": "1042", "name": "Ann <i>B</i>", "url": "/order/1042/", **context},
    )


def unread(profile: Any) -> Any:
    profile.refresh_from_db()
    assert profile.unread_count == queries.unread_counts(profile_ids=[profile.pk]).get(
        profile.pk, 0
    )
    return profile.unread_count


@pytest.mark.django_db
def test_each_is_told_once_however_often_it_is_said():
    ann, bob = make_person(), make_person()
    for _time in range(3):
        tell(ann, bob)
    tell(ann, key="order:2:rang")
    assert Notice.objects.count() == Mail.objects.count() == 3
    assert (unread(ann), unread(bob)) == (2, 1)
    deliver_all()
    deliver_all()
    assert len(mail.outbox) == 3
    assert Mail.objects.filter(sent_at__isnull=True).count() == 0


@pytest.mark.django_db
def test_translated_words_are_escaped_where_they_are_html_only():
    ann = make_person()
    tell(ann, kind="tests.sold", name="Lumen & Oak")
    deliver_all()
    assert Notice.objects.get().title == "Sold 1042 for Lumen & Oak"
    [sent] = (
        message_from_bytes(one.message().as_bytes(), policy=policy.default) for one in mail.outbox
    )
    assert sent["Subject"] == "Sold 1042 for Lumen & Oak"
    assert "Sold 1042 for Lumen & Oak" in sent.get_body(["plain"]).get_content()
    assert "Sold 1042 for Lumen &amp; Oak" in sent.get_body(["html"]).get_content()


@pytest.mark.django_db
def test_two_duties_towards_one_person_are_two():
    ann = make_person()
    for sub in ("buyer", "seller", "buyer"):
        actions.notify(
            kind="tests.rang",
            event_key="e",
            recipients=[Recipient(profile_id=ann.pk, email=ann.user.email, sub=sub)],
            context={"number": "1", "name": "n"},
        )
    assert Notice.objects.count() == Mail.objects.count() == unread(ann) == 2


@pytest.mark.django_db
def test_a_guest_gets_the_mail_alone():
    actions.notify(
        kind="tests.rang",
        event_key="e",
        recipients=[Recipient(email="guest@MAIL.example", name="Guest")],
        context={"number": "1", "name": "n"},
    )
    deliver_all()
    assert not Notice.objects.exists()
    assert mail.outbox[0].to == ["Guest <guest@mail.example>"]
    assert "Choose what you hear" not in mail.outbox[0].body


@pytest.mark.django_db
def test_the_mail_says_it_in_text_and_html(settings):
    ann = make_person(name="Ann Example")
    tell(ann, action="Track it")
    deliver_all()
    sent = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert sent["Subject"] == "Order 1042 & Ann <i>B</i> rang"
    text, html = (
        part.get_content() for part in sent.walk() if part.get_content_maintype() != "multipart"
    )
    assert "Second <b>line</b> for Ann <i>B</i>." in text
    assert f"Track it: {settings.SITE_URL}/order/1042/" in text
    assert "Hello Ann Example," in text
    assert "Second &lt;b&gt;line&lt;/b&gt; for Ann &lt;i&gt;B&lt;/i&gt;." in html
    assert "<i>B</i>" not in html
    assert f'href="{settings.SITE_URL}/order/1042/"' in html
    assert "style=" not in html


@pytest.mark.django_db
def test_a_kind_may_add_a_part_of_its_own():
    tell(make_person(), kind="tests.sold")
    assert "<p>Part of its own: 1042</p>" in Mail.objects.get().html


@pytest.mark.django_db
def test_the_message_id_is_that_of_the_mail(monkeypatch):
    ann = make_person()
    tell(ann)
    row = Mail.objects.get()
    deliver_all()
    Mail.objects.update(sent_at=None)  # as after a crash between the sending and the commit
    from notifications.events import MailQueued
    from notifications.receivers import send_mail

    send_mail(MailQueued(mail_id=row.pk))
    ids = {one.message()["Message-ID"] for one in mail.outbox}
    assert len(mail.outbox) == 2
    assert ids == {f"<{row.public_id}@localhost>"}


@pytest.mark.django_db
def test_a_name_cannot_become_a_header():
    evil = "Eve\r\nBcc: victim@mail.example"
    actions.notify(
        kind="tests.rang",
        event_key="e",
        recipients=[Recipient(email="eve@mail.example", name=evil)],
        context={"number": "1\r\nBcc: victim@mail.example", "name": evil},
    )
    deliver_all()
    (sent,) = mail.outbox
    assert sent.recipients() == ['"Eve Bcc: victim@mail.example" <eve@mail.example>']
    assert "\n" not in sent.subject
    assert sent.message()["Bcc"] is None


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "nonsense", "a@b, c@d"])
@pytest.mark.django_db
def test_no_mail_goes_to_what_is_no_address(address):
    ann = make_person()
    actions.notify(
        kind="tests.rang",
        event_key="e",
        recipients=[Recipient(profile_id=ann.pk, email=address)],
        context={"number": "1", "name": "n"},
    )
    assert not Mail.objects.exists()
    assert unread(ann) == 1


@pytest.mark.django_db
def test_a_notice_leads_nowhere_else():
    with pytest.raises(ValueError, match="path"):
        tell(make_person(), url="https://evil.example/")
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_a_failing_mail_server_delays_the_mail_and_nothing_else(settings):
    settings.EMAIL_BACKEND = "nowhere.Backend"
    ann = make_person()
    tell(ann)
    deliver_all(raise_errors=False)
    assert unread(ann) == 1
    assert Mail.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from datetime import timedelta

    from core import clock

    with clock.fixed(clock.now() + timedelta(minutes=1)):
        deliver_all()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_what_was_switched_off_stays_away_and_what_is_locked_comes():
    ann = make_person()
    before = actions.save_preferences(
        profile_id=ann.pk, wanted={"tests.rang": [], "tests.sold": [], "unknown.kind": []}
    )
    assert before == {"tests.rang": ["email", "in_app"], "tests.sold": ["email", "in_app"]}
    tell(ann)
    tell(ann, kind="tests.sold", key="k2")
    assert not Notice.objects.exists()
    assert [one.kind for one in Mail.objects.all()] == ["tests.sold"]
    actions.restore_preferences(profile_id=ann.pk, before=before)
    assert all(row.in_app and row.email for row in Preference.objects.all())


@pytest.mark.django_db
def test_reading_moves_the_count_by_what_changed():
    ann, bob = make_person(), make_person()
    for number in range(4):
        tell(ann, bob, key=f"order:{number}")
    first = Notice.objects.filter(profile=ann).first()
    assert first is not None
    for was_new in (True, False):
        done = actions.mark_read(profile_id=ann.pk, public_id=first.public_id)
        assert done == Read(url="/order/1042/", was_new=was_new)
    assert unread(ann) == 3
    assert actions.mark_read(profile_id=bob.pk, public_id=first.public_id) is None
    assert actions.mark_all_read(profile_id=ann.pk) == 3
    assert actions.mark_all_read(profile_id=ann.pk) == 0
    assert (unread(ann), unread(bob)) == (0, 4)


@pytest.mark.django_db
def test_the_cost_does_not_grow_with_the_people_but_for_their_counts(
    django_assert_max_num_queries,
):
    people = [make_person() for _number in range(6)]
    with django_assert_max_num_queries(45):
        # preferences, notices and mails in and back, savepoints; for each person their count, what
        # it is now, its savepoint, and the fact that a mail waits
        tell(*people)


@pytest.mark.django_db(transaction=True)
def test_rivals_tell_once_and_count_right():
    ann = make_person()
    race(8, lambda number: tell(ann, key=f"k{number % 2}"))
    assert Notice.objects.count() == Mail.objects.count() == 2
    assert unread(ann) == 2
    assert len(mail.outbox) == 2
    race(8, lambda _number: actions.mark_all_read(profile_id=ann.pk))
    assert unread(ann) == 0


def bell(client: Any) -> str:
    """What the bell of a page says."""
    found = re.search(r'aria-label="(Notifications, [^"]*)"', client.get("/help/").content.decode())
    assert found is not None
    return found[1]


def tell_of(actor: Any, reader: Any) -> None:
    actions.notify(
        kind="tests.rang",
        event_key=f"by:{actor.pk}",
        recipients=[Recipient(profile_id=reader.pk, email="a@mail.example", name="Ann")],
        context={"number": "1042", "name": actor.name, "url": "/help/"},
        actor_id=actor.pk,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["muted", "blocked", "suspended"])
def test_the_bell_counts_nothing_that_its_list_leaves_out(way: str) -> None:
    ann, bob, eve = make_person(), make_person(name="Bob"), make_person(name="Eve")
    client = client_for(ann)
    for actor in (bob, eve):
        tell_of(actor, ann)
    assert bell(client) == "Notifications, 2 new"
    if way == "muted":
        mute(muter_id=ann.pk, muted_id=eve.pk)
    elif way == "blocked":
        block(blocker_id=eve.pk, blocked_id=ann.pk)
    else:
        operator = make_operator()
        suspend_person(profile_id=eve.pk, operator_id=operator.user_id or 0, reason="Spam.")
    deliver_all()
    assert bell(client) == "Notifications, 1 new"
    page = client.get("/notifications/").content.decode()
    assert "Bob" in page
    assert "Eve" not in page
    assert unread(ann) == 1


@pytest.mark.django_db
def test_what_a_closed_brand_did_rings_no_bell() -> None:
    ann, brand = make_person(), make_brand(name="Ondine")
    client = client_for(ann)
    tell_of(brand, ann)
    assert bell(client) == "Notifications, 1 new"
    close_brand(brand_id=brand.pk, actor_id=owner_of(brand).user_id or 0)
    deliver_all()
    assert unread(ann) == 0
    assert "Ondine" not in client.get("/notifications/").content.decode()


@pytest.mark.django_db
def test_programs_are_not_told_either_what_somebody_muted_did() -> None:
    ann, bob, eve = make_person(), make_person(), make_person(name="Eve")
    for actor in (bob, eve):
        tell_of(actor, ann)
    mute(muter_id=ann.pk, muted_id=eve.pk)
    answer = client_for(ann).get("/api/v1/notifications/").json()["results"]
    assert len(answer) == 1


@pytest.mark.django_db
def test_who_mutes_in_vain_and_others_keep_their_count() -> None:
    ann, bob, eve = make_person(), make_person(), make_person(name="Eve")
    for reader in (ann, bob):
        tell_of(eve, reader)
    mute(muter_id=ann.pk, muted_id=eve.pk)
    mute(muter_id=ann.pk, muted_id=eve.pk)
    deliver_all()
    assert (unread(ann), unread(bob)) == (0, 1)
    unmute(muter_id=ann.pk, muted_id=eve.pk)
    deliver_all()
    page = client_for(ann).get("/notifications/").content.decode()
    assert "Eve" in page
    assert unread(ann) == 0
