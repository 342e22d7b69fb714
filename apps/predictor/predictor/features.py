"""What a prediction is asked with. The ranges are those of the data the model was trained on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    name: str
    low: float
    high: float
    whole: bool = False

    def fault(self, value: object) -> "str | None":
        kind = "a whole number" if self.whole else "a number"
        bound = f"must be {kind} from {self.low:g} to {self.high:g}"
        # bool is an int in Python and never a measurement.
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return f"{bound}, got {type(value).__name__}"
        if not self.low <= value <= self.high or (self.whole and value != int(value)):
            return f"{bound}, got {value:g}"
        return None


FEATURES = (
    Feature("areaM2", 18, 220),
    Feature("rooms", 1, 8, whole=True),
    Feature("ageYears", 0, 120, whole=True),
    Feature("floor", 0, 20, whole=True),
    Feature("distanceKm", 0, 30),
)


def faults(body: object) -> "dict[str, str]":
    """Every fault at once, by field; empty when the body can be predicted."""
    if not isinstance(body, dict):
        return {"body": f"must be a JSON object, got {type(body).__name__}"}
    known = [feature.name for feature in FEATURES]
    found = {name: f"is not a feature; known are {', '.join(known)}" for name in body if name not in known}
    for feature in FEATURES:
        fault = feature.fault(body[feature.name]) if feature.name in body else "is required"
        if fault:
            found[feature.name] = fault
    return found
