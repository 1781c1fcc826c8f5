#!/usr/bin/env python3
"""Reads a log of bus departures and says which lines run late, and when."""

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

FORMAT = "%Y-%m-%d %H:%M"
TOLERANCE = timedelta(minutes=3)


@dataclass(frozen=True)
class Departure:
    line: str
    stop: str
    planned: datetime
    actual: datetime

    @property
    def delay(self):
        return self.actual - self.planned

    @property
    def late(self):
        return self.delay > TOLERANCE


def parse(row, number):
    """Turns one row of the file into a departure."""
    try:
        planned, actual = (datetime.strptime(row[key], FORMAT) for key in ("planned", "actual"))
        return Departure(row["line"].strip(), row["stop"].strip(), planned, actual)
    except (KeyError, ValueError) as error:
        raise SystemExit(f"row {number}: {error}") from error


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return [parse(row, number) for number, row in enumerate(csv.DictReader(file), start=2)]


def group(departures, key):
    groups = defaultdict(list)
    for departure in departures:
        groups[key(departure)].append(departure)
    return dict(sorted(groups.items()))


def mean_minutes(departures):
    total = sum((departure.delay for departure in departures), timedelta())
    return total.total_seconds() / 60 / len(departures)


def share_late(departures):
    return sum(departure.late for departure in departures) / len(departures)


def worst(departures, count=5):
    return sorted(departures, key=lambda departure: departure.delay, reverse=True)[:count]


def bar(share, width=20):
    full = round(share * width)
    return "█" * full + "·" * (width - full)


def print_table(title, groups):
    print(f"\n{title}")
    for name, departures in groups.items():
        share = share_late(departures)
        print(f"  {name:<12} {bar(share)} {share:6.1%}  mean {mean_minutes(departures):+5.1f} min")


def print_worst(departures):
    print("\nlatest departures")
    for departure in worst(departures):
        minutes = departure.delay.total_seconds() // 60
        print(f"  {departure.planned:%d.%m. %H:%M}  line {departure.line} at {departure.stop}: {minutes:.0f} min")


def main(arguments):
    if len(arguments) != 1:
        print("usage: late.py FILE.csv", file=sys.stderr)
        return 2
    departures = read(Path(arguments[0]))
    if not departures:
        print("no departures in this file")
        return 0
    print(f"{len(departures)} departures, {share_late(departures):.1%} late")
    print_table("by line", group(departures, lambda departure: departure.line))
    print_table("by hour", group(departures, lambda departure: f"{departure.planned:%H}:00"))
    print_worst(departures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
