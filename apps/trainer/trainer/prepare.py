"""From the table to numbers a model can learn: drops incomplete rows, takes logarithms, splits, normalises."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy

# Prices and areas span a decade and act by proportion, so their logarithms are what is linear.
FEATURES = {"areaM2": "log", "rooms": "none", "ageYears": "none", "floor": "none", "distanceKm": "none"}
TARGET = ("priceEur", "log")


@dataclass(frozen=True)
class Prepared:
    mean: numpy.ndarray
    scale: numpy.ndarray
    train_x: numpy.ndarray
    train_y: numpy.ndarray
    test_x: numpy.ndarray
    test_y: numpy.ndarray
    dropped: int


def read(file: Path) -> "tuple[numpy.ndarray, int]":
    """The complete rows (features, then the target) and how many incomplete ones were left out."""
    columns = [*FEATURES, TARGET[0]]
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [[row[column] for column in columns] for row in csv.DictReader(lines)]
    complete = [[float(cell) for cell in row] for row in rows if all(row)]
    return numpy.array(complete), len(rows) - len(complete)


def prepare(file: Path, test_share: float, seed: int) -> Prepared:
    table, dropped = read(file)
    for index, transform in enumerate([*FEATURES.values(), TARGET[1]]):
        if transform == "log":
            table[:, index] = numpy.log(table[:, index])
    order = numpy.random.default_rng(seed).permutation(len(table))
    test_rows = round(len(table) * test_share)
    test, train = table[order[:test_rows]], table[order[test_rows:]]
    # The test rows must not be known to the normalisation either.
    mean, scale = train[:, :-1].mean(axis=0), train[:, :-1].std(axis=0)
    return Prepared(
        mean=mean,
        scale=scale,
        train_x=(train[:, :-1] - mean) / scale,
        train_y=train[:, -1],
        test_x=(test[:, :-1] - mean) / scale,
        test_y=test[:, -1],
        dropped=dropped,
    )
