#!/usr/bin/env python3
"""Regenerates score_oracles.json with mpmath at 50 digits, numpy for quantiles and zlib for lengths.

    python3 make_score_oracles.py > score_oracles.json

Logistic regressions are minimised by mpmath's own Newton steps from zero at 50 digits; t tails come from mpmath's
incomplete beta function. scipy's Welch test is compared with them here.
"""
import json
import random
import zlib

import numpy
from mpmath import betainc, exp, expm1, findroot, log, log1p, lu_solve, matrix, mp, mpf, nstr, sqrt
from scipy import stats

mp.dps = 50
draw = random.Random(20240607)


def text(x):
    return nstr(mpf(x), 25, min_fixed=-5, max_fixed=25)


def t_tail(t, freedom):
    half = betainc(freedom / 2, mpf(1) / 2, 0, freedom / (freedom + t * t), regularized=True) / 2
    return half if t >= 0 else 1 - half


def welch(suspect, control, strata_suspect, strata_control):
    d, v, parts = mpf(0), mpf(0), []
    for k in sorted(set(strata_suspect) & set(strata_control)):
        a = [mpf(x) for x, s in zip(suspect, strata_suspect) if s == k]
        b = [mpf(x) for x, s in zip(control, strata_control) if s == k]
        w = mpf(len(a) * len(b)) / (len(a) + len(b))
        d += w * (sum(a) / len(a) - sum(b) / len(b))
        for arm in (a, b):
            mean = sum(arm) / len(arm)
            part = w * w * sum((x - mean) ** 2 for x in arm) / (len(arm) - 1) / len(arm)
            v += part
            parts.append((part, len(arm) - 1))
    t = d / sqrt(v)
    freedom = v * v / sum(p * p / f for p, f in parts)
    return t, t_tail(t, freedom)


def welch_rows():
    rows = []
    for n1, n0, shift, strata in [(5, 4, 0.5, 1), (30, 12, 1.0, 1), (200, 150, 3.0, 1), (40, 40, -0.4, 1), (24, 21, 0.8, 3)]:
        a = [draw.gauss(shift, 1) for _ in range(n1)]
        b = [draw.gauss(0, 2) for _ in range(n0)]
        sa, sb = [i % strata for i in range(n1)], [i % strata for i in range(n0)]
        t, p = welch(a, b, sa, sb)
        if strata == 1:
            reference = stats.ttest_ind(a, b, equal_var=False, alternative="greater")
            assert abs(reference.pvalue - p) <= 1e-9 * p, (reference, p)
        rows.append({"suspect": [repr(x) for x in a], "control": [repr(x) for x in b], "suspect_strata": sa,
                     "control_strata": sb, "t": text(t), "ln_greater": text(log(p)), "ln_less": text(log1p(-p))})
    return rows


def logistic(first, second, penalty):
    rows = [[mpf(1)] + [mpf(x) for x in r] for r in first + second]
    labels = [1] * len(first) + [-1] * len(second)
    size = len(rows[0])
    point = [mpf(0)] * size
    for _ in range(200):
        g = [penalty * x for x in point]
        g[0] = mpf(0)
        h = matrix(size, size)
        for i in range(1, size):
            h[i, i] = penalty
        for row, s in zip(rows, labels):
            miss = 1 / (1 + exp(s * sum(x * y for x, y in zip(row, point))))
            for i in range(size):
                g[i] -= s * miss * row[i]
                for j in range(size):
                    h[i, j] += miss * (1 - miss) * row[i] * row[j]
        step = lu_solve(h, matrix(g))
        largest = max(abs(x) for x in step)
        damp = min(mpf(1), 1 / largest) if largest > 0 else mpf(1)
        point = [x - damp * y for x, y in zip(point, step)]
        if largest < mpf(10) ** -40:
            break
    else:
        raise SystemExit("no convergence")
    return point


def logistic_rows():
    rows = []
    for n1, n0, width, shift, penalty in [(3, 2, 1, 0, 1), (12, 9, 3, 1, 1), (20, 20, 5, 8, 1), (15, 4, 2, 1, 0.01), (6, 30, 4, 2, 100)]:
        a = [[draw.gauss(shift, 1) for _ in range(width)] for _ in range(n1)]
        b = [[draw.gauss(0, 1) for _ in range(width)] for _ in range(n0)]
        point = logistic(a, b, mpf(penalty))
        rows.append({"width": width, "penalty": penalty, "suspect": [repr(x) for r in a for x in r],
                     "control": [repr(x) for r in b for x in r], "intercept": text(point[0]),
                     "weights": [text(x) for x in point[1:]]})
    return rows


def aggregate_rows():
    """Cut at the 2.5 and 97.5 % quantiles, standardise, fit; the last feature never varies; "nan" is missing."""
    rows = []
    for n1, n0, width in [(8, 8, 3), (25, 40, 4)]:
        def arm(n, shift):
            return [[draw.gauss(shift, 1) * 10 ** (i - 1) for i in range(width - 1)] + [0.3] for _ in range(n)]
        a, b = arm(n1, 0.7), arm(n0, 0.0)
        a[0][0], b[1][0] = 1e9, -1e9
        missing = {(0, 2, 1), (1, 3, 0)}
        def value(which, i, j):
            return None if (which, i, j) in missing else (a, b)[which][i][j]
        columns = []
        for j in range(width):
            known = [value(w, i, j) for w, arm_ in enumerate((a, b)) for i in range(len(arm_))]
            known = [x for x in known if x is not None]
            low, high = numpy.quantile(known, [0.025, 0.975])
            clipped = numpy.clip(known, low, high)
            scale = clipped.std(ddof=1)
            if scale < 1e-12:
                scale = 0
            columns.append((low, high, clipped.mean(), scale))
        used = [j for j in range(width) if columns[j][3] > 0]
        def standard(which, i):
            out = []
            for j in used:
                low, high, mean, scale = columns[j]
                x = value(which, i, j)
                out.append(0.0 if x is None else (min(max(x, low), high) - mean) / scale)
            return out
        point = logistic([standard(0, i) for i in range(n1)], [standard(1, i) for i in range(n0)], mpf(1))
        weights = {j: w for j, w in zip(used, point[1:])}
        scores = [[sum(weights[j] * x for j, x in zip(used, standard(which, i))) for i in range(n)]
                  for which, n in ((0, n1), (1, n0))]
        def flat(which, rows_):
            return ["nan" if value(which, i, j) is None else repr(rows_[i][j])
                    for i in range(len(rows_)) for j in range(width)]
        rows.append({"width": width, "suspect": flat(0, a), "control": flat(1, b),
                     "weights": [text(weights.get(j, 0)) for j in range(width)],
                     "suspect_scores": [text(x) for x in scores[0]], "control_scores": [text(x) for x in scores[1]]})
    return rows


def threshold_rows():
    rows = []
    for probability, attempts in [(0.5, 1), (0.5, 1000), (0.9, 10**6), (0.01, 10**12), (1e-9, 3), (0.999999, 7)]:
        p = -expm1(log1p(-mpf(probability)) / attempts)
        rows.append({"probability": repr(probability), "attempts": attempts, "ln": text(log(p))})
    return rows


def curve_rows():
    """Documents of windows with ln p_z; the shares and t intervals of the ratio estimator at several n."""
    rows = []
    for documents, windows in [(6, 3), (25, 4)]:
        values = [[-abs(draw.gauss(0, 8)) for _ in range(windows + d % 2)] for d in range(documents)]
        for attempts in [1, 100, 10**4]:
            threshold = log(-expm1(log1p(-mpf("0.5")) / attempts))
            y = [sum(x >= threshold for x in v) for v in values]
            m = [len(v) for v in values]
            p = mpf(sum(y)) / sum(m)
            if not 0 < p < 1:
                continue
            v = mpf(documents) / (documents - 1) * sum((a - p * b) ** 2 for a, b in zip(y, m)) / mpf(sum(m)) ** 2
            freedom = documents - 1
            q = findroot(lambda t: t_tail(t, mpf(freedom)) - mpf("0.025"), stats.t.isf(0.025, freedom))
            rows.append({"sizes": m, "values": [repr(x) for d in values for x in d], "attempts": attempts,
                         "share": text(p), "lower": text(max(mpf(0), p - q * sqrt(v))),
                         "upper": text(min(mpf(1), p + q * sqrt(v)))})
    return rows


def score_rows():
    rows = []
    for sentence in ["a", "The quick brown fox jumps over the lazy dog. " * 3, "no, no, no"]:
        lns = [-abs(draw.gauss(0, 2)) for _ in range(len(sentence.split()) + 1)]
        others = [-abs(draw.gauss(0, 3)) for _ in range(len(sentence.split()) + 4)]
        length = len(zlib.compress(sentence.encode(), 6))
        total, other = sum(map(mpf, lns)), sum(map(mpf, others))
        rows.append({"lns": [repr(x) for x in lns], "others": [repr(x) for x in others], "bytes": length,
                     "units": len(sentence), "mean": text(total / len(lns)), "zlib_mean": text(total / len(lns) / length),
                     "zlib_total": text(total / length), "reference": text((total - other) / len(sentence)),
                     "lowercase": text(total / len(lns) - other / len(others)), "suffix": text(total)})
    return rows


print(json.dumps({"welch": welch_rows(), "logistic": logistic_rows(), "aggregate": aggregate_rows(),
                  "threshold": threshold_rows(), "curve": curve_rows(), "scores": score_rows()}, indent=1))
