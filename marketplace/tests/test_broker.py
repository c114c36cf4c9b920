"""How long anybody waits for a broker that hangs."""

from celery import Celery, signals


def test_who_leaves_a_message_waits_a_second_and_a_worker_listens_for_longer() -> None:
    another = Celery("another", set_as_current=False)
    another.config_from_object("django.conf:settings", namespace="CELERY")
    assert another.conf.broker_transport_options["socket_timeout"] == 1
    signals.celeryd_init.send(sender="a worker", instance=None, conf=another.conf, options={})
    assert another.conf.broker_transport_options["socket_timeout"] == 5
