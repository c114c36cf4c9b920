"""Operations of questions: ask a brand, and answer for one's own."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.actions import count_try
from accounts.queries import require_brand_role
from accounts.types import Call
from api.fields import (
    Choice,
    FindAsked,
    Flag,
    In,
    Instant,
    Mail,
    MoneyField,
    Out,
    PictureField,
    Text,
    Word,
    sort_field,
)
from api.operations import Results, operation
from api.problems import unprocessable
from messaging import actions, queries
from messaging.actions import ANSWERING_ROLES
from messaging.asking import known_asker
from messaging.forms import TEXT_LIMIT
from messaging.subjects import KINDS, subject_for
from messaging.types import Asker, Show


def _count(call: Call) -> None:
    count_try(name="enquiry", request=call.plain_request)


class QuestionIn(In):
    """A question about one thing. A guest says who asks and where the answer goes; of a member we
    know both."""

    kind = Choice(choices=[(kind, kind) for kind in KINDS])
    id = Word(most=40, help_text="Of the product, pin or brand; of an order its number.")
    text = Text(limit=TEXT_LIMIT, multiline=True)
    name = Text(limit=80, required=False, allow_blank=True, default="")
    email = Mail(required=False, allow_blank=True, default="")


class AskedOut(Out):
    """The reference of the question."""

    id = serializers.CharField()


class BriefOut(Out):
    """What somebody wants a quote for, as far as they said it; `pins` are ids."""

    package = serializers.CharField()
    quantity = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    budget = MoneyField(allow_null=True)
    destination = serializers.CharField()
    needed_by = serializers.DateField(allow_null=True)
    pictures = serializers.ListField(child=PictureField())
    pins = serializers.ListField(child=serializers.CharField(), source="pin_ids")


class QuestionOut(Out):
    """A question as the brand reads it. The answer goes to `email`; `brief` is null where no quote
    is wanted."""

    id = serializers.CharField(source="public_id")
    kind = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    text = serializers.CharField()
    answered = serializers.BooleanField()
    at = Instant()
    asker_handle = serializers.CharField()
    brief = BriefOut(allow_null=True)


class QuestionsAsked(FindAsked):
    """Which of them; `find` looks for who asks, what it is about and words of the question."""

    show = Choice(choices=[(one, one) for one in Show], required=False, default=Show.OPEN)
    kind = Choice(choices=[("quote", "quote"), ("question", "question")], required=False)
    sort = sort_field(queries.SORTS, default="newest")


class AnsweredIn(In):
    """Whether it is dealt with."""

    answered = Flag()


@operation(
    id="question_create",
    tag="Questions",
    scope="messages",
    who="anybody",
    takes=QuestionIn,
    gives=AskedOut,
    status=201,
    before=_count,
    example={"kind": "product", "id": "h4t8w2kzq9mp", "text": "Does it stand in the rain?"},
)
def ask(call: Call) -> dict[str, str]:
    """Ask a brand about a product, a pin, an order or itself. The answer comes by mail."""
    data = call.data
    subject = subject_for(
        kind=data["kind"], ref=data["id"], viewer=call.viewer, session=call.session
    )
    return {"id": actions.ask(subject=subject, asker=asker_of(call), text=data["text"])}


def asker_of(call: Call) -> Asker:
    """The profile that the member acts for, answered at the member's own address; of a guest what
    the body says. Raises Unprocessable for a guest who says too little and a member who says more.
    """
    known = known_asker(viewer=call.viewer)
    said = {name: call.data[name] for name in ("name", "email") if name in call.data}
    word = _("We know this of you: leave it out.") if known else _("A guest has to say this.")
    wrong = {name: [word] for name, value in said.items() if bool(value) is (known is not None)}
    if wrong:
        raise unprocessable(wrong)
    return known or Asker(name=said.get("name", said["email"]), email=said["email"])


@operation(
    id="studio_questions_list",
    tag="Studio: questions",
    scope="messages",
    asks=QuestionsAsked,
    gives=QuestionOut,
    many=True,
)
def list_questions(call: Call, handle: str) -> Results:
    """What the brand was asked, newest first where no other order is asked for."""
    page = queries.enquiries_for(
        brand_id=_brand_id(call, handle),
        cursor=call.query["cursor"],
        show=call.query["show"],
        kind=call.query.get("kind", ""),
        text=call.query["find"],
        sort=call.query["sort"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)


def _brand_id(call: Call, handle: str) -> int:
    role = require_brand_role(viewer=call.viewer, handle=handle, roles=ANSWERING_ROLES)
    return role.profile.id


@operation(
    id="studio_question_answered",
    tag="Studio: questions",
    scope="messages",
    takes=AnsweredIn,
    example={"answered": True},
)
def mark_answered(call: Call, handle: str, public_id: str) -> None:
    """Tick a question off, or put it back."""
    actions.mark_answered(
        public_id=public_id,
        brand_id=_brand_id(call, handle),
        actor_id=call.user_id,
        answered=call.data["answered"],
    )
