"""The model of `AtlasConfig.defaults` in PyTorch, as its users would write it: the same work a step.

A step standardises a batch, scores it with the averaged weights (test, then train), steps the
auto-encoder, moves the codes and the charts' statistics by moving averages, and steps the flow by the
marginal likelihood of all (event, chart) pairs at once. What depends on the chart alone, its affine map
and its share of each first layer, is computed once a chart and gathered by pairs; no loop runs over
charts. Not here: the sketch of p-values, the guard, drift.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

BOUND = 3.0  # S of a log-scale S·tanh(h/S)
CODE, CODER_WIDTH, CORRECTION_WIDTH = 8, 64, 64
STRETCH = 1.1 * 1.1  # (1 + ε)², distances are compared as squares; m = 2
DECAY, DEAD_SHARE = 0.99, 0.05
PERIOD, POINTS = 256, 128  # steps in which every Z_k is measured once, points of one
STATISTICS_RATE = 0.05 * 0.02
SETTLED = 4096  # steps behind it when a measurement begins
VQ_RATE = 0.02 * 1e-3


def mlp(inputs, width, outputs, zero_last=False):
    last = nn.Linear(width, outputs)
    if zero_last:
        nn.init.zeros_(last.weight), nn.init.zeros_(last.bias)
    return nn.Sequential(
        nn.Linear(inputs, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), last)


class Coupling(nn.Module):
    """y = x·exp(s) + t of the moved features, s and t from the kept ones and v_k."""

    def __init__(self, dimension, kept, width):
        super().__init__()
        self.kept, self.moved = kept, dimension - kept
        self.first = nn.Linear(kept + CODE, width)
        self.second = nn.Linear(width, width)
        self.last = nn.Linear(width, 2 * self.moved)
        nn.init.zeros_(self.last.weight), nn.init.zeros_(self.last.bias)

    def table(self, codes):
        """The first layer's sums, as far as the chart makes them, (K, width)."""
        return F.linear(codes, self.first.weight[:, self.kept :], self.first.bias)

    def net(self, kept, rows):
        h = torch.addmm(rows, kept, self.first.weight[:, : self.kept].t()).relu()
        h = self.last(self.second(h).relu())
        return BOUND * torch.tanh(h[:, : self.moved] / BOUND), h[:, self.moved :]

    def forward(self, y, rows):
        kept = y[:, : self.kept]
        s, t = self.net(kept, rows)
        return torch.cat([kept, torch.addcmul(t, y[:, self.kept :], s.exp())], 1), s.sum(1)

    def inverse(self, z, rows):
        kept = z[:, : self.kept]
        s, t = self.net(kept, rows)
        return torch.cat([kept, (z[:, self.kept :] - t) * (-s).exp()], 1)


def shuffles(dimension):
    """Our own seeded shuffles (`SplitMix`), so that weights mean the same on both sides."""
    mask, gamma = (1 << 64) - 1, 0x9E3779B97F4A7C15

    def mix(z):
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
        return z ^ (z >> 31)

    state = mix((dimension + gamma * 8) & mask) ^ mix((7 + 0x632BE59BD9B4E019) & mask)
    while True:
        order = list(range(dimension))
        for j in reversed(range(1, dimension)):
            state = (state + gamma) & mask
            other = int((mix(state) >> 11) * 2.0**-53 * (j + 1))
            order[j], order[other] = order[other], order[j]
        yield torch.tensor(order)


class Flow(nn.Module):
    def __init__(self, dimension, width, couplings):
        super().__init__()
        half = dimension // 2
        self.dimension = dimension
        shuffled = shuffles(dimension)
        self.correction = mlp(CODE, CORRECTION_WIDTH, 2 * dimension, zero_last=True)
        self.couplings = nn.ModuleList(
            Coupling(dimension, dimension - half if i % 2 == 0 else half, width)
            for i in range(couplings))
        for i in range(1, couplings):
            order = torch.arange(dimension).roll(-max(1, half))
            if dimension > 3 and i % 2 == 0:
                order = next(shuffled)
            self.register_buffer(f"order{i}", order)
            self.register_buffer(f"back{i}", torch.argsort(order))

    def tables(self, charts):
        """Shift, log-scale and the couplings' first layers of every chart, side by side."""
        codes, mean, variance = charts
        delta = self.correction(codes)
        shift = mean + delta[:, : self.dimension]
        bounded = BOUND * torch.tanh(delta[:, self.dimension :] / BOUND)
        scale = 0.5 * variance.clamp_min(1e-4).log() + bounded
        return [shift, scale, *(c.table(codes) for c in self.couplings)]

    def forward(self, x, tables, k):
        """log p(x|k) of pairs."""
        shift, scale, *firsts = tables
        s = F.embedding(k, scale)
        y, logdet = (x - F.embedding(k, shift)) * (-s).exp(), -s.sum(1)
        for i, coupling in enumerate(self.couplings):
            if i > 0:
                y = y[:, getattr(self, f"order{i}")]
            y, more = coupling(y, F.embedding(k, firsts[i]))
            logdet = logdet + more
        return logdet - 0.5 * (y * y).sum(1) - 0.5 * self.dimension * math.log(2 * math.pi)

    def inverse(self, z, tables, k):
        shift, scale, *firsts = tables
        for i in reversed(range(len(self.couplings))):
            z = self.couplings[i].inverse(z, F.embedding(k, firsts[i]))
            if i > 0:
                z = z[:, getattr(self, f"back{i}")]
        return z * F.embedding(k, scale).exp() + F.embedding(k, shift)


def squared_distances(e, codes):
    return torch.addmm((e * e).sum(1, keepdim=True) + (codes * codes).sum(1), e, codes.t(), alpha=-2)


def members(e, codes):
    """The nearest code of each event and membership of the charts U_k, (n) and (n, K)."""
    d = squared_distances(e, codes).clamp_min(0)
    nearest = d.argmin(1, keepdim=True)
    bound = d.scatter(1, nearest, math.inf).amin(1, keepdim=True)  # faster than topk
    return nearest[:, 0], d < bound * STRETCH


def joint(flow, x, tables, log_weight, row, k):
    """log(weight_k p(x|k)) of pairs, and its sum over the charts of each event."""
    pairs = flow(x[row], tables, k) + log_weight[k]
    peak = torch.full((x.shape[0],), -math.inf).scatter_reduce(0, row, pairs.detach(), "amax")
    total = torch.zeros(x.shape[0]).index_add(0, row, (pairs - peak[row]).exp())
    return pairs, peak + total.log()


def negative_likelihood(flow, x, charts, log_prior, row, k):
    pairs, total = joint(flow, x, flow.tables(charts), log_prior, row, k)
    return -total.mean(), (pairs - total[row]).exp().detach()


def vq_loss(encoder, decoder, x, e, code):
    decoded = decoder(e + (code - e).detach())
    return F.mse_loss(decoded, x) + 0.25 * F.mse_loss(e, code)


class Model:
    """Learner and scorer. `compiled` sends what is worth it through torch.compile."""

    def __init__(self, dimension, width, charts, couplings=5, compiled=False):
        self.dimension, self.charts_count, self.compiled = dimension, charts, compiled
        self.encoder = mlp(dimension, CODER_WIDTH, CODE)
        self.decoder = mlp(CODE, CODER_WIDTH, dimension)
        self.flow = Flow(dimension, width, couplings)
        self.averaged = Flow(dimension, width, couplings).requires_grad_(False)
        self.vq_weights = [*self.encoder.parameters(), *self.decoder.parameters()]
        self.flow_weights = list(self.flow.parameters())
        self.average_weights = list(self.averaged.parameters())
        self.vq_optimiser = torch.optim.Adam(self.vq_weights, lr=VQ_RATE, fused=True)
        self.flow_optimiser = torch.optim.Adam(self.flow_weights, lr=5e-3, fused=True)
        self.steps, self.pairs = SETTLED, 0
        wrap = torch.compile if compiled else lambda function: function
        self.members = wrap(members)
        self.joint = wrap(joint)
        self.loss = wrap(negative_likelihood)
        self.vq_loss = wrap(vq_loss)
        self.encode = wrap(lambda x: self.encoder(x))
        self.move_codes = wrap(moved_codes)
        self.move_statistics = wrap(moved_statistics)

    @torch.no_grad()
    def load(self, weights):
        """Takes over what `Prepared` wrote."""
        at = 0

        def take(*shape):
            nonlocal at
            at += math.prod(shape)
            return weights[at - math.prod(shape) : at].view(*shape).clone()

        def take_linear(linear):
            linear.weight.copy_(take(linear.in_features, linear.out_features).t())
            linear.bias.copy_(take(linear.out_features))

        def take_flow(flow):
            for i in (0, 2, 4):
                take_linear(flow.correction[i])
            for coupling in flow.couplings:
                kept, first = coupling.kept, coupling.first
                first.weight[:, :kept] = take(kept, first.out_features).t()
                first.bias.copy_(take(first.out_features))
                take_linear(coupling.second), take_linear(coupling.last)
                first.weight[:, kept:] = take(CODE, first.out_features).t()

        dimension, charts = self.dimension, self.charts_count
        self.mean, self.std = take(dimension), take(dimension)
        self.log_units = -self.std.log().sum()
        for net in (self.encoder, self.decoder):
            for i in (0, 2, 4):
                take_linear(net[i])
        self.codes = take(charts, CODE)
        self.counts, self.sums = take(charts), take(charts, CODE)
        self.coverage = take(charts)
        self.means, self.variances = take(charts, dimension), take(charts, dimension)
        take_flow(self.flow), take_flow(self.averaged)
        self.z = take(charts)
        assert at == len(weights), f"expected {at} floats, got {len(weights)}"

    def charts(self):
        return self.codes, self.means, self.variances

    def log_prior(self):
        return (self.coverage / self.coverage.sum()).clamp_min(1e-12).log()

    def pair(self, member):
        row, k = member.nonzero(as_tuple=True)
        if self.compiled:
            torch._dynamo.mark_dynamic(row, 0)
            torch._dynamo.mark_dynamic(k, 0)
        self.pairs = len(row)
        return row, k

    @torch.inference_mode()
    def prepare(self):
        """What scoring with one version needs."""
        self.version = self.averaged.tables(self.charts())
        self.weight = self.log_weight()

    def log_weight(self):
        """log(p_k/Z_k)."""
        return self.log_prior() - self.z.clamp_min(1e-3).log()

    @torch.inference_mode()
    def score(self, x):
        """Log-density in input units, most probable chart and posterior of the pairs."""
        return self.score_with((x - self.mean) / self.std, self.version, self.weight)

    def score_with(self, x, tables, weight):
        _, member = self.members(self.encode(x), self.codes)
        row, k = self.pair(member)
        pairs, total = self.joint(self.averaged, x, tables, weight, row, k)
        dense = torch.full(member.shape, -math.inf)
        dense[row, k] = pairs
        return total + self.log_units, dense.argmax(1), (pairs - total[row]).exp()

    def measure_mass(self, tables):
        """Z_k of the charts whose turn it is, by as many points as our learner takes (64 to 256)."""
        turn = self.steps % PERIOD
        first, end = (self.charts_count * t // PERIOD for t in (turn, turn + 1))
        if first == end:
            return
        k = torch.arange(first, end).repeat_interleave(POINTS)
        x = self.averaged.inverse(torch.randn(len(k), self.dimension), tables, k)
        inside = members(self.encoder(x), self.codes)[1].gather(1, k[:, None])
        self.z[first:end] = inside.view(-1, POINTS).float().mean(1)

    @torch.no_grad()
    def prequential(self, x):
        tables = self.averaged.tables(self.charts())
        self.measure_mass(tables)
        return self.score_with(x, tables, self.log_weight())[0].mean().item()

    def train(self, x):
        """Scores the batch, then learns from it."""
        self.prequential((x - self.mean) / self.std)
        self.learn(x)

    def learn(self, x):
        x = (x - self.mean) / self.std
        e = self.encode(x)
        member = self.quantise(x, e.detach())
        loss = self.vq_loss(self.encoder, self.decoder, x, e, self.codes[self.nearest])
        self.step(loss, self.vq_weights, self.vq_optimiser)
        row, k = self.pair(member)
        loss, _ = self.loss(self.flow, x, self.charts(), self.log_prior(), row, k)
        self.flow_optimiser.param_groups[0]["lr"] = 5e-3 / math.sqrt(1 + self.steps / 300)
        self.step(loss, self.flow_weights, self.flow_optimiser)
        with torch.no_grad():
            torch._foreach_lerp_(self.average_weights, self.flow_weights, 1 - 0.998)
        self.steps += 1

    def step(self, loss, weights, optimiser):
        optimiser.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(weights, 5.0)
        if torch.isfinite(norm):
            optimiser.step()

    @torch.no_grad()
    def quantise(self, x, e):
        """Moves codes and statistics; leaves the nearest codes and returns the members."""
        n, count = len(e), self.charts_count
        self.codes, self.counts, self.sums = self.move_codes(e, self.codes, self.counts, self.sums)
        dead = self.counts < DEAD_SHARE * n / count
        if dead.any():
            self.revive(x, e, dead)
        self.nearest, member = self.members(e, self.codes)
        self.coverage, self.means, self.variances = self.move_statistics(
            x, member, self.coverage, self.means, self.variances)
        return member

    def revive(self, x, e, dead):
        """Codes that nobody uses come back at far encodings."""
        least = squared_distances(e, self.codes).amin(1).clamp_min(0)
        far = torch.multinomial(least + 1e-12, int(dead.sum()), replacement=True)
        share = 0.5 * len(e) / self.charts_count
        self.codes[dead], self.counts[dead], self.sums[dead] = e[far], share, share * e[far]
        self.means[dead] = x[far]


def moved_codes(e, codes, counts, sums):
    nearest = squared_distances(e, codes).argmin(1)
    hits = torch.zeros_like(counts).index_add(0, nearest, torch.ones(e.shape[0]))
    counts = DECAY * counts + (1 - DECAY) * hits
    sums = DECAY * sums + (1 - DECAY) * torch.zeros_like(sums).index_add(0, nearest, e)
    total = counts.sum()
    smoothed = total * (counts + 1e-5) / (total + len(counts) * 1e-5)
    return sums / smoothed[:, None], counts, sums


def moved_statistics(x, member, coverage, means, variances):
    weight = member.float()
    n = weight.sum(0)
    coverage = DECAY * coverage + (1 - DECAY) * n / x.shape[0]
    some = n.clamp_min(1)[:, None]
    mean = weight.t() @ x / some
    variance = (weight.t() @ (x * x) / some - mean * mean).clamp_min(1e-4)
    rate = STATISTICS_RATE * (n >= 3).float()[:, None]
    variances = variances.lerp(variance + (mean - means).square(), rate)
    return coverage, means.lerp(mean, rate), variances
