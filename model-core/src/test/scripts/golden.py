"""The densities that fixtures/atlas-v1.bin must give, from formulas said a second time.

Reads the bytes by itself and evaluates in float64 with numpy, sharing no code with the engine. Run
once for each format version, after the fixture was written; no test runs Python.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install numpy==2.4.6
    /tmp/golden/bin/python golden.py ../resources/fixtures

Writes golden-v1.csv: the event; then for each of restricted, truncated, full the log-density and
the posterior over all charts (0 where a chart is not in the sum).
"""

import struct
import sys
from pathlib import Path

import numpy as np


class Bytes:
    """Big-endian, in the order in which the format says."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, code):
        value = struct.unpack_from(">" + code, self.data, self.at)[0]
        self.at += struct.calcsize(">" + code)
        return value

    def array(self, code):
        n = self.take("i")
        values = np.frombuffer(self.data, ">" + code, n, self.at).astype(np.float64)
        self.at += values.nbytes if code == "f8" else n * 4
        return values

    def text(self):
        n = self.take("i")
        self.at += n
        return self.data[self.at - n : self.at].decode()


def read(path):
    b = Bytes(path.read_bytes())
    assert b.take("4s") == b"CHFA" and b.take("i") == 1
    b.take("q"), b.take("q"), b.text(), b.take("q"), b.take("q")
    for _ in range(b.take("i")):
        b.text(), b.take("q")
    b.take("q"), b.take("d"), b.take("i")
    a = {"D": b.take("i"), "K": b.take("i"), "m": b.take("i"), "eps": b.take("d")}
    a["dv"], a["qwidth"], _, _ = b.take("i"), b.take("i"), b.take("d"), b.take("d")
    a["L"], a["width"], a["S"] = b.take("i"), b.take("i"), b.take("d")
    b.take("i"), b.take("i"), [b.take("d") for _ in range(5)]
    b.take("i"), b.take("d"), b.take("i"), b.take("q")
    for name in ("mu", "sigma"):
        a[name] = b.array("f8")
    for name in ("quantizer", "codes", "r", "means", "variances", "theta", "z", "zerror"):
        a[name] = b.array("f4")
    assert b.at == len(b.data) - 4
    a["codes"] = a["codes"].reshape(a["K"], a["dv"])
    a["means"] = a["means"].reshape(a["K"], a["D"])
    a["variances"] = a["variances"].reshape(a["K"], a["D"])
    return a


class Weights:
    """Matrices row-major, one after the other."""

    def __init__(self, flat):
        self.flat, self.at = flat, 0

    def matrix(self, rows, cols):
        self.at += rows * cols
        return self.flat[self.at - rows * cols : self.at].reshape(rows, cols)

    def mlp(self, inputs, width, outputs):
        shapes = [(inputs, width), (1, width), (width, width), (1, width), (width, outputs), (1, outputs)]
        return [self.matrix(*shape) for shape in shapes]


def mlp(net, x, extra=0.0):
    w1, b1, w2, b2, w3, b3 = net
    h = np.maximum(x @ w1 + b1 + extra, 0)
    return np.maximum(h @ w2 + b2, 0) @ w3 + b3


def log_terms(a, x):
    """log p(x|k) in standardised units for every row and chart."""
    assert a["D"] == 2  # between couplings the two features change places
    weights, S, K = Weights(a["theta"]), a["S"], a["K"]
    delta = mlp(weights.mlp(a["dv"], 64, 2 * a["D"]), a["codes"])
    shift = a["means"] + delta[:, :2]
    s = 0.5 * np.log(np.maximum(a["variances"], 1e-4)) + S * np.tanh(delta[:, 2:] / S)
    y = (x[:, None, :] - shift) / np.exp(s)
    log = np.broadcast_to(-s.sum(1), (len(x), K)).copy()
    for layer in range(a["L"]):
        net = weights.mlp(1, a["width"], 2)
        extra = a["codes"] @ weights.matrix(a["dv"], a["width"])
        if layer > 0:
            y = y[..., ::-1]
        out = mlp(net, y[..., :1], extra)
        scale = S * np.tanh(out[..., 0] / S)
        y = np.stack([y[..., 0], y[..., 1] * np.exp(scale) + out[..., 1]], -1)
        log += scale
    return log - 0.5 * (y**2).sum(-1) - a["D"] / 2 * np.log(2 * np.pi)


def densities(a, events):
    x = np.clip((events - a["mu"]) / a["sigma"], -1e6, 1e6)
    e = mlp(Weights(a["quantizer"]).mlp(a["D"], a["qwidth"], a["dv"]), x)
    d = np.sqrt(((e[:, None, :] - a["codes"]) ** 2).sum(-1))
    inside = d < (1 + a["eps"]) * np.sort(d, 1)[:, [a["m"] - 1]]
    p = np.log(a["r"] / a["r"].sum())
    log = log_terms(a, x) + p - np.log(a["sigma"]).sum()
    sums = [
        np.where(inside, log, -np.inf),
        np.where(inside, log - np.log(np.maximum(a["z"], 1e-3)), -np.inf),
        log,
    ]
    for terms in sums:
        peak = terms.max(1, keepdims=True)
        total = peak + np.log(np.exp(terms - peak).sum(1, keepdims=True))
        yield np.hstack([total, np.exp(terms - total)])


def main(folder):
    a = read(folder / "atlas-v1.bin")
    assert a["eps"] > 0
    random = np.random.default_rng(20)
    angle = random.uniform(0, 2 * np.pi, 50)
    radius = 1 + 0.1 * random.standard_normal(50)
    ring = np.stack([5 + 3 * radius * np.cos(angle), -2 + 0.5 * radius * np.sin(angle)], -1)
    far = np.array([5.0, -2.0]) + random.standard_normal((14, 2)) * [8, 2]
    events = np.vstack([ring, far, [[5.0, -2.0]]])
    table = np.hstack([events, *densities(a, events)])
    header = "x0,x1, then log-density and posterior of restricted, truncated, full; by golden.py"
    np.savetxt(folder / "golden-v1.csv", table, "%.17g", ",", header=header)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
