"""What every flow layer must give, with gradients by automatic differentiation.

Says the formulas of each layer from its source, in float64, sharing no code with the engine, and
differentiates them with autograd. Log-determinants are checked here against those of Jacobians by
autograd. Run when a layer is added or changes its formula; no test runs Python.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install numpy==2.4.6 autograd==1.9.1
    /tmp/golden/bin/python golden_layers.py ../resources/fixtures

Writes layers.csv; bases and transforms of features are in it too. A case begins with a line "case,kind,arguments"; lines that follow are a name and
numbers, matrices row by row: theta (flat weights), codes, means, variances (one row a chart), chart
(of each row), x, y, logdet, and the gradients dtheta and dx of the loss
sum(dy * y) + sum(dlogdet * logdet).
"""

import itertools
import sys
from importlib.metadata import version
from math import gamma
from pathlib import Path

import autograd
import autograd.numpy as np
import numpy

ROWS, CHARTS = 6, 3


class Weights:
    """Matrices row-major, one after the other; without weights it counts how many there are."""

    def __init__(self, flat=None):
        self.flat, self.at = flat, 0

    def matrix(self, rows, cols):
        self.at += rows * cols
        if self.flat is None:
            return np.full((rows, cols), 0.1)
        return self.flat[self.at - rows * cols : self.at].reshape(rows, cols)

    def dense(self, inputs, outputs):
        return self.matrix(inputs, outputs), self.matrix(1, outputs)[0]


class Charts:
    def __init__(self, random, dimension, codes):
        self.codes = single(random.normal(size=(CHARTS, codes)))
        self.means = single(random.normal(size=(CHARTS, dimension)))
        self.variances = single(numpy.exp(random.normal(size=(CHARTS, dimension)) - 1))


def single(values):
    """Few digits, and exactly what a float of 32 bits holds."""
    return numpy.round(values, 4).astype(numpy.float32).astype(numpy.float64)


def relu(h):
    return np.maximum(h, 0)


def bounded(h, bound):
    return bound * np.tanh(h / bound)


def plain_net(w, v, outputs):
    """A network on the code alone."""
    layers = [w.dense(len(v), 64), w.dense(64, 64), w.dense(64, outputs)]
    h = v
    for a, b in layers[:2]:
        h = relu(h @ a + b)
    return h @ layers[2][0] + layers[2][1]


def chart_net(w, x, v, width, outputs, masks=None):
    """A network on (x, v), the code's weights behind all others."""
    layers = [w.dense(len(x), width), w.dense(width, width), w.dense(width, outputs)]
    code = w.matrix(len(v), width)
    m1, m2, m3 = masks or (1, 1, 1)
    h = relu(x @ (layers[0][0] * m1) + v @ code + layers[0][1])
    h = relu(h @ (layers[1][0] * m2) + layers[1][1])
    return h @ (layers[2][0] * m3) + layers[2][1]


# Each layer: (weights, charts, k, x, arguments) to (y, log-determinant), for one row.


def chart_affine(w, charts, k, x, d, codes, bound):
    out = plain_net(w, charts.codes[k], 2 * d)
    s = 0.5 * np.log(charts.variances[k]) + bounded(out[d:], bound)
    return (x - charts.means[k] - out[:d]) * np.exp(-s), -np.sum(s)


def coupling(w, charts, k, x, d, kept, codes, width, bound):
    """Dinh et al. 2017, equations 7 and 8."""
    out = chart_net(w, x[:kept], charts.codes[k], width, 2 * (d - kept))
    s = bounded(out[: d - kept], bound)
    y = x[kept:] * np.exp(s) + out[d - kept :]
    return np.concatenate([x[:kept], y]), np.sum(s)


def spline(w, charts, k, x, d, kept, codes, width, bound, bins, reach):
    """Durkan et al. 2019, equations 4 and 5, behind an affine map."""
    each = 3 * bins + 1
    out = chart_net(w, x[:kept], charts.codes[k], width, (d - kept) * each)
    ys, total = [x[:kept]], 0.0
    for j in range(d - kept):
        p = out[j * each : (j + 1) * each]
        s = bounded(p[-2], bound)
        y, log = rational_quadratic(p[:-2], x[kept + j] * np.exp(s) + p[-1], bins, reach)
        ys.append(np.array([y]))
        total = total + s + log
    return np.concatenate(ys), total


def rational_quadratic(p, x, bins, bound):
    if abs(float(getattr(x, "_value", x))) >= bound:
        return x, 0.0 * p[0]

    def knots(logits):
        e = np.exp(logits - np.max(logits))
        shares = 1e-3 + (1 - 1e-3 * bins) * e / np.sum(e)
        lower = np.tril(np.ones((bins, bins)))
        return np.concatenate([np.zeros(1), lower @ shares]) * 2 * bound - bound

    xs, ys = knots(p[:bins]), knots(p[bins : 2 * bins])
    inner = 1e-3 + np.log1p(np.exp(p[2 * bins :] + np.log(np.exp(1 - 1e-3) - 1)))
    slopes = np.concatenate([np.ones(1), inner, np.ones(1)])
    b = 0
    while x >= xs[b + 1]:
        b += 1
    xi = (x - xs[b]) / (xs[b + 1] - xs[b])
    s = (ys[b + 1] - ys[b]) / (xs[b + 1] - xs[b])
    d0, d1 = slopes[b], slopes[b + 1]
    below = s + (d1 + d0 - 2 * s) * xi * (1 - xi)
    y = ys[b] + (ys[b + 1] - ys[b]) * (s * xi**2 + d0 * xi * (1 - xi)) / below
    slope = s**2 * (d1 * xi**2 + 2 * s * xi * (1 - xi) + d0 * (1 - xi) ** 2) / below**2
    return y, np.log(slope)


def masks(d, width):
    """Germain et al. 2015, equations 12 and 13."""
    first = width if d == 1 else max(1, width // 8)
    ends = [first + (0 if d == 1 else (width - first) * j // (d - 1)) for j in range(d)]
    degree = numpy.searchsorted(ends, numpy.arange(width), side="right")
    m1 = (numpy.arange(d - 1)[:, None] < degree).astype(float)
    m2 = (degree[:, None] <= degree).astype(float)
    m3 = (degree[:, None] <= numpy.repeat(numpy.arange(d), 2)).astype(float)
    return m1, m2, m3


def autoregressive(w, charts, k, x, d, natural, codes, width, bound):
    """Papamakarios et al. 2017."""
    order = numpy.arange(d) if natural else numpy.arange(d)[::-1]
    ordered = x[order]
    out = chart_net(w, ordered[: d - 1], charts.codes[k], width, 2 * d, masks(d, width))
    s = bounded(out[0::2], bound)
    y = ordered * np.exp(s) + out[1::2]
    return y[order], np.sum(s)


def inverse_autoregressive(w, charts, k, x, d, natural, codes, width, bound):
    """Kingma et al. 2016: the scales and shifts are those at what came out; within 1000."""
    order = numpy.arange(d) if natural else numpy.arange(d)[::-1]
    begin, y, total = w.at, [], 0.0
    for j in range(d):
        w.at = begin  # the same network for every feature
        before = np.array([np.clip(value, -1000, 1000) for value in y] + [0.0] * (d - 1 - j))[: d - 1]
        out = chart_net(w, before, charts.codes[k], width, 2 * d, masks(d, width))
        s = bounded(out[2 * j], bound)
        y.append((x[order][j] - out[2 * j + 1]) * np.exp(-s))
        total = total - s
    return np.array(y)[order], total


def reflections(axes):
    """The product of I - 2nn', the first axis rightmost."""
    product = np.eye(axes.shape[1])
    for v in axes:
        product = (np.eye(len(v)) - 2 * np.outer(v, v) / np.sum(v**2)) @ product
    return product


def rotation(w, charts, k, x, d, codes):
    n = min(8, d - d % 2)
    axes = w.matrix(1, n * d)[0] + charts.codes[k] @ w.matrix(codes, n * d)
    return reflections(axes.reshape(n, d)) @ x, 0.0


def lu(w, charts, k, x, d, bound):
    """Kingma and Dhariwal 2018, equation 10, without P."""
    m = w.matrix(d, d)
    s = bounded(np.diag(m), bound)
    lower = np.tril(m, -1) + np.eye(d)
    upper = np.triu(m, 1) + np.diag(np.exp(s))
    return lower @ upper @ x, np.sum(s)


def embedding(w, charts, k, x, d, latent, codes, bound):
    """The left inverse of c(u) = a + l R (u, b|u|^2)/(1 + |b|^2 |u|^2), and behind it |x - c|^2."""
    across, n = d - latent, min(8, 2 * min(latent, d - latent))
    out = plain_net(w, charts.codes[k], d + 1 + across + n * d)
    a = charts.means[k] + out[:d]
    scale = np.exp(0.5 * np.log(np.sum(charts.variances[k]) / latent) + bounded(out[d], bound))
    b = np.tanh(out[d + 1 : d + 1 + across])
    turn = reflections(w.matrix(n, d) + out[d + 1 + across :].reshape(n, d))

    def c(u):
        square = np.sum(u**2)
        return a + scale * (turn.T @ np.concatenate([u, b * square])) / (1 + np.sum(b**2) * square)

    z = turn @ (x - a) / scale
    u = z[:latent] / (1 - 2 * b @ z[latent:] + np.sum(b**2) * np.sum(z**2))
    scale_at_u = scale / (1 + np.sum(b**2) * np.sum(u**2))
    if not hasattr(u, "_value"):  # plain numbers, not while they are differentiated
        jacobian = autograd.jacobian(c)(u)
        volume = 0.5 * numpy.linalg.slogdet(jacobian.T @ jacobian)[1]
        assert abs(volume - latent * numpy.log(scale_at_u)) < 1e-9
        on = c(u)
        back = turn @ (on - a) / scale
        q = 1 - 2 * b @ back[latent:] + numpy.sum(b**2) * numpy.sum(back**2)
        assert numpy.abs(back[:latent] / q - u).max() < 1e-9
    rest = np.sum((x - c(u)) ** 2)
    return np.concatenate([u, np.array([rest])]), -latent * np.log(scale_at_u)


def permutation(w, charts, k, x, d, by):
    return np.concatenate([x[by:], x[:by]]), 0.0


# Each base: z to its log-density.


def gaussian_base(z):
    return -np.sum(z**2) / 2 - len(z) / 2 * np.log(2 * np.pi)


def ball_base(z):
    """Uniform on the unit ball, carried to R^d by u = z/sqrt(1 + |z|^2)."""
    d = len(z)
    volume = numpy.pi ** (d / 2) / gamma(d / 2 + 1)

    def jacobian(z):
        return autograd.jacobian(lambda at: at / np.sqrt(1 + np.sum(at**2)))(z)

    if not hasattr(z, "_value"):
        numeric = numpy.linalg.slogdet(jacobian(z))[1] - numpy.log(volume)
        assert abs(numeric + numpy.log(volume) + (d + 2) / 2 * numpy.log(1 + numpy.sum(z**2))) < 1e-6
    return -np.log(volume) - (d + 2) / 2 * np.log(1 + np.sum(z**2))


# Each transform: x and its parameters to (y, log y').


def asinh(x, parameters):
    centre, scale = parameters
    u = (x - centre) / scale
    return np.arcsinh(u), -np.log(scale) - np.log(1 + u**2) / 2


def spline_marginal(x, parameters):
    """Gregory and Delbourgo 1982 between the knots, a line or a logarithm beyond them."""
    n = (len(parameters) - 2) // 3
    xs, ys, slopes, bends = numpy.split(numpy.asarray(parameters), [n, 2 * n, 3 * n])
    at = float(getattr(x, "_value", x))
    if at < xs[0] or at >= xs[-1]:
        end = 0 if at < xs[0] else n - 1
        c, t = bends[0 if at < xs[0] else 1], x - xs[end]
        size = np.abs(t)
        away = slopes[end] * size if c == 0 else np.log(1 + c * slopes[end] * size) / c
        return ys[end] + np.sign(t) * away, np.log(slopes[end]) - np.log(1 + c * slopes[end] * size)
    b = int(numpy.searchsorted(xs, at, side="right")) - 1
    w, h = xs[b + 1] - xs[b], ys[b + 1] - ys[b]
    xi, s, d0, d1 = (x - xs[b]) / w, h / w, slopes[b], slopes[b + 1]
    below = s + (d1 + d0 - 2 * s) * xi * (1 - xi)
    y = ys[b] + h * (s * xi**2 + d0 * xi * (1 - xi)) / below
    slope = s**2 * (d1 * xi**2 + 2 * s * xi * (1 - xi) + d0 * (1 - xi) ** 2) / below**2
    return y, np.log(slope)


CASES = [
    (chart_affine, (2, 3, 3.0)),
    (coupling, (1, 0, 2, 5, 3.0)),
    (coupling, (3, 1, 2, 8, 1.5)),
    (spline, (1, 0, 2, 4, 3.0, 5, 2.0)),
    (spline, (3, 1, 3, 8, 1.5, 8, 2.5)),
    (autoregressive, (1, 1, 2, 5, 3.0)),
    (autoregressive, (2, 1, 3, 9, 2.0)),
    (autoregressive, (4, 0, 2, 11, 2.0)),
    (rotation, (2, 3)),
    (rotation, (5, 2)),
    (lu, (2, 3.0)),
    (lu, (4, 1.0)),
    (embedding, (3, 2, 2, 3.0)),
    (embedding, (5, 2, 3, 2.0)),
    (permutation, (2, 1)),
    (permutation, (5, 2)),
]

# Behind all others, whose numbers stay as they were when these came.
LATER = [
    (inverse_autoregressive, (1, 1, 2, 5, 3.0)),
    (inverse_autoregressive, (2, 1, 3, 9, 2.0)),
    (inverse_autoregressive, (4, 0, 2, 11, 2.0)),
]

BASES = [(gaussian_base, d) for d in (1, 4)] + [(ball_base, d) for d in (1, 2, 3, 7)]

KNOTS = [-2.0, -0.5, 0.25, 3.0, -1.5, -0.75, 0.5, 1.25, 0.6, 0.9, 2.0, 0.3]

TRANSFORMS = [
    (asinh, [0.5, 0.25]),
    (asinh, [-2.0, 1000.0]),
    (spline_marginal, [*KNOTS, 0.0, 1.5]),
    (spline_marginal, [0.5, -1.0, 0.75, 2.0, 0.0]),
]


def case(layer, arguments, random):
    d = arguments[0]
    codes = {"chart_affine": 1, "coupling": 2, "spline": 2, "autoregressive": 2, "rotation": 1}
    codes |= {"inverse_autoregressive": 2, "embedding": 2}
    at = codes.get(layer.__name__)
    charts = Charts(random, d, 1 if at is None else arguments[at])
    x = single(1.5 * random.normal(size=(ROWS, d)))
    chart = numpy.arange(ROWS) % CHARTS

    count = Weights()
    layer(count, charts, 0, x[0], *arguments)
    theta = single(random.normal(size=count.at) * (0.2 if layer in (chart_affine, embedding) else 0.5))

    def rows(flat, x):
        results = [layer(Weights(flat), charts, k, row, *arguments) for k, row in zip(chart, x)]
        return [y for y, _ in results], [log for _, log in results]

    ys, logs = rows(theta, x)
    dy, dlog = single(random.normal(size=(ROWS, len(ys[0])))), single(random.normal(size=ROWS))
    for k, row, log in zip(chart, x, logs):
        if layer is not embedding:  # which checks its own
            jacobian = autograd.jacobian(lambda at: layer(Weights(theta), charts, k, at, *arguments)[0])
            assert abs(numpy.linalg.slogdet(jacobian(row))[1] - log) < 1e-9

    def loss(flat, x):
        ys, logs = rows(flat, x)
        return sum(np.sum(g * y) + h * log for g, y, h, log in zip(dy, ys, dlog, logs))

    yield "case", [layer.__name__.replace("_", "-"), *arguments]
    for name in ("codes", "means", "variances"):
        yield name, getattr(charts, name).ravel()
    yield from [("theta", theta), ("chart", chart), ("x", x.ravel())]
    yield from [("dy", dy.ravel()), ("dlogdet", dlog)]
    yield from [("y", numpy.concatenate(ys)), ("logdet", numpy.array(logs, dtype=float))]
    yield "dtheta", autograd.grad(loss, 0)(theta, x)
    yield "dx", autograd.grad(loss, 1)(theta, x).ravel()


def base_case(base, d, random):
    z = single(2 * random.normal(size=(ROWS, d)))
    yield "case", [base.__name__.replace("_", "-"), d]
    yield "x", z.ravel()
    yield "logdet", numpy.array([base(row) for row in z])
    yield "dx", numpy.concatenate([autograd.grad(base)(row) for row in z])


def transform_case(transform, parameters, random):
    x = single(3 * random.standard_cauchy(size=ROWS))
    yield "case", [transform.__name__.replace("_", "-"), *parameters]
    yield "x", x
    yield "y", numpy.array([transform(at, parameters)[0] for at in x])
    yield "logdet", numpy.array([transform(at, parameters)[1] for at in x])
    for at in x:
        slope = autograd.grad(lambda value: transform(value, parameters)[0])(at)
        assert abs(numpy.log(slope) - transform(at, parameters)[1]) < 1e-9


def main(folder):
    random = numpy.random.default_rng(21)
    with open(folder / "layers.csv", "w") as out:
        versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "autograd"))
        out.write(f"# by golden_layers.py, {versions}; the script says what the lines mean\n")
        cases = [case(layer, arguments, random) for layer, arguments in CASES]
        cases += [base_case(base, d, random) for base, d in BASES]
        cases += [transform_case(transform, p, random) for transform, p in TRANSFORMS]
        cases += [case(layer, arguments, random) for layer, arguments in LATER]
        for name, values in itertools.chain.from_iterable(cases):
            digits = "%.12g" if name in ("y", "logdet") else "%.7g"
            texts = [v if isinstance(v, str) else digits % v for v in values]
            out.write(",".join([name, *texts]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
