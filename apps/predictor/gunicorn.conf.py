"""How gunicorn serves the service: one process, threads for the requests that wait for the worker."""

from predictor import logs, settings

# Here and not in the service: gunicorn reads this once, before it starts anything.
settings.require()
settings.prediction_timeout()

bind = "0.0.0.0:8000"
workers = 1
worker_class = "gthread"
threads = int(settings.number("API_THREADS", 8, 1, 64))
# Gunicorn's own liveness file; memory, because a slow disk would look like a stuck process.
worker_tmp_dir = "/dev/shm"
graceful_timeout = 15
keepalive = 30
# The service logs each request itself, with what it knows of it.
accesslog = None
logconfig_dict = logs.configuration()
