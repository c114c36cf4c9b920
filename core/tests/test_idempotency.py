from typing import Any

import pytest

from core.idempotency import Answer, InProgress, KeyMissing, KeyReused, run_once
from core.models import IdempotencyKey, TryCount
from core.testing import race


def once(work, *, principal="u:1", key="k1", body=None) -> Answer:
    return run_once(
        principal=principal, route="pay", key=key, body=body or {"total": 100}, work=work
    )


def leave_mark() -> dict[str, int]:
    from core import clock
    from core.ids import new_public_id

    TryCount.objects.create(key=new_public_id(), window=0, expires_at=clock.now())
    return {"order": 7}


@pytest.mark.django_db
def test_a_repetition_gets_the_stored_answer():
    assert once(leave_mark) == Answer(data={"order": 7}, replayed=False)
    assert once(leave_mark) == Answer(data={"order": 7}, replayed=True)
    assert TryCount.objects.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused():
    once(leave_mark)
    with pytest.raises(KeyReused) as refused:
        once(leave_mark, body={"total": 1})
    assert refused.value.status == 422
    assert TryCount.objects.count() == 1


@pytest.mark.django_db
def test_keys_of_two_people_never_meet():
    once(leave_mark)
    assert not once(leave_mark, principal="u:2").replayed
    assert TryCount.objects.count() == 2


@pytest.mark.django_db
def test_what_failed_may_be_tried_again():
    def fails():
        leave_mark()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once(fails)
    assert not TryCount.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert not once(leave_mark).replayed


@pytest.mark.parametrize("key", ["", "x" * 101, "a\x00b", "a\nb"])
@pytest.mark.django_db
def test_a_key_must_be_a_key(key):
    with pytest.raises(KeyMissing):
        once(leave_mark, key=key)
    assert not TryCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_running_the_others_are_told_so():
    told: list[Any] = []

    def slow() -> dict[str, int]:
        told.extend(race(7, lambda _number: once(leave_mark)))
        return leave_mark()

    assert once(slow) == Answer(data={"order": 7}, replayed=False)
    assert [(type(one), one.status) for one in told] == [(InProgress, 409)] * 7
    assert TryCount.objects.count() == 1
    assert once(leave_mark).replayed


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_one_effect():
    results = race(20, lambda _number: once(leave_mark))
    done = [one for one in results if isinstance(one, Answer)]
    assert sum(not one.replayed for one in done) == 1
    assert all(isinstance(one, Answer | InProgress) for one in results)
    assert TryCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_looking_first_has_many_effects():
    def naive(_number: int) -> None:
        if not IdempotencyKey.objects.filter(key="naive").exists():
            leave_mark()
            IdempotencyKey.objects.get_or_create(
                principal="u:1", route="pay", key="naive", defaults={"body_hash": ""}
            )

    race(20, naive)
    assert TryCount.objects.count() > 1
