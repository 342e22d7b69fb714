"""The REST service. It knows neither the model nor the worker: it asks through the queue and reads the table."""

import logging
import time

import pymysql
from flask import Flask, Response, g, jsonify, request
from pika.exceptions import AMQPError
from werkzeug.exceptions import HTTPException

from . import broker, database, features, logs, rpc, settings

log = logging.getLogger("predictor.api")

MAX_LIMIT = 100


def problem(status: int, message: str, **more: object) -> "tuple[Response, int]":
    return jsonify(error=message, **more), status


def create_app() -> Flask:
    logs.configure()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
    app.json.sort_keys = False
    client = rpc.Client(settings.prediction_timeout())

    @app.before_request
    def start() -> None:
        g.started = time.monotonic()

    @app.after_request
    def tell(response: Response) -> Response:
        probe = request.path in ("/healthz", "/readyz")
        log.log(
            logging.DEBUG if probe and response.status_code == 200 else logging.INFO,
            f"{request.method} {request.path} {response.status_code}",
            extra={
                "fields": {
                    "milliseconds": round((time.monotonic() - g.started) * 1000, 1),
                    "requestId": request.headers.get("X-Request-Id"),
                }
            },
        )
        return response

    @app.get("/healthz")
    def alive():
        return jsonify(status="ok")

    @app.get("/readyz")
    def ready():
        checks = {"broker": _check(_broker_answers), "database": _check(_database_answers)}
        good = all(value == "ok" for value in checks.values())
        return jsonify(status="ok" if good else "unavailable", **checks), 200 if good else 503

    @app.post("/api/predictions")
    def predict():
        asked = request.get_json(silent=True)
        if asked is None:
            return problem(400, "the body must be a JSON object sent as application/json")
        faults = features.faults(asked)
        if faults:
            return problem(400, f"the request has {len(faults)} invalid field{'s'[: len(faults) > 1]}", fields=faults)
        job_id, answer = client.predict(asked)
        if "error" in answer:
            return problem(503, answer["error"], jobId=job_id)
        return jsonify(answer), 201, {"Location": f"/api/predictions/{answer['id']}"}

    @app.get("/api/predictions")
    def latest():
        asked = request.args.get("limit", "20")
        if not asked.isdecimal() or not 1 <= int(asked) <= MAX_LIMIT:
            return problem(400, f"limit: must be a whole number from 1 to {MAX_LIMIT}, got {asked!r}")
        with database.session() as connection:
            database.prepare(connection)
            return jsonify(predictions=database.latest(connection, int(asked)))

    @app.get("/api/predictions/<int:number>")
    def one(number: int):
        with database.session() as connection:
            database.prepare(connection)
            row = database.find(connection, number)
        return jsonify(row) if row else problem(404, f"there is no prediction {number}")

    @app.errorhandler(rpc.TimedOut)
    def timed_out(_error):
        return problem(504, "no worker answered in time; the job was withdrawn")

    @app.errorhandler(rpc.Unavailable)
    def no_broker(_error):
        return problem(503, "the broker cannot be reached")

    @app.errorhandler(pymysql.err.MySQLError)
    def no_database(error):
        log.warning("database failed", extra={"fields": {"error": repr(error)}})
        return problem(503, "the database cannot be reached")

    @app.errorhandler(HTTPException)
    def refused(error):
        return problem(error.code or 500, error.name.lower())

    @app.errorhandler(Exception)
    def failed(_error):
        log.exception("request failed")
        return problem(500, "internal error")

    return app


def _broker_answers() -> None:
    broker.connect(heartbeat=0, timeout=2).close()


def _database_answers() -> None:
    connection = database.connect(timeout=2)
    connection.ping(reconnect=False)
    connection.close()


def _check(answers) -> str:
    try:
        answers()
    except (AMQPError, OSError, pymysql.err.MySQLError) as error:
        return type(error).__name__
    return "ok"
