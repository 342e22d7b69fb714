"""How gunicorn serves the service: one process, threads for the requests that wait for the worker."""

import os

from predictor import logs

bind = "0.0.0.0:8000"
workers = 1
worker_class = "gthread"
threads = int(os.environ.get("API_THREADS", "8"))
# Gunicorn's own liveness file; memory, because a slow disk would look like a stuck process.
worker_tmp_dir = "/dev/shm"
graceful_timeout = 15
keepalive = 30
# The service logs each request itself, with what it knows of it.
accesslog = None
logconfig_dict = logs.configuration()
