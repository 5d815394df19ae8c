import Foundation
import Randomness
import Testing

@testable import TextLearning

@Suite struct SoftmaxRegressionTests {
    private let hasher = FeatureHasher(checkedBits: 20, seed: 11)

    private func example(_ text: String, _ target: SoftmaxTarget, weight: Double = 1) -> SoftmaxExample {
        SoftmaxExample(features: hasher.features(of: text), target: target, weight: weight)
    }

    private func near(_ left: [Double], _ right: [Double], within tolerance: Double = 1e-5) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
    }

    private var fruit: [SoftmaxExample] {
        [
            example("red apple", .only(0)), example("green apple pie", .only(0)), example("yellow banana", .only(1)),
            example("green banana", .mixture([0, 3, 1]), weight: 2), example("blue plum", .only(2), weight: 0.5),
        ]
    }

    // From this script, which names features by words instead of places:
    //   import numpy as np
    //   from scipy.optimize import minimize
    //   def features(text):
    //       w = text.split(); c = {}
    //       for f in w + [a + " " + b for a, b in zip(w, w[1:])]: c[f] = c.get(f, 0) + 1
    //       v = {f: 1 + np.log(n) for f, n in c.items()}; s = np.sqrt(sum(x * x for x in v.values()))
    //       return {f: x / s for f, x in v.items()}
    //   data = [("red apple", [1, 0, 0], 1), ("green apple pie", [1, 0, 0], 1), ("yellow banana", [0, 1, 0], 1),
    //           ("green banana", [0, .75, .25], 2), ("blue plum", [0, 0, 1], .5)]
    //   names = sorted({f for t, _, _ in data for f in features(t)}) + ["1"]
    //   def row(text):
    //       v = features(text); return np.array([v.get(f, 0) for f in names[:-1]] + [1])
    //   X = np.array([row(t) for t, _, _ in data]); T = np.array([t for _, t, _ in data])
    //   v = np.array([w for _, _, w in data])
    //   def loss(w, penalty):
    //       W = w.reshape(len(names), 3); S = X @ W; L = np.log(np.exp(S).sum(1))
    //       G = X.T @ (v[:, None] * (np.exp(S - L[:, None]) - T)) + penalty * W
    //       return (v * (L - (T * S).sum(1))).sum() + penalty / 2 * (w * w).sum(), G.ravel()
    //   for penalty in (1.0, .01):
    //       W = minimize(loss, np.zeros(len(names) * 3), (penalty,), jac=True, tol=1e-13).x.reshape(-1, 3)
    //       for text in ("green apple", "banana", "nothing known"):
    //           p = np.exp(row(text) @ W); print(penalty, text, list(p / p.sum()))
    @Test(arguments: [
        (1.0, "green apple", [0.489423262, 0.303930615, 0.206646124]),
        (1.0, "banana", [0.224249636, 0.552900760, 0.222849604]),
        (1.0, "nothing known", [0.358777128, 0.376191644, 0.265031228]),
        (0.01, "green apple", [0.921953070, 0.038192686, 0.039854244]),
        (0.01, "banana", [0.013163257, 0.894217410, 0.092619333]),
        (0.01, "nothing known", [0.360950906, 0.330180448, 0.308868646]),
    ]) func probabilitiesAreThoseOfTheScript(penalty: Double, text: String, expected: [Double]) throws {
        var options = SoftmaxOptions()
        options.penalty = penalty
        options.tolerance = 1e-10
        let model = try SoftmaxRegression(examples: fruit, classes: 3, hasher: hasher, options: options)
        let found = model.probabilities(of: text)
        #expect(near(found, expected, within: 1e-6), "\(found)")
    }

    @Test(arguments: 1...10) func theGradientIsTheSlope(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "softmax-gradient")
        let objective = try SoftmaxObjective(examples: fruit, classes: 3, hasher: hasher, penalty: 0.3)
        var point = (0..<objective.variables).map { _ in 4 * generator.nextUnit() - 2 }
        var gradient = point
        var ignored = point
        _ = objective.value(at: point, gradient: &gradient)
        let index = generator.next(below: point.count)
        let middle = point[index]
        point[index] = middle + 1e-5
        let above = objective.value(at: point, gradient: &ignored)
        point[index] = middle - 1e-5
        let below = objective.value(at: point, gradient: &ignored)
        #expect(abs((above - below) / 2e-5 - gradient[index]) < 1e-7)
    }

    @Test func weightsCountAsCopies() throws {
        let once = [example("a b", .only(0), weight: 3), example("c d", .only(1)), example("x", .only(1), weight: 0)]
        let copies = [
            example("a b", .only(0)), example("c d", .only(1)), example("a b", .only(0)), example("a b", .only(0)),
        ]
        let weighted = try SoftmaxRegression(examples: once, classes: 2, hasher: hasher)
        let copied = try SoftmaxRegression(examples: copies, classes: 2, hasher: hasher)
        #expect(weighted.places == copied.places)
        #expect(near(weighted.weights, copied.weights))
    }

    @Test func shiftedTextsAreToldApart() throws {
        var maker = TextMaker(seed: 3)
        func labelled(_ count: Int) -> [(String, Int)] {
            (0..<count).map { index in
                (maker.text(words: 40, source: index % 3 == 0 ? "x" : "y", ownShare: 0.2), index % 3 == 0 ? 1 : 0)
            }
        }
        let training = labelled(90)
        let model = try SoftmaxRegression(
            examples: training.map { example($0.0, .only($0.1)) }, classes: 2, hasher: hasher)
        let tested = labelled(60)
        let scores = tested.map { Float(model.probabilities(of: $0.0)[1]) }
        #expect(rankArea(scores: scores, isSuspect: tested.map { $0.1 == 1 }) > 0.9)
    }

    @Test func littleDataGivesDefinedAnswers() throws {
        let none = try SoftmaxRegression(examples: [], classes: 4, hasher: hasher)
        #expect(none.probabilities(of: "anything") == [0.25, 0.25, 0.25, 0.25])
        let single = try SoftmaxRegression(examples: [example("a", .only(0))], classes: 1, hasher: hasher)
        #expect(single.probabilities(of: "a b c") == [1])
        let oneSided = try SoftmaxRegression(
            examples: (0..<50).map { example("word\($0) text", .only(1)) }, classes: 3, hasher: hasher)
        let found = oneSided.probabilities(of: "unknown")
        #expect(found[1] > 0.8 && found.allSatisfy { $0.isFinite && $0 > 0 })
    }

    @Test(arguments: [Double.leastNonzeroMagnitude, 1e-12, 1e6]) func extremeWeightsStayFinite(weight: Double) throws {
        var options = SoftmaxOptions()
        options.penalty = 1e-6
        let examples = [
            example("a", .only(0), weight: weight), example("b", .mixture([1e308, 1e308]), weight: weight),
        ]
        let model = try SoftmaxRegression(examples: examples, classes: 2, hasher: hasher, options: options)
        #expect(model.probabilities(of: "a").allSatisfy { $0.isFinite })
        #expect((model.weights + model.intercepts).allSatisfy { $0.isFinite })
    }

    @Test(arguments: HostileTexts.all) func hostileTextsCanBeLearnedAndRead(text: String) throws {
        let model = try SoftmaxRegression(
            examples: [example(text, .only(0)), example("b", .only(1))], classes: 2, hasher: hasher)
        let found = model.probabilities(of: text)
        #expect(abs(found[0] + found[1] - 1) < 1e-12)
        #expect(found[0] > 0.4)
    }

    @Test func badInputIsRefused() throws {
        let other = FeatureHasher(checkedBits: 20, seed: 12)
        for targets in [
            SoftmaxTarget.only(-1), .only(2), .mixture([]), .mixture([0, 0]), .mixture([.nan, 1]), .mixture([-1, 2]),
            .mixture([.infinity, 1]),
        ] {
            #expect(throws: TextLearningError.self, "\(targets)") {
                try SoftmaxRegression(examples: [example("a", targets)], classes: 2, hasher: hasher)
            }
        }
        for weight in [Double.nan, -1, .infinity, 1e7] {
            #expect(throws: TextLearningError.self) {
                try SoftmaxRegression(examples: [example("a", .only(0), weight: weight)], classes: 2, hasher: hasher)
            }
        }
        for classes in [Int.min, 0, Int.max] {
            #expect(throws: TextLearningError.self) {
                try SoftmaxRegression(examples: [], classes: classes, hasher: hasher)
            }
        }
        #expect(throws: TextLearningError.self) {
            try SoftmaxRegression(examples: [example("a", .only(0))], classes: 2, hasher: other)
        }
        let model = try SoftmaxRegression(examples: fruit, classes: 3, hasher: hasher)
        #expect(throws: TextLearningError.otherHashing(found: other, expected: hasher)) {
            try model.probabilities(of: other.features(of: "a"))
        }
    }
}
