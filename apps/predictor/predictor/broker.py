"""The connection to RabbitMQ and the one queue that the service and the worker agree on."""

import pika

from . import settings

QUEUE = "predictions"


def connect(heartbeat: int, timeout: float = 5) -> pika.BlockingConnection:
    """heartbeat: seconds, 0 for none; timeout: seconds for the whole connection to stand."""
    broker = settings.Broker()
    return pika.BlockingConnection(
        pika.ConnectionParameters(
            host=broker.host,
            credentials=pika.PlainCredentials(broker.user, settings.secret("broker_password")),
            heartbeat=heartbeat,
            socket_timeout=timeout,
            stack_timeout=timeout,
            blocked_connection_timeout=timeout,
        )
    )


def declare(channel) -> None:
    """Both sides declare it, so neither has to start first; it outlives the broker's restart."""
    channel.queue_declare(QUEUE, durable=True)
