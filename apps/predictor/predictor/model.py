"""The trained model: a JSON file that the trainer replaces whole, and that is followed while it changes."""

import json
import math
from pathlib import Path

TRANSFORMS = {"none": (float, float), "log": (math.log, math.exp)}


class NoModel(Exception):
    """There is no model yet, or the file does not hold one."""


class Model:
    def __init__(self, document: dict):
        self.version = str(document["version"])
        self._intercept = float(document["intercept"])
        self._features = [
            (f["name"], TRANSFORMS[f["transform"]][0], float(f["mean"]), float(f["scale"]), float(f["weight"]))
            for f in document["features"]
        ]
        self._back = TRANSFORMS[document["target"]["transform"]][1]

    def predict(self, features: dict) -> int:
        """The price in whole euro."""
        total = self._intercept
        for name, transform, mean, scale, weight in self._features:
            total += weight * (transform(features[name]) - mean) / scale
        return round(self._back(total))


class ModelFile:
    """Looks at the file's identity before each use: a new model is served without a restart."""

    def __init__(self, path: str):
        self._path = Path(path)
        self._seen = None
        self._model: "Model | None" = None

    def current(self) -> Model:
        try:
            status = self._path.stat()
            seen = (status.st_ino, status.st_mtime_ns, status.st_size)
            if self._model is None or seen != self._seen:
                self._model = Model(json.loads(self._path.read_text(encoding="utf-8")))
                self._seen = seen
        except (OSError, ValueError, KeyError, TypeError) as error:
            # A model once loaded keeps serving while its file is broken or gone.
            if self._model is None:
                raise NoModel(f"no usable model at {self._path}: {error}") from error
        return self._model
