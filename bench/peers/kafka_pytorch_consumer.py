"""Kafka to Kafka with confluent-kafka and PyTorch: the same events in, the same records out.

Reads packed floats, scores them in micro-batches with the model of `vq_flow.py` (K = 64 charts, five
couplings of width 64, the truncated sum), and writes a density record in JSON for each event under its
key. With `learn` it also takes a step on each full batch, after it was scored: what our two jobs do in
two tasks it does in one loop, and scores once where they score twice. The model starts from the first
events; how good its densities are is not measured here, what they cost is.
"""
import argparse

import numpy as np
import torch
from confluent_kafka import Consumer, Producer, TopicPartition, OFFSET_BEGINNING

from vq_flow import Model, members

CHARTS, WIDTH = 64, 64


def first_model(x):
    """Charts at encodings of events, as a learner that has only begun would have them."""
    model = Model(x.shape[1], WIDTH, CHARTS)
    model.mean, model.std = x.mean(0), x.std(0)
    model.log_units = -model.std.log().sum()
    scaled = (x - model.mean) / model.std
    with torch.no_grad():
        e = model.encoder(scaled)
        model.codes = e[:CHARTS].clone()
        nearest, member = members(e, model.codes)
        model.counts = torch.bincount(nearest, minlength=CHARTS).float().clamp_min(1)
        model.sums = model.codes * model.counts[:, None]
        model.coverage = member.float().mean(0).clamp_min(1e-3)
        model.means = scaled[:CHARTS].clone()
        model.variances = torch.full_like(model.means, 0.05)
        model.z = torch.ones(CHARTS)
    return model


def pairs_by_event(model, x):
    """Scores, and the charts and posteriors of each event as lists."""
    scaled = (x - model.mean) / model.std
    with torch.inference_mode():
        _, member = model.members(model.encode(scaled), model.codes)
        row, k = model.pair(member)
        pairs, total = model.joint(model.averaged, scaled, model.version, model.weight, row, k)
        posterior = (pairs - total[row]).exp()
        first = torch.searchsorted(row, torch.arange(len(x) + 1))
        density = (total + model.log_units).tolist()
    return density, first.tolist(), k.tolist(), posterior.tolist()


def record(message, density, charts, posterior):
    best = charts[max(range(len(charts)), key=posterior.__getitem__)]
    entries = ",".join(
        f'{{"chart":{c},"probability":{p!r}}}' for c, p in zip(charts, posterior))
    return (
        f'{{"topic":"{message.topic()}","partition":{message.partition()},"offset":{message.offset()},'
        f'"event_time":{message.timestamp()[1]},"status":"OK","log_density":{density!r},'
        f'"density_sum":"truncated","surprisal":{-density!r},"chart":{best},"posterior":[{entries}],'
        f'"off_manifold_distance":0.0,"atlas_version":1}}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["score", "learn"])
    for name in ("servers", "events", "densities"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--dimension", type=int, default=3)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    torch.set_num_threads(options.threads)

    consumer = Consumer({
        "bootstrap.servers": options.servers,
        "group.id": "peer-" + options.densities,
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
    })
    partitions = consumer.list_topics(options.events, 30).topics[options.events].partitions
    consumer.assign([TopicPartition(options.events, p, OFFSET_BEGINNING) for p in partitions])
    producer = Producer({
        "bootstrap.servers": options.servers, "acks": "all", "linger.ms": 2,
        "queue.buffering.max.messages": 1_000_000,
    })
    model = None
    while True:
        messages = [m for m in consumer.consume(options.batch, 0.1) if m.error() is None]
        if not messages:
            producer.poll(0)
            continue
        packed = np.frombuffer(b"".join([m.value() for m in messages]), dtype="<f4")
        x = torch.from_numpy(packed.reshape(-1, options.dimension).copy())
        if model is None:
            model = first_model(x)
            model.prepare()
        density, first, charts, posterior = pairs_by_event(model, x)
        for i, message in enumerate(messages):
            a, b = first[i], first[i + 1]
            producer.produce(
                options.densities,
                record(message, density[i], charts[a:b], posterior[a:b]),
                message.key())
        producer.poll(0)
        if options.what == "learn":
            model.learn(x)
            model.prepare()


if __name__ == "__main__":
    main()
