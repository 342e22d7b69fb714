"""The worker: takes a job, predicts, stores the row, answers, and only then lets the broker forget the job."""

import json
import logging
import random
import signal
import socket
import time
from pathlib import Path

import pika
import pymysql
from pika.exceptions import AMQPError

from . import broker, database, features, logs, settings
from .model import ModelFile, NoModel

log = logging.getLogger("predictor.worker")

NAME = socket.gethostname()
ALIVE = Path("/tmp/worker-alive")
LONGEST_WAIT = 4.0


class Worker:
    def __init__(self, model_file: str):
        self._model = ModelFile(model_file)
        self._version = ""
        self._database = None
        self._stopping = False

    def stop(self, *_signal) -> None:
        self._stopping = True

    def run(self) -> None:
        """Until stop(): connects, works, and after a loss connects again, waiting longer each time."""
        wait = 0.5
        while not self._stopping:
            connection = None
            try:
                self._database = database.connect()
                database.prepare(self._database)
                connection = broker.connect(heartbeat=30)
                log.info("connected", extra={"fields": {"worker": NAME}})
                wait = 0.5
                self._work(connection)
            except (AMQPError, OSError, pymysql.err.MySQLError) as error:
                pause = wait * random.uniform(0.8, 1.2)
                log.warning("not connected", extra={"fields": {"error": repr(error), "retrySeconds": round(pause, 1)}})
                self._sleep(pause)
                wait = min(LONGEST_WAIT, wait * 2)
            finally:
                self._close(connection)
        log.info("stopped", extra={"fields": {"worker": NAME}})

    def _work(self, connection: pika.BlockingConnection) -> None:
        channel = connection.channel()
        broker.declare(channel)
        # One job at a time: what this worker has not begun stays for its replicas.
        channel.basic_qos(prefetch_count=1)
        channel.basic_consume(broker.QUEUE, self._job)
        while not self._stopping:
            connection.process_data_events(time_limit=0.5)
            self._tell_alive()

    def _job(self, channel, method, properties, body: bytes) -> None:
        began = time.monotonic()
        answer = self._answer(properties.correlation_id, body)
        if properties.reply_to:
            channel.basic_publish(
                exchange="",
                routing_key=properties.reply_to,
                body=json.dumps(answer).encode(),
                properties=pika.BasicProperties(correlation_id=properties.correlation_id),
            )
        channel.basic_ack(method.delivery_tag)
        log.info(
            "answered",
            extra={
                "fields": {
                    "jobId": properties.correlation_id,
                    "id": answer.get("id"),
                    "error": answer.get("error"),
                    "milliseconds": round((time.monotonic() - began) * 1000, 1),
                }
            },
        )

    def _answer(self, job_id: "str | None", body: bytes) -> dict:
        """A job that can never succeed is answered with its error; a lost database raises and the job stays queued."""
        try:
            asked = json.loads(body)["features"]
            faults = features.faults(asked)
            if faults or not job_id:
                return {"error": f"the job is not valid: {faults or 'no correlation id'}"}
            model = self._model.current()
            prediction = model.predict(asked)
        except NoModel:
            return {"error": "no model has been trained yet"}
        except (ValueError, KeyError, TypeError) as error:
            return {"error": f"the job cannot be predicted: {error!r}"}
        return database.store(self._database, job_id, asked, prediction, model.version, NAME)

    def _tell_alive(self) -> None:
        """Touches the file the health check looks at, while the connections stand and a model can be served."""
        try:
            version = self._model.current().version
        except NoModel as error:
            if self._version != "none":
                log.warning(str(error))
            self._version = "none"
            return
        if version != self._version:
            log.info("serving model", extra={"fields": {"modelVersion": version}})
            self._version = version
        # An idle worker would notice only at the next job that the database went away.
        self._database.ping(reconnect=False)
        ALIVE.touch()

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < until:
            time.sleep(0.1)

    def _close(self, connection) -> None:
        for open_one in (connection, self._database):
            try:
                if open_one is not None:
                    open_one.close()
            except (AMQPError, OSError, pymysql.err.MySQLError):
                pass
        self._database = None


def main() -> None:
    logs.configure()
    settings.require()
    worker = Worker(settings.text("MODEL_FILE", "/model/model.json"))
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()


if __name__ == "__main__":
    main()
