"""The predictions table in MariaDB. Times are UTC."""

import json
from contextlib import contextmanager
from datetime import timezone

import pymysql

from . import settings

SCHEMA = """
CREATE TABLE IF NOT EXISTS predictions (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  job_id CHAR(32) CHARACTER SET ascii NOT NULL UNIQUE,
  features JSON NOT NULL,
  prediction BIGINT NOT NULL,
  model_version VARCHAR(64) NOT NULL,
  worker VARCHAR(255) NOT NULL,
  stored_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
)
"""
COLUMNS = "id, features, prediction, model_version, worker, stored_at"


def connect(timeout: int = 5):
    database = settings.Database()
    return pymysql.connect(
        host=database.host,
        user=database.user,
        password=settings.secret("database_password"),
        database=database.name,
        charset="utf8mb4",
        connect_timeout=timeout,
        read_timeout=timeout,
        write_timeout=timeout,
        autocommit=True,
        init_command="SET time_zone = '+00:00'",
    )


@contextmanager
def session():
    """A connection for one request: a millisecond here, and never a stale one after a restart of the database."""
    connection = connect()
    try:
        yield connection
    finally:
        connection.close()


def prepare(connection) -> None:
    with connection.cursor() as cursor:
        # Looking first keeps the server from warning at each start that the table is there.
        cursor.execute("SHOW TABLES LIKE 'predictions'")
        if cursor.fetchone() is None:
            cursor.execute(SCHEMA)


def store(connection, job_id: str, features: dict, prediction: int, model_version: str, worker: str) -> dict:
    """Stores once: a job delivered again, after a lost acknowledgement, finds its first row."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                "INSERT INTO predictions (job_id, features, prediction, model_version, worker)"
                " VALUES (%s, %s, %s, %s, %s)",
                (job_id, json.dumps(features), prediction, model_version, worker),
            )
        except pymysql.err.IntegrityError:
            pass
        cursor.execute(f"SELECT {COLUMNS} FROM predictions WHERE job_id = %s", (job_id,))
        return _row(cursor.fetchone())


def latest(connection, limit: int) -> "list[dict]":
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM predictions ORDER BY id DESC LIMIT %s", (limit,))
        return [_row(row) for row in cursor.fetchall()]


def find(connection, number: int) -> "dict | None":
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM predictions WHERE id = %s", (number,))
        row = cursor.fetchone()
        return _row(row) if row else None


def _row(row) -> dict:
    number, features, prediction, model_version, worker, stored_at = row
    return {
        "id": number,
        "features": json.loads(features),
        "prediction": prediction,
        "modelVersion": model_version,
        "worker": worker,
        "storedAt": stored_at.replace(tzinfo=timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
