"""The process of a contender in PyTorch: what `EngineTrial` is on our side. Prints one line of JSON.

    python engine.py --shape 3x64x64 --folder FOLDER --threads 1 --seconds 3 --stretches 5 \
        --train 256:1200,1024:300 --score 256:4800 [--compile yes]
"""
import argparse
import itertools
import json
import statistics
import time

import numpy
import torch

from vq_flow import Model

FIRST_WARM_UP, WARM_UP = 3.0, 1.0


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shape", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float)  # ours sizes the steps by it
    parser.add_argument("--stretches", type=int, required=True)
    parser.add_argument("--train")
    parser.add_argument("--learn")  # as train without scoring first
    parser.add_argument("--score")
    parser.add_argument("--compile", default="no", choices=["no", "yes"])
    return parser.parse_args()


def floats(path):
    return torch.from_numpy(numpy.fromfile(path, dtype="<f4"))


def pace(step, batches, size, steps, stretches, warm_up):
    """Rows a second: the median of stretches of equally many steps."""
    turn = itertools.cycle(batches)
    until = time.perf_counter() + warm_up
    for i in itertools.count():
        if i >= 3 and time.perf_counter() > until:
            break
        step(next(turn))
    rates = []
    for _ in range(stretches):
        began = time.perf_counter()
        for _ in range(steps // stretches):
            step(next(turn))
        rates.append(steps // stretches * size / (time.perf_counter() - began))
    return statistics.median(rates)


def main():
    given = arguments()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    torch.set_flush_denormal(True)  # small posteriors' gradients cost it half its rate at D = 64
    dimension, width, charts, *couplings = (int(part) for part in given.shape.split("x"))
    events = floats(given.folder + "/events.f32").view(-1, dimension)
    weights = floats(given.folder + "/weights.f32")
    expected = floats(given.folder + "/expected.f32")
    paces, warm_up = [], FIRST_WARM_UP
    for work in ("train", "learn", "score"):
        for pair in (getattr(given, work) or "").split(","):
            if not pair:
                continue
            size, steps = (int(part) for part in pair.split(":"))
            model = Model(dimension, width, charts, *couplings, compiled=given.compile == "yes")
            model.load(weights)
            model.prepare()
            error = (model.score(events[: len(expected)])[0] - expected).abs().max().item()
            step = {"train": model.train, "learn": model.learn, "score": model.score}[work]
            batches = [b for b in events.split(size) if len(b) == size]
            rate = pace(step, batches, size, steps, given.stretches, warm_up)
            warm_up = WARM_UP
            paces.append({"work": work, "batch": size, "values": {
                "rows_per_second": rate, "charts_per_event": model.pairs / size,
                "log_density_error": error}})
    print(json.dumps(paces))


if __name__ == "__main__":
    main()
