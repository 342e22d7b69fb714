"""Predictions of apartment prices: a REST service, a queue, and a worker that knows the model."""
