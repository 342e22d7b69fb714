"""Asking the worker: a job into the queue, the answer back by correlation id, within a time."""

import json
import logging
import threading
import time
import uuid

import pika
from pika.exceptions import AMQPError

from . import broker

log = logging.getLogger("predictor.rpc")

# RabbitMQ's built-in reply queue: private to the channel, nothing to declare and nothing left behind.
REPLY_TO = "amq.rabbitmq.reply-to"


class Unavailable(Exception):
    """The broker cannot be reached."""


class TimedOut(Exception):
    """No worker answered in time; the job has expired with it."""


class _Line:
    """One connection with its reply consumer; belongs to one thread."""

    def __init__(self, timeout: float):
        # No heartbeat: the connection is not served between two requests.
        self._connection = broker.connect(heartbeat=0, timeout=timeout)
        self._channel = self._connection.channel()
        broker.declare(self._channel)
        self._answers: "dict[str, bytes]" = {}
        self._waiting = ""
        self._channel.basic_consume(REPLY_TO, self._answer, auto_ack=True)

    def _answer(self, _channel, _method, properties, body: bytes) -> None:
        # An answer to an earlier request that gave up waiting is dropped.
        if properties.correlation_id == self._waiting:
            self._answers[self._waiting] = body

    def ask(self, job_id: str, body: bytes, deadline: float) -> bytes:
        self._waiting = job_id
        self._channel.basic_publish(
            exchange="",
            routing_key=broker.QUEUE,
            body=body,
            properties=pika.BasicProperties(
                content_type="application/json",
                correlation_id=job_id,
                reply_to=REPLY_TO,
                delivery_mode=2,
                # A job without a waiting client needs no row.
                expiration=str(max(1, int((deadline - time.monotonic()) * 1000))),
            ),
        )
        while job_id not in self._answers:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimedOut()
            self._connection.process_data_events(time_limit=left)
        return self._answers.pop(job_id)

    def close(self) -> None:
        try:
            self._connection.close()
        except (AMQPError, OSError):
            pass


class Client:
    def __init__(self, timeout: float):
        self._timeout = timeout
        self._threads = threading.local()

    def predict(self, features: dict) -> "tuple[str, dict]":
        """The job's id and the worker's answer. Raises Unavailable or TimedOut."""
        job_id = uuid.uuid4().hex
        body = json.dumps({"features": features}).encode()
        deadline = time.monotonic() + self._timeout
        kept = getattr(self._threads, "line", None)
        # A kept connection may have died with a restarted broker; a fresh one is tried before giving up.
        # Sending the same job twice is harmless: it is stored under its id once.
        for line in ([kept] if kept else []) + [None]:
            try:
                line = line or _Line(min(5, self._timeout))
                self._threads.line = line
                return job_id, json.loads(line.ask(job_id, body, deadline))
            except (AMQPError, OSError) as error:
                self._threads.line = None
                if line:
                    line.close()
                log.warning("broker connection lost", extra={"fields": {"jobId": job_id, "error": repr(error)}})
        raise Unavailable()
