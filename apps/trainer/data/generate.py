"""Writes apartments.csv: 480 invented apartments. Same seed, same bytes: python3 data/generate.py > data/apartments.csv

The price follows a rule a person would accept (area and distance matter most, age takes a little off, height adds
some) times noise of about 12 %. One row in forty lacks a value, as real tables do. No real place or sale is in it.
"""

import math
import random

ROWS = 480
SEED = 20240601


def main() -> None:
    dice = random.Random(SEED)
    print("areaM2,rooms,ageYears,floor,distanceKm,priceEur")
    for _ in range(ROWS):
        area = min(220.0, max(18.0, round(math.exp(dice.gauss(math.log(72), 0.42)), 1)))
        rooms = min(8, max(1, round(area / 26 + dice.gauss(0, 0.6))))
        age = min(120, int(abs(dice.gauss(0, 42))))
        floor = min(20, int(dice.expovariate(1 / 3.2)))
        distance = min(30.0, round(dice.gammavariate(2.0, 3.4), 1))
        price = math.exp(
            8.75
            + 0.94 * math.log(area)
            + 0.018 * rooms
            - 0.0028 * age
            + 0.011 * floor
            - 0.047 * distance
            + dice.gauss(0, 0.12)
        )
        cells = [f"{area:.1f}", str(rooms), str(age), str(floor), f"{distance:.1f}", str(round(price, -2)).removesuffix(".0")]
        if dice.random() < 1 / 40:
            cells[dice.randrange(5)] = ""
        print(",".join(cells))


if __name__ == "__main__":
    main()
