"""Settings come from the environment, secrets from files; a wrong one stops the process with one line."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

SECRETS = Path("/run/secrets")


def text(name: str, default: str) -> str:
    value = os.environ.get(name, default)
    if not re.fullmatch(r"[\w./-]{1,255}", value):
        raise SystemExit(f"{name}: must be a plain name, got {value!r}")
    return value


def number(name: str, default: float, low: float, high: float) -> float:
    value = os.environ.get(name, str(default))
    try:
        parsed = float(value)
    except ValueError:
        parsed = float("nan")
    if not low <= parsed <= high:
        raise SystemExit(f"{name}: must be a number from {low:g} to {high:g}, got {value!r}")
    return parsed


class NoSecret(OSError):
    """A secret's file is not there, not readable or empty."""


def secret(name: str) -> str:
    """Read at each connection, not once: a rotated file is used by the next connection."""
    file = SECRETS / name
    try:
        value = file.read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        raise NoSecret(f"secret {name}: must be readable at {file} ({error.strerror})") from error
    if not value:
        raise NoSecret(f"secret {name}: must not be empty")
    return value


def require() -> None:
    """Called at start, so that what is missing ends the process with its reason instead of failing each request."""
    try:
        secret("broker_password")
        secret("database_password")
    except NoSecret as error:
        raise SystemExit(str(error)) from None
    Broker()
    Database()


def prediction_timeout() -> float:
    """Seconds a request waits for a worker."""
    return number("PREDICTION_TIMEOUT_SECONDS", 10, 0.1, 60)


@dataclass(frozen=True)
class Broker:
    host: str = field(default_factory=lambda: text("BROKER_HOST", "broker"))
    user: str = field(default_factory=lambda: text("BROKER_USER", "predictor"))


@dataclass(frozen=True)
class Database:
    host: str = field(default_factory=lambda: text("DATABASE_HOST", "database"))
    name: str = field(default_factory=lambda: text("DATABASE_NAME", "predictions"))
    user: str = field(default_factory=lambda: text("DATABASE_USER", "predictor"))
