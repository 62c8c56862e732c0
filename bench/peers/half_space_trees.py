"""Events a second of River's HalfSpaceTrees by its defaults, 10 trees of height 8: score, then learn.

    python half_space_trees.py events.f32 3
"""
import json
import statistics
import sys
import time

import numpy
from river import anomaly

EVENTS, STRETCHES = 2000, 5
dimension = int(sys.argv[2])
events = numpy.fromfile(sys.argv[1], dtype="<f4").reshape(-1, dimension)
low, high = events.min(0), events.max(0)  # the trees expect features in [0, 1]
rows = [dict(enumerate(row)) for row in ((events - low) / (high - low)).tolist()]
trees, rates, at = anomaly.HalfSpaceTrees(seed=1), [], 0
for stretch in range(STRETCHES + 1):
    began = time.perf_counter()
    for row in rows[at : at + EVENTS]:
        trees.score_one(row)
        trees.learn_one(row)
    rates.append(EVENTS / (time.perf_counter() - began))
    at += EVENTS
print(json.dumps([{"work": "train", "batch": 1, "values": {
    "rows_per_second": statistics.median(rates[1:])}}]))
