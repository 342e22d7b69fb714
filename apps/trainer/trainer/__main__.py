"""The service: train if the model is missing or stale, then wait for SIGHUP, the interval or SIGTERM."""

import hashlib
import json
import os
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from . import store
from .fit import fit, measure
from .prepare import FEATURES, TARGET, prepare

HERE = Path(__file__).parent
DATA = HERE.parent / "data" / "apartments.csv"
MODEL = Path("/model/model.json")
LEVELS = ("debug", "info", "warning", "error")


def setting(name: str, low: float, high: float) -> float:
    value = os.environ.get(name, "")
    try:
        parsed = float(value)
    except ValueError:
        parsed = float("nan")
    if not low <= parsed <= high:
        sys.exit(f"{name}: must be a number from {low:g} to {high:g}, got {value!r}")
    return parsed


def threshold() -> int:
    value = os.environ.get("LOG_LEVEL", "info").lower()
    if value not in LEVELS:
        sys.exit(f"LOG_LEVEL: must be one of {', '.join(LEVELS)}, got {value!r}")
    return LEVELS.index(value)


RETRAIN_EVERY = setting("RETRAIN_EVERY_SECONDS", 0, 31_536_000)
RIDGE = setting("RIDGE", 0.000001, 1_000_000)
TEST_SHARE = setting("TEST_SHARE", 0.05, 0.9)
THRESHOLD = threshold()


def tell(level: str, message: str, **fields: object) -> None:
    if LEVELS.index(level) >= THRESHOLD:
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        print(json.dumps({"time": now, "level": level, "logger": "trainer", "message": message, **fields}), flush=True)


def inputs() -> str:
    """A hash of all a training depends on: the data, the code and the settings."""
    digest = hashlib.sha256(f"{RIDGE}/{TEST_SHARE}".encode())
    for file in sorted([DATA, *HERE.glob("*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def train() -> None:
    """Each run draws its own split; the run's number is the seed, so that any run can be repeated."""
    before = store.read(MODEL) or {}
    run = int(before.get("run", 0)) + 1
    data = prepare(DATA, TEST_SHARE, seed=run)
    intercept, weights = fit(data, RIDGE)
    parameters = {
        "target": {"name": TARGET[0], "transform": TARGET[1]},
        "intercept": intercept,
        "features": [
            {"name": name, "transform": transform, "mean": float(mean), "scale": float(scale), "weight": float(weight)}
            for (name, transform), mean, scale, weight in zip(FEATURES.items(), data.mean, data.scale, weights)
        ],
    }
    version = store.version(parameters)
    metrics = measure(data, intercept, weights)
    trained_at = datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
    store.write(
        MODEL,
        {"version": version, "trainedAt": trained_at, "run": run, "inputs": inputs(), "metrics": metrics, **parameters},
    )
    tell("info", "trained", modelVersion=version, run=run, **metrics)


def main() -> None:
    signals = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    # Blocked and then waited for: no handler can interrupt the writing of a model.
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)

    model = store.read(MODEL)
    if model and model.get("inputs") == inputs():
        tell("info", "model is up to date", modelVersion=model["version"], trainedAt=model["trainedAt"])
    else:
        train()

    due = time.monotonic() + RETRAIN_EVERY
    while True:
        left = max(0.0, due - time.monotonic()) if RETRAIN_EVERY else 86_400
        got = signal.sigtimedwait(signals, left)
        if got and got.si_signo != signal.SIGHUP:
            tell("info", "stopped")
            return
        if got or RETRAIN_EVERY:
            train()
            due = time.monotonic() + RETRAIN_EVERY


if __name__ == "__main__":
    main()
