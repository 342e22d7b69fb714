"""One JSON object a line on stdout. Extra fields: logger.info("stored", extra={"fields": {...}})."""

import json
import logging
import logging.config
import os
import time

LEVELS = ("debug", "info", "warning", "error")


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configuration() -> dict:
    level = os.environ.get("LOG_LEVEL", "info").lower()
    if level not in LEVELS:
        raise SystemExit(f"LOG_LEVEL: must be one of {', '.join(LEVELS)}, got {level!r}")
    quiet = {"level": "ERROR"}  # the library tells each lost connection in ten lines; we tell it in one
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLine}},
        "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
        "root": {"level": level.upper(), "handlers": ["stdout"]},
        "loggers": {
            "pika": {"level": "CRITICAL"},
            "werkzeug": quiet,
            "gunicorn.error": {"level": level.upper(), "handlers": ["stdout"], "propagate": False},
            "gunicorn.access": quiet,
        },
    }


def configure() -> None:
    logging.config.dictConfig(configuration())
