#!/usr/bin/env python3
"""Regenerates every value of oracles.json with mpmath 1.3 at 60 digits or exact rational arithmetic.

    python3 make_oracles.py > oracles.json        every section (about a minute)
    python3 make_oracles.py fisher_2x2            one section, to look at

Nothing here shares an algorithm with the Swift module: tails are summed from log-gammas at 60 digits or from exact
integers, quantiles are bracketed and bisected, small problems are enumerated. Numbers are written as decimal strings
with 25 digits; p-values come with their natural logarithm because many are far below the range of a double.
"""
import itertools
import json
import math
import sys
from fractions import Fraction

from mpmath import mp, mpf, betainc, erfc, exp, factorial, findroot, gammainc, log, log1p, loggamma, nstr, sqrt

mp.dps = 60


def text(x, digits=25):
    if isinstance(x, Fraction):
        x = mpf(x.numerator) / x.denominator
    return nstr(mpf(x), digits, min_fixed=-5, max_fixed=25)


def ln_text(x):
    if isinstance(x, Fraction):
        x = mpf(x.numerator) / x.denominator
    if x <= 0:
        return "-inf"
    # A sum of all masses misses 1 by the rounding of 60 digits.
    return "0.0" if abs(x - 1) < mpf(10) ** -40 else text(log(x))


def tail_ln_text(tail, opposite):
    """ln of a tail, from the strictly opposite tail when that is the smaller one."""
    return ln_text(tail) if tail < mpf(1) / 2 else text(log1p(-opposite))


def bisect(f, low, high, steps=230):
    """The root of an increasing f, to about 2^-230 of the bracket."""
    low, high = mpf(low), mpf(high)
    for _ in range(steps):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


# --- binomial ---------------------------------------------------------------------------------------------------------

def log_choose(n, k):
    return loggamma(mpf(n) + 1) - loggamma(mpf(k) + 1) - loggamma(mpf(n) - k + 1)


def binomial_pmf(k, n, p):
    return exp(log_choose(n, k) + k * log(p) + (n - k) * log1p(-p))


def binomial_tail(k, n, p, step):
    """Sum of the pmf from k outward in direction step, until the terms stop mattering or the support ends."""
    total, j = mpf(0), k
    term = binomial_pmf(k, n, p)
    while 0 <= j <= n:
        total += term
        if term < total * mpf(10) ** -45 and (j - n * p) * step > 0:
            break
        if step > 0:
            term *= mpf(n - j) / (j + 1) * p / (1 - p)
        else:
            term *= mpf(j) / (n - j + 1) * (1 - p) / p
        j += step
    return total


def binomial_upper_tails():
    cases = [(10, 1000, "0.001"), (50, 1000000, "0.000001"), (1000, 10000, "0.01"), (300, 1000, "0.25"),
             (20, 20, "0.05"), (1, 20, "0.05"), (5, 100, "0.01"), (2000, 4000, "0.25")]
    rows = []
    for k, n, p in cases:
        value = binomial_tail(k, n, mpf(p), 1)
        rows.append({"k": k, "n": n, "p": p, "p_value": text(value), "ln": ln_text(value)})
    return rows


# --- Fisher -----------------------------------------------------------------------------------------------------------

def hypergeometric_ln_pmf(k, r1, r0, c1):
    return log_choose(r1, k) + log_choose(r0, c1 - k) - log_choose(r1 + r0, c1)


def hypergeometric_tail(k, r1, r0, c1, step):
    low, high = max(0, c1 - r0), min(r1, c1)
    if not low <= k <= high:
        return mpf(0)
    mean = mpf(r1) * c1 / (r1 + r0)
    total, j = mpf(0), k
    term = exp(hypergeometric_ln_pmf(k, r1, r0, c1))
    while low <= j <= high:
        total += term
        if term < total * mpf(10) ** -45 and (j - mean) * step > 0:
            break
        if step > 0:
            term *= mpf(r1 - j) * (c1 - j) / (mpf(j + 1) * (r0 - c1 + j + 1))
        else:
            term *= mpf(j) * (r0 - c1 + j) / (mpf(r1 - j + 1) * (c1 - j + 1))
        j += step
    return total


def fisher(a, b, c, d):
    r1, r0, c1 = a + b, c + d, a + c
    low, high = max(0, c1 - r0), min(r1, c1)
    up, down = hypergeometric_tail(a, r1, r0, c1, 1), hypergeometric_tail(a, r1, r0, c1, -1)
    observed = hypergeometric_ln_pmf(a, r1, r0, c1)
    mode = min(max((r1 + 1) * (c1 + 1) // (r1 + r0 + 2), low), high)
    limit = observed + mpf(10) ** -30

    def edge(start, end):
        """The cell nearest to the mode, between the support's end and the mode, that is no likelier than observed."""
        if hypergeometric_ln_pmf(end, r1, r0, c1) > limit:
            return None
        inside, outside = end, start
        while abs(inside - outside) > 1:
            middle = (inside + outside) // 2
            if hypergeometric_ln_pmf(middle, r1, r0, c1) <= limit:
                inside = middle
            else:
                outside = middle
        return inside

    if hypergeometric_ln_pmf(mode, r1, r0, c1) <= limit:
        two = mpf(1)
    else:
        left, right = edge(mode, low), edge(mode, high)
        two = mpf(0)
        if left is not None:
            two += hypergeometric_tail(left, r1, r0, c1, -1)
        if right is not None:
            two += hypergeometric_tail(right, r1, r0, c1, 1)
    return up, down, two, up - exp(observed) / 2


def fisher_cases():
    tables = [
        [3, 1, 1, 3], [345, 455, 260, 345], [50, 1, 257, 375], [2, 3, 0, 2], [781, 23171, 4963, 2455001],
        [333, 381, 801722, 7664285], [4155, 4903, 805463, 8507517], [50001, 9999, 89999, 50001],
        [49999, 10001, 90001, 49999], [1, 78, 1406551982, 2642326796], [10, 0, 0, 10], [0, 10, 0, 10],
        [40, 960, 2, 998], [12, 988, 0, 1000], [5829225, 5692693, 5760959, 5760959],
        [9000001000, 999999000, 9000000000, 1000000000], [3, 9999999997, 0, 10000000000],
    ]
    rows = []
    for table in tables:
        up, down, two, mid = fisher(*table)
        r1, r0, c1 = table[0] + table[1], table[2] + table[3], table[0] + table[2]
        above = hypergeometric_tail(table[0] + 1, r1, r0, c1, 1)
        below = hypergeometric_tail(table[0] - 1, r1, r0, c1, -1)
        row = {"table": table, "ln_greater": tail_ln_text(up, below), "ln_less": tail_ln_text(down, above),
               "ln_two": ln_text(two), "ln_midp_greater": ln_text(mid)}
        row.update(greater=text(up), less=text(down), two_sided=text(two), midp_greater=text(mid))
        rows.append(row)
    return rows


# --- one proportion and a difference ----------------------------------------------------------------------------------

def normal_upper_quantile(tail):
    return bisect(lambda z: tail - erfc(z / sqrt(2)) / 2, 0, 60)


def beta_cdf(x, a, b):
    return betainc(a, b, 0, x, regularized=True)


def exact_bound_low(k, n, tail):
    """The p with P(X >= k) = tail, in log-odds so that tiny bounds keep their digits."""
    if k == 0:
        return mpf(0)
    if k == n:
        return tail ** (mpf(1) / n)
    z = bisect(lambda z: log(binomial_tail(k, n, 1 / (1 + exp(-z)), 1)) - log(tail), -60, 60, 110)
    return 1 / (1 + exp(-z))


def wilson(k, n, z):
    p = mpf(k) / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * mpf(n) ** 2)) / (1 + z * z / n)
    return (mpf(0) if k == 0 else centre - half), (mpf(1) if k == n else centre + half)


def binomial_intervals():
    rows = []
    for k, n, alpha in [(81, 263, "0.05"), (15, 148, "0.05"), (0, 20, "0.05"), (1, 29, "0.05"), (20, 20, "0.05"),
                        (0, 1000, "0.05"), (1000, 1000, "0.05"), (1, 1000, "0.05"), (5, 10, "0.05"), (0, 1, "0.05"),
                        (0, 1000, "1e-7"), (1, 1000, "1e-7")]:
        tail = mpf(alpha) / 2
        z = normal_upper_quantile(tail)
        low, high = wilson(k, n, z)
        a, b = mpf(k) + mpf("0.5"), mpf(n - k) + mpf("0.5")
        mp.dps = 35
        jeffreys_low = mpf(0) if k == 0 else exp(bisect(lambda t: beta_cdf(exp(t), a, b) - tail, -40, 0, 110))
        jeffreys_high = mpf(1) if k == n else 1 - exp(bisect(lambda t: beta_cdf(exp(t), b, a) - tail, -40, 0, 110))
        mp.dps = 60
        rows.append({
            "k": k, "n": n, "alpha": alpha,
            "clopper_pearson": [text(exact_bound_low(k, n, tail)), text(1 - exact_bound_low(n - k, n, tail))],
            "wilson": [text(low), text(high)],
            "agresti_coull_unclipped": [text(v) for v in agresti_coull(k, n, z)],
            "jeffreys": [text(jeffreys_low), text(jeffreys_high)],
        })
    return rows


def agresti_coull(k, n, z):
    total = n + z * z
    p = (k + z * z / 2) / total
    half = z * sqrt(p * (1 - p) / total)
    return p - half, p + half


def newcombe_differences():
    z = normal_upper_quantile(mpf("0.025"))
    rows = []
    for args in [[56, 70, 48, 80], [9, 10, 3, 10], [6, 7, 2, 7], [5, 56, 0, 29], [0, 10, 0, 20], [0, 10, 0, 10],
                 [10, 10, 0, 20], [10, 10, 0, 10], [40, 1000, 2, 1000], [12, 1000, 0, 1000]]:
        k1, n1, k0, n0 = args
        p1, p0 = mpf(k1) / n1, mpf(k0) / n0
        l1, u1 = wilson(k1, n1, z)
        l0, u0 = wilson(k0, n0, z)
        d = p1 - p0
        rows.append({"args": args, "d_lo_hi": [
            text(d), text(d - sqrt((p1 - l1) ** 2 + (u0 - p0) ** 2)), text(d + sqrt((u1 - p1) ** 2 + (p0 - l0) ** 2))]})
    return rows


# --- unconditional exact tests, by enumeration of every table ---------------------------------------------------------

def fisher_fraction(a, n1, c, n0, side):
    s = a + c
    low, high = max(0, s - n0), min(n1, s)
    weights = {x: math.comb(n1, x) * math.comb(n0, s - x) for x in range(low, high + 1)}
    total = math.comb(n1 + n0, s)
    if side == "greater":
        return Fraction(sum(w for x, w in weights.items() if x >= a), total)
    if side == "less":
        return Fraction(sum(w for x, w in weights.items() if x <= a), total)
    return Fraction(sum(w for w in weights.values() if w <= weights[a]), total)


def supremum(n1, n0, region):
    """sup over p of P((X1, X0) in region), refined around the best of 4001 grid points."""
    by_total = [0] * (n1 + n0 + 1)
    for x1, x0 in region:
        by_total[x1 + x0] += math.comb(n1, x1) * math.comb(n0, x0)
    n = n1 + n0

    def f(p):
        return sum(w * p ** s * (1 - p) ** (n - s) for s, w in enumerate(by_total) if w)

    mp.dps = 30
    if all(w == math.comb(n, s) for s, w in enumerate(by_total)):
        return mpf(1)
    doubles = [float(w) for w in by_total]
    grid = [i / 4000 for i in range(4001)]
    values = [math.fsum(w * p ** s * (1 - p) ** (n - s) for s, w in enumerate(doubles) if w) for p in grid]
    best = max(f(mpf(0)), f(mpf(1)))
    for i, v in enumerate(values):
        left, right = values[max(i - 1, 0)], values[min(i + 1, 4000)]
        if v > left and v >= right and v > max(values) * 0.9999:
            a, b = mpf(grid[max(i - 1, 0)]), mpf(grid[min(i + 1, 4000)])
            for _ in range(90):
                x, y = a + (b - a) / 3, b - (b - a) / 3
                if f(x) < f(y):
                    a = x
                else:
                    b = y
            best = max(best, f((a + b) / 2), f(mpf(grid[i])))
    mp.dps = 60
    return best


def boschloo_cases():
    rows = []
    for a, n1, c, n0 in [(5, 20, 0, 20), (74, 105, 43, 75), (74, 117, 31, 63), (3, 10, 1, 12), (7, 8, 2, 9),
                         (0, 10, 0, 12), (4, 30, 0, 15), (6, 25, 1, 40)]:
        row = {"args": [a, n1, c, n0]}
        for side in ("greater", "less", "two_sided"):
            p_of = {(x1, x0): fisher_fraction(x1, n1, x0, n0, side) for x1 in range(n1 + 1) for x0 in range(n0 + 1)}
            observed = p_of[(a, c)]
            region = [cell for cell, p in p_of.items() if p <= observed]
            row["statistic_" + side] = text(observed)
            row[side] = text(supremum(n1, n0, region), 20)
        rows.append(row)
    return rows


def fisher_power_cases():
    rows = []
    for p1, p0, n1, n0, alpha in [("0.05", "0.01", 100, 100, "0.05"), ("0.05", "0.01", 200, 200, "0.05"),
                                  ("0.05", "0.01", 250, 250, "0.05"), ("0.3", "0.02", 38, 24, "0.01")]:
        rates = mpf(p1), mpf(p0)
        limit = Fraction(alpha)
        weight1 = [binomial_pmf(x, n1, rates[0]) for x in range(n1 + 1)]
        weight0 = [binomial_pmf(x, n0, rates[1]) for x in range(n0 + 1)]
        power = mpf(0)
        for x0 in range(n0 + 1):
            # The rejection region is an up-set in x1: walk to its edge.
            low, high = 0, n1 + 1
            while low < high:
                middle = (low + high) // 2
                if fisher_fraction(middle, n1, x0, n0, "greater") <= limit:
                    high = middle
                else:
                    low = middle + 1
            power += weight0[x0] * sum(weight1[low:])
        rows.append({"p1": p1, "p0": p0, "n1": n1, "n0": n0, "alpha": alpha, "power": text(power)})
    return rows


# --- permutation ------------------------------------------------------------------------------------------------------

def permutation_cases():
    """Exact tail counts by enumeration in rational arithmetic."""
    rows = []
    for name, suspect, control in [
        ("document rates", [Fraction(y, m) for y, m in zip(Y1, M1)], [Fraction(y, m) for y, m in zip(Y0, M0)]),
        ("hits per document", [Fraction(y) for y in Y1], [Fraction(y) for y in Y0]),
        ("six values", [Fraction(7, 2), Fraction(5), Fraction(9)], [Fraction(1), Fraction(4), Fraction(2)]),
    ]:
        pool, k = suspect + control, len(suspect)
        total = sum(pool)
        observed = sum(suspect)
        centre = total * k / len(pool)
        sums = [sum(c) for c in itertools.combinations(pool, k)]
        rows.append({
            "name": name, "suspect": [text(v) for v in suspect], "control": [text(v) for v in control],
            "greater": text(Fraction(sum(s >= observed for s in sums), len(sums))),
            "less": text(Fraction(sum(s <= observed for s in sums), len(sums))),
            "two_sided": text(Fraction(sum(abs(s - centre) >= abs(observed - centre) for s in sums), len(sums))),
        })
    return rows


# --- continuous distributions -----------------------------------------------------------------------------------------

def student_tails():
    rows = []
    for t, df in [("1", 1), ("2.0", 10), ("10", 49), ("20", 49), ("40", 998), ("100000.0", 60), ("1000000.0", 50),
                  ("60", 1998), ("10000000000.0", 30), ("8.5", 9), ("0.001", 7), ("1.5", 1000000), ("3.36", "9.7")]:
        v, x = mpf(df), mpf(t)
        # I_x(a, 1/2) / 2 as x^a/(a B) times a hypergeometric series, which 60 digits sum without trouble.
        value = betainc(v / 2, mpf(1) / 2, 0, v / (v + x * x), regularized=True) / 2
        rows.append({"t": t, "df": df, "sf": text(value), "ln": ln_text(value)})
    return rows


def normal_tails():
    rows = []
    for z in ("0.0", "1.0", "5.0", "10.0", "37.0", "38.5", "100.0", "1000.0", "-2.0", "29.9", "30.1"):
        value = erfc(mpf(z) / sqrt(2)) / 2
        rows.append({"z": z, "sf": text(value), "ln": ln_text(value)})
    return rows


def chi_square_tails():
    rows = []
    for x, k in [("1400.0", 2), ("1842.0680743952366", 4), ("100.0", 50), ("0.5", 1), ("3.2", "7.5"), ("980", 1000)]:
        value = gammainc(mpf(k) / 2, mpf(x) / 2, regularized=True)
        rows.append({"x": x, "k": k, "sf": text(value), "ln": ln_text(value)})
    return rows


def incomplete_betas():
    rows = []
    for x, a, b in [("0.4", 1000, 1000), ("0.25", 300, 701), ("0.1", 1, 1000), ("1e-10", "0.5", 1000000),
                    ("1e-5", "2.5", 100000), ("1e-4", 100, 1000000), ("0.01", 1, 299), ("0.7", "0.5", "0.5"),
                    ("0.3", "1e-3", "2.25"), ("0.51", 3000, 3000)]:
        u, v = mpf(a), mpf(b)
        lower = betainc(u, v, 0, mpf(x), regularized=True)
        upper = betainc(v, u, 0, 1 - mpf(x), regularized=True)
        rows.append({"x": x, "a": a, "b": b, "ln_lower": tail_ln_text(lower, upper),
                     "ln_upper": tail_ln_text(upper, lower)})
    return rows


# --- one count and paired counts --------------------------------------------------------------------------------------

def binomial_tests():
    rows = []
    for k, n, p in [(682, 925, "0.75"), (0, 20, "0.1"), (20, 20, "0.9"), (5, 10, "0.5"), (7, 50, "0.03"),
                    (1, 3, "0.4")]:
        masses = [math.comb(n, j) * Fraction(p) ** j * (1 - Fraction(p)) ** (n - j) for j in range(n + 1)]
        rows.append({
            "k": k, "n": n, "p": p, "greater": text(sum(masses[k:])), "less": text(sum(masses[: k + 1])),
            "two_sided": text(sum(m for m in masses if m <= masses[k]))})
    return rows


def mcnemar_cases():
    rows = []
    for b, c in [(1, 9), (0, 5), (5, 5), (0, 0), (25, 10), (121, 59), (150, 86), (10, 0), (300, 3)]:
        n = b + c
        upper = Fraction(sum(math.comb(n, j) for j in range(b, n + 1)), 2 ** n)
        lower = Fraction(sum(math.comb(n, j) for j in range(b + 1)), 2 ** n)
        observed = Fraction(math.comb(n, b), 2 ** n)
        smaller = min(upper, lower)
        rows.append({
            "b": b, "c": c, "greater": text(upper), "less": text(lower), "two_sided": text(min(1, 2 * smaller)),
            "mid_p": text(min(1, 2 * smaller - observed)), "ln_greater": ln_text(upper)})
    return rows


# --- strata -----------------------------------------------------------------------------------------------------------

UCB = [[512, 313, 89, 19], [353, 207, 17, 8], [120, 205, 202, 391], [138, 279, 131, 244], [53, 138, 94, 299],
       [22, 351, 24, 317]]
RABBITS = [[0, 6, 0, 5], [3, 3, 0, 6], [6, 0, 2, 4], [5, 1, 6, 0], [2, 0, 5, 0]]
STRONG = [[180, 20, 4, 196], [95, 5, 0, 100], [300, 200, 20, 480]]
SPARSE = [[1, 0, 0, 2], [1, 1, 0, 2], [0, 1, 0, 1], [1, 3, 0, 4], [2, 0, 0, 1]]


def strata_weights(strata):
    """Integer weights of every possible sum of suspect hits, given all margins."""
    first, weights = 0, [1]
    for a, b, c, d in strata:
        r1, r0, c1 = a + b, c + d, a + c
        low, high = max(0, c1 - r0), min(r1, c1)
        own = [math.comb(r1, k) * math.comb(r0, c1 - k) for k in range(low, high + 1)]
        result = [0] * (len(weights) + len(own) - 1)
        for i, u in enumerate(weights):
            for j, v in enumerate(own):
                result[i + j] += u * v
        weights, first = result, first + low
    return first, weights


def cmh_cases():
    rows = []
    for name, strata in [("UCBAdmissions", UCB), ("rabbits", RABBITS), ("strong", STRONG), ("sparse", SPARSE),
                         ("one stratum", [[40, 960, 2, 998]])]:
        first, weights = strata_weights(strata)
        total, s = sum(weights), sum(t[0] for t in strata)
        observed = weights[s - first]
        upper = Fraction(sum(weights[s - first:]), total)
        lower = Fraction(sum(weights[: s - first + 1]), total)
        strict_upper, strict_lower = upper - Fraction(observed, total), lower - Fraction(observed, total)
        two = Fraction(sum(w for w in weights if w <= observed), total)
        row = {"name": name, "strata": strata,
               "ln_greater": tail_ln_text(mpf(upper.numerator) / upper.denominator,
                                          mpf(strict_lower.numerator) / strict_lower.denominator),
               "ln_less": tail_ln_text(mpf(lower.numerator) / lower.denominator,
                                       mpf(strict_upper.numerator) / strict_upper.denominator),
               "ln_two": ln_text(two), "two_sided": text(two)}

        deviation = sum(Fraction(a * (c + d) - c * (a + b), a + b + c + d) for a, b, c, d in strata)
        variance = sum(Fraction((a + b) * (c + d) * (a + c) * (b + d), (a + b + c + d) ** 2 * (a + b + c + d - 1))
                       for a, b, c, d in strata)
        correction = min(Fraction(1, 2), abs(deviation)) if abs(deviation) >= Fraction(1, 2) else Fraction(0)
        for key, cut in (("chi2_cc", correction), ("chi2", Fraction(0))):
            value = (abs(deviation) - cut) ** 2 / variance
            row[key] = text(value)
            row["p_" + key] = text(erfc(sqrt(mpf(value.numerator) / value.denominator / 2)))

        terms = [(Fraction(a * d, n), Fraction(b * c, n), Fraction(a + d, n), Fraction(b + c, n))
                 for a, b, c, d in strata for n in [a + b + c + d]]
        r, q_s = sum(t[0] for t in terms), sum(t[1] for t in terms)
        if r and q_s:
            ratio = r / q_s
            v = (sum(t[2] * t[0] for t in terms) / (2 * r * r)
                 + sum(t[2] * t[1] + t[3] * t[0] for t in terms) / (2 * r * q_s)
                 + sum(t[3] * t[1] for t in terms) / (2 * q_s * q_s))
            reach = normal_upper_quantile(mpf("0.025")) * sqrt(mpf(v.numerator) / v.denominator)
            ratio = mpf(ratio.numerator) / ratio.denominator
            row["mantel_haenszel"] = [text(ratio), text(ratio * exp(-reach)), text(ratio * exp(reach))]
        row["conditional"] = conditional_odds_ratio(first, weights, s)
        rows.append(row)
    return rows


def conditional_odds_ratio(first, weights, s):
    cells = [first + i for i in range(len(weights))]
    logs = [log(mpf(w)) for w in weights]

    def tilted(t):
        terms = [exp(l + (k - s) * t) for l, k in zip(logs, cells)]
        return terms, sum(terms)

    def mean(t):
        terms, total = tilted(t)
        return sum((k - s) * w for k, w in zip(cells, terms)) / total

    def upper(t):
        terms, total = tilted(t)
        return sum(w for k, w in zip(cells, terms) if k >= s) / total

    def lower(t):
        terms, total = tilted(t)
        return sum(w for k, w in zip(cells, terms) if k <= s) / total

    low, high, tail = cells[0], cells[-1], mpf("0.025")
    mp.dps = 40
    estimate = "0.0" if s == low else "inf" if s == high else text(exp(bisect(mean, -30, 30, 100)))
    bottom = "0.0" if s == low else text(exp(bisect(lambda t: upper(t) - tail, -30, 30, 100)))
    top = "inf" if s == high else text(exp(bisect(lambda t: tail - lower(t), -30, 30, 100)))
    mp.dps = 60
    return [estimate, bottom, top]


def conditional_odds_ratio_cases():
    rows = []
    for a, b, c, d in [(345, 455, 260, 345), (40, 960, 2, 998), (12, 988, 0, 1000), (0, 9, 4, 3), (7, 2, 3, 8)]:
        first, weights = strata_weights([[a, b, c, d]])
        estimate, low, high = conditional_odds_ratio(first, weights, a)
        rows.append({"table": [a, b, c, d], "estimate": estimate, "lo": low, "hi": high})
    return rows


# --- evidence that may be read at any time ----------------------------------------------------------------------------

def truncated_uniform_evidence(s, n, p0):
    """The likelihood mixed uniformly over (p0, 1), against its value at p0; the integral is a binomial sum."""
    p = mpf(p0)
    mixed = sum(binomial_pmf(j, n + 1, p) for j in range(s + 1))
    # B(s+1, n-s+1) P(Beta(s+1, n-s+1) > p0) = P(Bin(n+1, p0) <= s) / ((n+1) C(n, s))
    integral = mixed * exp(-log_choose(n, s)) / (n + 1)
    return integral / ((1 - p) * p ** s * (1 - p) ** (n - s))


def sign_evidence():
    rows = []
    for s, n in [(9, 10), (10, 10), (5, 5), (6, 6), (7, 7), (8, 8), (25, 35), (5, 10), (0, 10), (600, 1000)]:
        value = truncated_uniform_evidence(s, n, "0.5")
        rows.append({"s": s, "n": n, "e": text(value), "ln": ln_text(value)})
    return rows


def binomial_evidence():
    rows = []
    for s, n, p0 in [(3, 100, "0.001"), (2, 20, "0.01"), (5, 200, "0.01"), (0, 100, "0.01"), (900, 1000, "0.01")]:
        value = truncated_uniform_evidence(s, n, p0)
        rows.append({"s": s, "n": n, "p0": p0, "e": text(value), "ln": ln_text(value)})
    return rows


def absence_evidence():
    """Evidence against a rate of at least delta under Beta(a, b) cut off above delta, by numerical integration."""
    rows = []
    for s, n, delta, a, b in [(0, 72, "0.05", "0.5", "10"), (0, 367, "0.01", "0.5", "50"), (2, 500, "0.01", "1", "1")]:
        d, u, v = mpf(delta), mpf(a), mpf(b)
        value = (mp.quad(lambda p: p ** (u + s - 1) * (1 - p) ** (v + n - s - 1), mp.linspace(0, d, 9))
                 / mp.quad(lambda p: p ** (u - 1) * (1 - p) ** (v - 1), mp.linspace(0, d, 9))
                 / (d ** s * (1 - d) ** (n - s)))
        rows.append({"s": s, "n": n, "delta": delta, "a": a, "b": b, "ln": text(log(value), 20)})
    return rows


def pair_evidence(control, suspect, bet, one_sided=True):
    """E of the safe test of two proportions on pairs, in rational arithmetic."""
    e, hits0, hits1 = Fraction(1), 0, 0
    for n, (y0, y1) in enumerate(zip(control, suspect)):
        if bet[0] == "design":
            t0, t1 = bet[1], bet[2]
        else:
            t0, t1 = (hits0 + bet[1]) / (n + 2 * bet[1]), (hits1 + bet[1]) / (n + 2 * bet[1])
        if t1 > t0 or not one_sided:
            t = (t0 + t1) / 2
            e *= (t0 / t if y0 else (1 - t0) / (1 - t)) * (t1 / t if y1 else (1 - t1) / (1 - t))
        hits0, hits1 = hits0 + y0, hits1 + y1
    return e


def safe_two_proportions():
    g = Fraction(18, 100)
    digits = lambda s: [int(c) for c in s]
    rows = []
    for control, suspect in [("1010001", "1011101"), ("1111111101", "0000100000"), ("0" * 30, "100" * 10),
                             ("0010000000", "1011101110")]:
        y0, y1 = digits(control), digits(suspect)
        adaptive = pair_evidence(y0, y1, ("adaptive", g))
        design = pair_evidence(y0, y1, ("design", Fraction(1, 100), Fraction(5, 100)))
        rows.append({
            "control": control, "suspect": suspect, "adaptive": text(adaptive),
            "adaptive_two_sided": text(pair_evidence(y0, y1, ("adaptive", g), False)),
            "design": text(design), "mixture": text((adaptive + design) / 2)})
    return rows


def hedged_capital(xs, m, alpha, size=None):
    """The two gamblers' capitals after every observation, largest so far last."""
    up, down, best = mpf(1) / 2, mpf(1) / 2, mpf(1) / 2
    for i in range(1, len(xs) + 1):
        before = xs[: i - 1]
        means = [(mpf(1) / 2 + sum(xs[: j + 1])) / (j + 2) for j in range(len(before))]
        variance = (mpf(1) / 4 + sum((x - c) ** 2 for x, c in zip(before, means))) / i
        bet = sqrt(2 * log(2 / alpha) / (i * log(1 + mpf(i)) * variance))
        rest = m if size is None else (size * m - sum(before)) / (size - i + 1)
        if not 0 <= rest <= 1:
            return up, down, mpf("inf")
        x = xs[i - 1]
        up *= 1 + (min(bet, 1 / (2 * rest)) if rest else bet) * (x - rest)
        down *= 1 - (min(bet, 1 / (2 * (1 - rest))) if rest != 1 else bet) * (x - rest)
        best = max(best, up, down)
    return up, down, best


def hedged_capital_cases():
    xs = [mpf(int(c)) for c in "1011011101"]
    mixed = [mpf(v) / 10 for v in (3, 7, 2, 9, 10, 4, 4, 8)]
    rows = []
    for name, data, size in [("binary", xs, None), ("mixed", mixed, 20)]:
        for m in ("0.1", "0.3", "0.5", "0.7", "0.9"):
            up, down, best = hedged_capital(data, mpf(m), mpf("0.05"), size)
            rows.append({"name": name, "values": [text(v) for v in data], "population": size or 0, "m": m,
                         "last": text(max(up, down)), "ln_highest": "inf" if best == mpf("inf") else ln_text(best)})
    return rows


def robbins_cases():
    rows = []
    for k, n in [(0, 1000), (40, 1000), (700, 1000), (5, 5), (1, 3)]:
        level = log(mpf(20)) - (loggamma(mpf(k) + 1) + loggamma(mpf(n - k) + 1) - loggamma(mpf(n) + 2))
        f = lambda p: (k * log(p) if k else 0) + ((n - k) * log1p(-p) if k < n else 0) + level
        rate = mpf(k) / n
        low = mpf(0) if k == 0 else bisect(f, mpf(10) ** -30, rate)
        high = mpf(1) if k == n else bisect(lambda p: -f(p), rate, 1 - mpf(10) ** -30)
        rows.append({"k": k, "n": n, "interval": [text(low), text(high)]})
    return rows


# --- scores and ranks -------------------------------------------------------------------------------------------------

def extraction_cases():
    rows = []
    for l, n in [("-200", 10 ** 6), ("-50", 10 ** 12), ("-10", 10 ** 4), ("-0.01", 3), ("-900", 10 ** 15), ("-1", 1),
                 ("-1e-9", 2)]:
        mp.dps = 500
        value = 1 - (1 - exp(mpf(l))) ** n
        row = {"ln_suffix": l, "attempts": n, "ln": text(log(value))}
        mp.dps = 60
        rows.append(row)
    return rows


def attempts_cases():
    return [{"ln_suffix": l, "probability": p, "attempts": str(int(mp.ceil(log1p(-mpf(p)) / log1p(-exp(mpf(l))))))}
            for l, p in [("-10", "0.5"), ("-3", "0.9"), ("-0.1", "0.5"), ("-40", "0.99")]]


def rank_sum_cases():
    rows = []
    for ranks, places in [([1, 2, 1, 3, 4], [10] * 5), ([1, 1, 1], [1000] * 3), ([3, 80, 12, 40], [100, 200, 50, 100]),
                          ([60, 70, 95, 20], [100] * 4), ([10, 9], [10, 10]), ([1] * 120 + [2], [1000] * 121),
                          ([30] * 40, [100] * 40)]:
        counts, first = [1], 0
        for n in places:
            result = [0] * (len(counts) + n - 1)
            running = 0
            for i in range(len(result)):
                if i < len(counts):
                    running += counts[i]
                if i >= n:
                    running -= counts[i - n]
                result[i] = running
            counts, first = result, first + 1
        s = sum(ranks)
        hits = sum(counts[: s - first + 1])
        total = math.prod(places)
        rest = Fraction(total - hits, total)
        p = Fraction(hits, total)
        rows.append({"ranks": ranks, "places": places,
                     "ln": tail_ln_text(mpf(p.numerator) / p.denominator, mpf(rest.numerator) / rest.denominator)})
    return rows


# --- differences, ratios and their tests ------------------------------------------------------------------------------

def barnard_cases():
    rows = []
    for a, n1, c, n0 in [(5, 20, 0, 20), (7, 15, 12, 15), (8, 11, 7, 19), (3, 10, 1, 12), (6, 25, 1, 40)]:
        def squared(x1, x0):
            """Signed square of the pooled z, exactly."""
            d = Fraction(x1, n1) - Fraction(x0, n0)
            p = Fraction(x1 + x0, n1 + n0)
            v = p * (1 - p) * (Fraction(1, n1) + Fraction(1, n0))
            return Fraction(0) if v == 0 else (d * d / v if d >= 0 else -d * d / v)

        observed = squared(a, c)
        cells = [(x1, x0) for x1 in range(n1 + 1) for x0 in range(n0 + 1)]
        z = sqrt(mpf(abs(observed).numerator) / abs(observed).denominator)
        rows.append({
            "args": [a, n1, c, n0], "z": text(z if observed >= 0 else -z),
            "greater": text(supremum(n1, n0, [t for t in cells if squared(*t) >= observed]), 20),
            "less": text(supremum(n1, n0, [t for t in cells if squared(*t) <= observed]), 20),
            "two_sided": text(supremum(n1, n0, [t for t in cells if abs(squared(*t)) >= abs(observed)]), 20)})
    return rows


def restricted_score(x1, n1, x0, n0, delta):
    def slope(p0):
        p1 = p0 + delta
        return ((x1 / p1 if x1 else 0) + (x0 / p0 if x0 else 0)
                - ((n1 - x1) / (1 - p1) if n1 > x1 else 0) - ((n0 - x0) / (1 - p0) if n0 > x0 else 0))

    low, high = max(mpf(0), -delta), min(mpf(1), 1 - delta)
    p0 = bisect(lambda p: -slope(p) if low < p < high else (-1 if p <= low else 1), low, high, 150)
    p1 = p0 + delta
    variance = (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * (n1 + n0) / mpf(n1 + n0 - 1)
    return (mpf(x1) / n1 - mpf(x0) / n0 - delta) / sqrt(variance)


def miettinen_nurminen_cases():
    rows = []
    z = normal_upper_quantile(mpf("0.025"))
    mp.dps = 40
    for args in [[56, 70, 48, 80], [40, 1000, 2, 1000], [5, 56, 0, 29], [0, 10, 0, 20], [10, 10, 0, 20], [3, 7, 6, 9]]:
        low = bisect(lambda d: z - restricted_score(*args, d), mpf(-1), mpf(1), 110)
        high = bisect(lambda d: -z - restricted_score(*args, d), mpf(-1), mpf(1), 110)
        margin = restricted_score(*args, mpf("0.1"))
        rows.append({"args": args, "interval": [text(low, 20), text(high, 20)], "z_at_0.1": text(margin, 20),
                     "ln_p_at_0.1": text(log(erfc(-margin / sqrt(2)) / 2), 20)})
    mp.dps = 60
    return rows


def rate_ratio_cases():
    rows = []
    z = normal_upper_quantile(mpf("0.025"))
    for x1, n1, x0, n0 in [(40, 1000, 2, 1000), (5, 9, 4, 7), (9, 9, 3, 9)]:
        ratio = mpf(x1) * n0 / (mpf(n1) * x0)
        reach = z * sqrt(1 / mpf(x1) - 1 / mpf(n1) + 1 / mpf(x0) - 1 / mpf(n0))
        rows.append({"args": [x1, n1, x0, n0], "ratio": text(ratio),
                     "interval": [text(ratio * exp(-reach)), text(ratio * exp(reach))]})
    return rows


# --- several hypotheses -----------------------------------------------------------------------------------------------

BH_1995 = ["0.0001", "0.0004", "0.0019", "0.0095", "0.0201", "0.0278", "0.0298", "0.0344", "0.0459", "0.3240", "0.4262",
           "0.5719", "0.6528", "0.7590", "1"]


def adjusted_cases():
    rows = []
    for values in [BH_1995, ["0.3", "0.01", "0.02", "0.01"], ["0.5"], ["1", "1"]]:
        p = [Fraction(v) for v in values]
        k = len(p)
        order = sorted(range(k), key=lambda i: p[i])
        harmonic = sum(Fraction(1, i) for i in range(1, k + 1))

        def back(pairs):
            result = [None] * k
            for index, value in pairs:
                result[index] = text(min(value, Fraction(1)))
            return result

        holm = [(order[i], max((k - j) * p[order[j]] for j in range(i + 1))) for i in range(k)]
        hochberg = [(order[i], min((k - j) * p[order[j]] for j in range(i, k))) for i in range(k)]
        bh = [(order[i], min(Fraction(k, j + 1) * p[order[j]] for j in range(i, k))) for i in range(k)]
        rows.append({"p": values, "holm": back(holm), "hochberg": back(hochberg), "benjaminiHochberg": back(bh),
                     "benjaminiYekutieli": back([(i, v * harmonic) for i, v in bh])})
    return rows


def combination_cases():
    rows = []
    for values in [["0.01", "0.2", "0.3"], ["1e-200", "1e-200"], ["1e-30", "0.9", "0.04", "0.6"], ["0.5", "0.7"],
                   ["1e-16", "1e-14", "0.3"], ["0.9", "0.95", "0.99"]]:
        mp.dps = 500
        p = [mpf(v) for v in values]
        k = len(p)
        x = -2 * sum(log(v) for v in p)
        # Even degrees of freedom: the upper tail is a finite sum.
        fisher_p = exp(-x / 2) * sum((x / 2) ** j / factorial(j) for j in range(k))
        mp.dps = 60
        zs = [bisect(lambda z: log(v) - log(erfc(z / sqrt(2)) / 2), -40, 40, 180) for v in p]
        total = sum(zs) / sqrt(mpf(k))
        mp.dps = 500
        t = sum(mp.cot(mp.pi * v) for v in p) / k
        cauchy_p = mp.atan(1 / t) / mp.pi if t > 0 else mpf(1) / 2 - mp.atan(t) / mp.pi
        ordered = sorted(p)
        constant = mpf(2) if k == 2 else mp.e * log(mpf(k))
        results = {
            "fisher": fisher_p, "cauchy": cauchy_p, "bonferroni": k * ordered[0], "twiceMean": 2 * sum(p) / k,
            "twiceMedian": 2 * ordered[k // 2], "geometricMean": mp.e * mp.exp(sum(log(v) for v in p) / k),
            "harmonicMean": constant * k / sum(1 / v for v in p)}
        row = {"p": values}
        row.update({name: text(log(min(v, mpf(1)))) for name, v in results.items()})
        mp.dps = 60
        row["stouffer"] = text(log(erfc(total / sqrt(2)) / 2))
        rows.append(row)
    return rows


# --- ranks and signs --------------------------------------------------------------------------------------------------

def mid_ranks(pool):
    """Doubled midranks."""
    ordered = sorted(pool)
    return [2 * ordered.index(v) + ordered.count(v) + 1 for v in pool]


def mann_whitney_cases():
    rows = []
    for x, y in [([996] * 10, [994, 994, 994, 994, 994, 995, 994, 995, 994, 994]),
                 ([1] * 6 + [0] * 4, [1] + [0] * 9), ([1] * 4, [1] * 4),
                 ([0, 1, 2, 3, 9], [4, 5, 6, 7, 8, 10, 11]), ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]),
                 ([3, 3, 5, 8, 8, 9], [1, 3, 3, 4]),
                 ([i * i % 17 for i in range(20)], [i * i % 13 for i in range(15)])]:
        ranks, k = mid_ranks(x + y), len(x)
        ways = [{0: 1}] + [{} for _ in range(k)]
        for r in ranks:
            for j in range(k, 0, -1):
                for total, w in ways[j - 1].items():
                    ways[j][total + r] = ways[j].get(total + r, 0) + w
        observed, all_ways = sum(ranks[:k]), math.comb(len(ranks), k)
        mean = Fraction(sum(ranks) * k, len(ranks))
        share = lambda test: Fraction(sum(w for t, w in ways[k].items() if test(t)), all_ways)
        rows.append({
            "x": x, "y": y, "U": text(Fraction(observed - k * (k + 1), 2)),
            "greater": text(share(lambda t: t >= observed)), "less": text(share(lambda t: t <= observed)),
            "two": text(share(lambda t: abs(t - mean) >= abs(observed - mean)))})
    return rows


def ks_share(n1, n0, ends, limit, side):
    """The share of all orders that reach a gap of at least limit/(n1 n0) where a group of ties ends."""
    gap = {"greater": lambda i, j: j * n1 - i * n0, "less": lambda i, j: i * n0 - j * n1,
           "two": lambda i, j: abs(i * n0 - j * n1)}[side]
    inside = {}
    for i in range(n1 + 1):
        for j in range(n0 + 1):
            ways = 1 if i == j == 0 else inside.get((i - 1, j), 0) + inside.get((i, j - 1), 0)
            inside[i, j] = 0 if (i + j) in ends and gap(i, j) >= limit else ways
    total = math.comb(n1 + n0, n1)
    return Fraction(total - inside[n1, n0], total)


def ks_row(x, y):
    n1, n0 = len(x), len(y)
    pool = sorted(x + y)
    ends = {i + 1 for i in range(len(pool)) if i + 1 == len(pool) or pool[i + 1] != pool[i]}
    row = {"x": x, "y": y, "n1": n1, "n2": n0}
    for side in ("greater", "less", "two"):
        gaps = []
        for m in sorted(ends):
            i, j = sum(v <= pool[m - 1] for v in x), sum(v <= pool[m - 1] for v in y)
            gaps.append({"greater": j * n1 - i * n0, "less": i * n0 - j * n1, "two": abs(i * n0 - j * n1)}[side])
        limit = max(0, max(gaps))
        p = ks_share(n1, n0, ends, limit, side) if limit > 0 else Fraction(1)
        row["D_" + side], row["ln_" + side] = text(Fraction(limit, n1 * n0)), ln_text(p)
    return row


def order_with_gap(n1, n0, limit):
    """Values of two samples without ties whose largest gap is exactly limit/(n1 n0)."""
    i, j, x, y = 0, 0, [], []
    while i + j < n1 + n0:
        takes_x = i < n1 and (j == n0 or (limit > i * n0 if j == 0 and i * n0 < limit else i * n0 <= j * n1))
        (x if takes_x else y).append(i + j)
        i, j = (i + 1, j) if takes_x else (i, j + 1)
    return x, y


def ks_cases():
    rows = []
    for n1, n0, limit, name in [(20, 30, 300, "30/60"), (50, 50, 1000, "20/50"), (100, 120, 3000, "150/600"),
                                (200, 250, 25000, "500/1000"), (5, 5, 25, "1")]:
        row = ks_row(*order_with_gap(n1, n0, limit))
        assert Fraction(limit, n1 * n0) == Fraction(name), (n1, n0)
        assert abs(mpf(row["D_two"]) - mpf(limit) / (n1 * n0)) < mpf(10) ** -20, (n1, n0, row["D_two"])
        row["D"], row["p"] = name, text(exp(mpf(row["ln_two"])))
        rows.append(row)
    rows.append(ks_row([100, 101, 300, 400], [101, 50, 25]))
    rows.append(ks_row([1, 1, 2, 2, 2, 5], [2, 2, 3, 3, 5, 5, 6]))
    rows.append(ks_row([4, 4, 4], [4, 4]))
    rows.append(ks_row(list(range(700)), list(range(700, 1500))))
    return rows


def sign_flip_cases():
    rows = []
    for values in [[3, -1, 4, 1, -5, 9, 2, 6], [1, 1, 1, 1], [0, 2, -1, 0, 3], [7], [-3, -2, 1]]:
        observed = sum(values)
        sums = [sum(s * abs(v) for s, v in zip(signs, values))
                for signs in itertools.product((1, -1), repeat=len(values))]
        share = lambda test: text(Fraction(sum(map(test, sums)), len(sums)))
        rows.append({"values": values, "greater": share(lambda t: t >= observed),
                     "less": share(lambda t: t <= observed), "two_sided": share(lambda t: abs(t) >= abs(observed))})
    return rows


# --- documents with several trials ------------------------------------------------------------------------------------

M1, Y1 = [10, 10, 8, 12, 10, 9, 11, 10], [4, 0, 3, 0, 5, 0, 1, 2]
M0, Y0 = [10, 9, 10, 11, 10, 10, 8, 12], [0, 1, 0, 0, 0, 0, 1, 0]


def ratio_estimates():
    rows = []
    for m, y in [(M1, Y1), (M0, Y0)]:
        d, trials, p = len(m), sum(m), Fraction(sum(y), sum(m))
        v = Fraction(d, d - 1) * sum((b - p * a) ** 2 for a, b in zip(m, y)) / trials ** 2
        msb = sum(a * (Fraction(b, a) - p) ** 2 for a, b in zip(m, y)) / (d - 1)
        msw = sum(b * (1 - Fraction(b, a)) for a, b in zip(m, y)) / (trials - d)
        size = (trials - Fraction(sum(a * a for a in m), trials)) / (d - 1)
        rows.append({"m": m, "y": y, "rate": text(p), "variance": text(v), "deff": text(v / (p * (1 - p) / trials)),
                     "icc": text((msb - msw) / (msb + (size - 1) * msw)), "v": [v.numerator, v.denominator]})
    v1, v0 = (Fraction(*row.pop("v")) for row in rows)
    t = Fraction(sum(Y1), sum(M1)) - Fraction(sum(Y0), sum(M0))
    z = (mpf(t.numerator) / t.denominator) / sqrt(mpf((v1 + v0).numerator) / (v1 + v0).denominator)
    sf = betainc(7, mpf(1) / 2, 0, 14 / (14 + z * z), regularized=True) / 2
    rows[0].update(t=text(z), ln_p=ln_text(sf))
    return rows


def beta_binomial_cases():
    rows = []
    for m, y in [(M1, Y1), ([20] * 12, [0, 3, 1, 8, 2, 0, 15, 4, 6, 1, 2, 9]), ([5, 7, 9, 30], [1, 1, 4, 2])]:
        def ln_likelihood(mu, rho):
            a, b = mu * (1 - rho) / rho, (1 - mu) * (1 - rho) / rho
            ln_beta = lambda u, v: loggamma(u) + loggamma(v) - loggamma(u + v)
            return sum(log_choose(i, k) + ln_beta(a + k, b + i - k) - ln_beta(a, b) for i, k in zip(m, y))

        mp.dps = 40
        grid = [(mpf(i) / 40, mpf(j) / 40) for i in range(1, 40) for j in range(1, 40)]
        start = max(grid, key=lambda point: ln_likelihood(*point))
        mp.dps = 60
        h = mpf(10) ** -15
        slope = lambda mu, rho: ((ln_likelihood(mu + h, rho) - ln_likelihood(mu - h, rho)) / (2 * h),
                                 (ln_likelihood(mu, rho + h) - ln_likelihood(mu, rho - h)) / (2 * h))
        mu, rho = findroot(slope, start)
        rows.append({"m": m, "y": y, "mean": text(mu, 18), "correlation": text(rho, 18),
                     "ln_likelihood": text(ln_likelihood(mu, rho), 18)})
    return rows


def bca_exhaustive():
    """The 5^5 bootstrap samples of the mean of five document rates."""
    values = [Fraction(4, 10), Fraction(0), Fraction(3, 8), Fraction(0), Fraction(5, 10)]
    n, estimate = 5, sum(values) / 5
    sums = [sum(c) / 5 for c in itertools.product(values, repeat=5)]
    share = Fraction(2 * sum(s < estimate for s in sums) + sum(s == estimate for s in sums), 2 * len(sums))
    z0 = -normal_upper_quantile_signed(mpf(share.numerator) / share.denominator)
    left = [(sum(values) - v) / (n - 1) for v in values]
    mean = sum(left) / n
    cubes, squares = sum((mean - v) ** 3 for v in left), sum((mean - v) ** 2 for v in left)
    a = mpf(cubes.numerator) / cubes.denominator / (6 * (mpf(squares.numerator) / squares.denominator) ** mpf("1.5"))
    z = normal_upper_quantile(mpf("0.025"))
    level = lambda w: erfc(-(z0 + (z0 + w) / (1 - a * (z0 + w))) / sqrt(2)) / 2
    return [{"values": [text(v) for v in values], "z0": text(z0), "a": text(a),
             "levels": [text(level(-z)), text(level(z))]}]


def normal_upper_quantile_signed(tail):
    return bisect(lambda z: tail - erfc(z / sqrt(2)) / 2, -60, 60)


SECTIONS = {
    "binomial_upper_tail": binomial_upper_tails,
    "fisher_2x2": fisher_cases,
    "binomial_ci": binomial_intervals,
    "newcombe_difference_method10": newcombe_differences,
    "boschloo": boschloo_cases,
    "fisher_power": fisher_power_cases,
    "document_permutation": permutation_cases,
    "student_t_sf": student_tails,
    "normal_sf": normal_tails,
    "chi2_sf": chi_square_tails,
    "incomplete_beta": incomplete_betas,
    "binomial_test": binomial_tests,
    "mcnemar_exact": mcnemar_cases,
    "cochran_mantel_haenszel": cmh_cases,
    "conditional_odds_ratio_ci": conditional_odds_ratio_cases,
    "evalue_sign_truncated_uniform": sign_evidence,
    "evalue_binomial_truncated_uniform": binomial_evidence,
    "evalue_absence": absence_evidence,
    "safe_two_proportions": safe_two_proportions,
    "hedged_capital": hedged_capital_cases,
    "robbins_sequence": robbins_cases,
    "extraction_probability": extraction_cases,
    "attempts_for_extraction": attempts_cases,
    "rank_sum": rank_sum_cases,
    "barnard": barnard_cases,
    "miettinen_nurminen": miettinen_nurminen_cases,
    "rate_ratio": rate_ratio_cases,
    "adjusted_p_values": adjusted_cases,
    "combined_p_values": combination_cases,
    "mann_whitney": mann_whitney_cases,
    "kolmogorov_smirnov": ks_cases,
    "sign_flip": sign_flip_cases,
    "ratio_estimate": ratio_estimates,
    "beta_binomial": beta_binomial_cases,
    "bca_exhaustive": bca_exhaustive,
}

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(SECTIONS)
    print("{")
    for number, name in enumerate(chosen):
        rows = ",\n".join("  " + json.dumps(row) for row in SECTIONS[name]())
        print(f' "{name}": [\n{rows}\n ]' + ("," if number + 1 < len(chosen) else ""))
    print("}")
