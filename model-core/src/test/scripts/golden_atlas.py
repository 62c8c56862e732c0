"""The densities that the atlases fixtures/atlas-v2-*.bin must give, from formulas said a second time.

Reads the bytes by itself and evaluates in float64 with the layers of golden_layers.py, sharing no
code with the engine. Run once for each format version, after the fixtures were written; no test
runs Python.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install numpy==2.4.6 autograd==1.9.1
    /tmp/golden/bin/python golden_atlas.py ../resources/fixtures

Writes golden-v2-NAME.csv beside each atlas-v2-NAME.bin: the event; then the log-density by the
restricted, the truncated and the full sum.
"""

import re
import sys
from pathlib import Path

import numpy as np

import golden
import golden_layers as layers

EVENTS, FAR = 40, 8


def read(path):
    b = golden.Bytes(path.read_bytes())
    assert b.take("4s") == b"CHFA" and b.take("i") == 2
    b.take("q"), b.take("q"), b.text(), b.take("q"), b.take("q")
    for _ in range(b.take("i")):
        b.text(), b.take("q")
    b.take("q"), b.take("d"), b.take("i")
    text = b.text()
    a = {"config": dict(line.split("=", 1) for line in text.splitlines())}
    a["mu"], a["sigma"] = b.array("f8"), b.array("f8")
    a["d"] = b.take("i")
    a["marginals"] = [(b.text(), b.array("f8")) for _ in range(b.take("i"))]
    for name in ("quantizer", "codes", "r", "means", "variances", "theta", "z", "zerror"):
        a[name] = b.array("f4")
    pvalues = b.take("i")
    b.at += pvalues
    assert b.at == len(b.data) - 4
    a["D"], a["K"] = len(a["mu"]), len(a["r"])
    a["codes"] = a["codes"].reshape(a["K"], -1)
    a["means"] = a["means"].reshape(a["K"], a["D"])
    a["variances"] = np.maximum(a["variances"], 1e-4).reshape(a["K"], a["D"])
    return a


class Charts:
    def __init__(self, codes, means, variances):
        self.codes, self.means, self.variances = codes, means, variances


def kinds(text):
    """The layers of "chart-affine, lu + coupling×4", one by one."""
    for item in text.split(","):
        body, times = re.fullmatch(r"\s*(.*?)\s*(?:×(\d+))?\s*", item).groups()
        yield from [name.strip() for name in body.split("+")] * int(times or 1)


def stack(a):
    """The layers behind the embedding as functions of (weights, charts, k, x)."""
    c, d = a["config"], a["d"]
    codes, width = a["codes"].shape[1], int(c["flow.width"])
    bound, bins = float.fromhex(c["flow.maxLogScale"]), int(c["flow.bins"])
    assert d <= 3  # more have their features shuffled
    half, partial, mixed = max(1, d // 2), 0, True
    for kind in kinds(c["flow.layers"]):
        if kind in ("coupling", "spline-coupling", "maf", "iaf"):
            if not mixed and kind not in ("maf", "iaf"):
                yield layers.permutation, (d, half)
            kept = d - half if partial % 2 == 0 else half
            if kind == "coupling":
                yield layers.coupling, (d, kept, codes, width, bound)
            elif kind == "maf":
                yield layers.autoregressive, (d, partial % 2 == 0, codes, width, bound)
            elif kind == "iaf":
                yield layers.inverse_autoregressive, (d, partial % 2 == 0, codes, width, bound)
            else:
                yield layers.spline, (d, kept, codes, width, bound, bins, 4.0)
            partial, mixed = partial + 1, False
        elif kind == "chart-affine":
            yield layers.chart_affine, (d, codes, bound)
        else:
            mixed = True
            yield {
                "permutation": (layers.permutation, (d, half)),
                "rotation": (layers.rotation, (d, codes)),
                "lu": (layers.lu, (d, bound)),
            }[kind]


def log_density(a, k, x):
    """log p(x|k) of one standardised event."""
    weights, y, log = layers.Weights(a["theta"]), x, 0.0
    charts = Charts(a["codes"], a["means"], a["variances"])
    d, bound = a["d"], float.fromhex(a["config"]["flow.maxLogScale"])
    if d < a["D"]:
        y, log = layers.embedding(weights, charts, k, x, a["D"], d, a["codes"].shape[1], bound)
        y = y[:d]
        charts = Charts(a["codes"], np.zeros((a["K"], d)), np.ones((a["K"], d)))
    for layer, arguments in stack(a):
        y, more = layer(weights, charts, k, y, *arguments)
        log = log + more
    assert weights.at == len(a["theta"])
    base = {"gaussian": layers.gaussian_base, "ball": layers.ball_base}[a["config"]["flow.base"]]
    return log + base(y)


def standardised(a, event):
    """The event in the model's units, and the logarithm of what a unit of volume becomes."""
    y, log = np.array(event), 0.0
    for j, (kind, parameters) in enumerate(a["marginals"]):
        if kind != "none":
            y[j], more = {"asinh": layers.asinh, "spline": layers.spline_marginal}[kind](event[j], parameters)
            log += more
    units = np.log(a["sigma"]).sum() if a["d"] == a["D"] else a["d"] * np.log(a["sigma"][0])
    return np.clip((y - a["mu"]) / a["sigma"], -1e6, 1e6), log - units


def densities(a, event):
    x, units = standardised(a, event)
    c = a["config"]
    net = golden.Weights(a["quantizer"]).mlp(a["D"], int(c["quantizer.width"]), a["codes"].shape[1])
    distances = np.sqrt(((golden.mlp(net, x[None])[0] - a["codes"]) ** 2).sum(-1))
    reach = np.sort(distances)[int(c["charts.m"]) - 1]
    eps = float.fromhex(c["charts.epsilon"])
    inside = distances < (1 + eps) * reach if eps > 0 else distances <= reach
    terms = np.array([log_density(a, k, x) for k in range(a["K"])])
    terms += np.log(a["r"] / a["r"].sum()) + units
    for sum_of in (
        terms[inside],
        (terms - np.log(np.maximum(a["z"], 1e-3)))[inside],
        terms,
    ):
        yield sum_of.max() + np.log(np.exp(sum_of - sum_of.max()).sum())


def events(a, random):
    """Events as those that were learned, and some away from them."""
    if a["d"] < a["D"]:
        way = random.standard_normal((EVENTS + FAR, 3)) + [-1, -1, 0]
        way /= np.sqrt((way**2).sum(1, keepdims=True))
        lift = np.concatenate([np.ones(EVENTS), np.linspace(0.8, 1.3, FAR)])[:, None]
        return [3, -1, 5] + 2 * lift * way
    if a["D"] == 2:
        angle = random.uniform(0, 2 * np.pi, EVENTS)
        radius = 1 + 0.1 * random.standard_normal(EVENTS)
        near = np.stack([5 + 3 * radius * np.cos(angle), -2 + 0.5 * radius * np.sin(angle)], -1)
        return np.vstack([near, [5, -2] + random.standard_normal((FAR, 2)) * [8, 2]])
    t = random.uniform(0, 4 * np.pi, EVENTS)
    near = np.stack([np.sin(t), np.sin(t + 1.3), t / 4], -1)
    near += 0.05 * random.standard_normal(near.shape)
    return np.vstack([near, near[:FAR] + random.standard_normal((FAR, 3))])


def main(folder):
    for path in sorted(folder.glob("atlas-v2-*.bin")):
        a = read(path)
        rows = [[*x, *densities(a, x)] for x in events(a, np.random.default_rng(22))]
        name = path.stem.replace("atlas", "golden")
        header = "the event, then its log-density: restricted, truncated, full; by golden_atlas.py"
        np.savetxt(folder / f"{name}.csv", rows, "%.17g", ",", header=header)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
