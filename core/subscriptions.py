"""Who hears which fact: filled by AppConfig.ready() of the apps above."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

_PLAIN = (int, str, bool, type(None))


class Event:
    """Base of all facts: a frozen dataclass of ids, strings, numbers and lists of them.

    What a secret one says is dropped as soon as its receiver, of which it has one, is done.
    """

    is_secret: ClassVar[bool] = False

    @classmethod
    def type_name(cls) -> str:
        """`orders.OrderPaid`: the app and the class."""
        return f"{cls.__module__.partition('.')[0]}.{cls.__name__}"

    def to_data(self) -> dict[str, Any]:
        """The fields as JSON knows them; TypeError for anything that is not plain."""
        data = {}
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, list | tuple):
                value = list(value)
            values = value if isinstance(value, list) else [value]
            if not all(isinstance(one, _PLAIN) for one in values):
                raise TypeError(f"{self.type_name()}.{field.name} must be plain, not {value!r}.")
            data[field.name] = value
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Event:
        """Rebuild a stored fact. Fields that a newer sender added are left out."""
        known = {field.name for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: value for name, value in data.items() if name in known})


E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Subscription:
    """One receiver of one kind of fact."""

    name: str
    event_type: type[Event]
    receiver: Callable[[Any], None]
    queue: str
    # How long failures are tried again before a person must look.
    patience_hours: int


_by_event: dict[type[Event], list[Subscription]] = {}
_by_name: dict[tuple[str, str], Subscription] = {}


def subscribe(
    event_type: type[E],
    receiver: Callable[[E], None],
    *,
    queue: str = "default",
    patience_hours: int = 6,
) -> None:
    """Let `receiver` hear each `event_type`, once per fact; to be called once per pair.

    It is stored by its dotted name: deliveries of a receiver that was renamed wait, visible to
    staff, until a process knows the name again.
    """
    name = f"{receiver.__module__}.{receiver.__qualname__}"
    key = (event_type.type_name(), name)
    if key in _by_name:
        raise ValueError(f"{name} hears {event_type.__name__} already.")
    subscription = Subscription(name, event_type, receiver, queue, patience_hours)
    _by_name[key] = subscription
    _by_event.setdefault(event_type, []).append(subscription)


def unsubscribe(event_type: type[Event], receiver: Callable[[Any], None]) -> None:
    """The reverse, for tests."""
    name = f"{receiver.__module__}.{receiver.__qualname__}"
    _by_event[event_type].remove(_by_name.pop((event_type.type_name(), name)))


def receivers_of(event_type: type[Event]) -> list[Subscription]:
    """All who hear this kind of fact."""
    return _by_event.get(event_type, [])


def find(*, event_type: str, receiver: str) -> Subscription | None:
    """The subscription behind a stored delivery, or None if this process knows none."""
    return _by_name.get((event_type, receiver))
