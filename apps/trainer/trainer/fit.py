"""Ridge regression in closed form, and how well it does on rows it has not seen."""

import numpy

from .prepare import Prepared


def fit(data: Prepared, ridge: float) -> "tuple[float, numpy.ndarray]":
    """Intercept and one weight a feature. The features are centred, so the intercept is the mean target."""
    intercept = data.train_y.mean()
    gram = data.train_x.T @ data.train_x + ridge * numpy.eye(data.train_x.shape[1])
    weights = numpy.linalg.solve(gram, data.train_x.T @ (data.train_y - intercept))
    return float(intercept), weights


def measure(data: Prepared, intercept: float, weights: numpy.ndarray) -> dict:
    """Errors in per cent of the true price, beside those of always answering the usual price."""
    truth = numpy.exp(data.test_y)

    def median_error(answers: numpy.ndarray) -> float:
        return round(float(numpy.median(numpy.abs(answers - truth) / truth) * 100), 2)

    predicted = data.test_x @ weights + intercept
    spread = ((data.test_y - data.test_y.mean()) ** 2).sum()
    return {
        "trainRows": len(data.train_y),
        "testRows": len(data.test_y),
        "droppedRows": data.dropped,
        "r2": round(float(1 - ((data.test_y - predicted) ** 2).sum() / spread), 4),
        "medianErrorPercent": median_error(numpy.exp(predicted)),
        "baselineMedianErrorPercent": median_error(numpy.full_like(truth, numpy.exp(intercept))),
    }
