import Randomness
import RealModule
import Testing

@testable import TextLearning

@Suite struct GroupPermutationTests {
    @Test func wholeGroupsMoveAndMixedGroupsMoveInside() {
        // Groups: 0 = {a, b} suspect, 1 = {c} suspect, 2 = {d} control, 3 = {e} control, 4 = {f suspect, g, h control}.
        let arms = [true, true, true, false, false, true, false, false]
        var permutation = GroupPermutation(isSuspect: arms, groups: [0, 0, 1, 2, 3, 4, 4, 4])
        var generator = SeededGenerator(seed: 8, stream: "group-permutation")
        var seen: [[Bool]: Int] = [:]
        for _ in 0..<18_000 {
            permutation.shuffle(with: &generator)
            let now = permutation.isSuspect
            #expect(now[0] == now[1])
            #expect([now[0], now[2], now[3], now[4]].filter { $0 }.count == 2)
            #expect(now[5...].filter { $0 }.count == 1)
            seen[now, default: 0] += 1
        }
        // C(4, 2) · C(3, 1) arrangements, each 1,000 times; 5 standard deviations are about 153.
        #expect(seen.count == 18)
        #expect(seen.values.allSatisfy { abs($0 - 1_000) < 160 })
        #expect(abs(permutation.lnArrangements - .log(18)) < 1e-12)
    }

    @Test func nothingCanMoveInOneGroupOfOneArm() {
        var permutation = GroupPermutation(isSuspect: [true, true], groups: [5, 5])
        var generator = SeededGenerator(seed: 1, stream: "group-permutation")
        permutation.shuffle(with: &generator)
        #expect(permutation.isSuspect == [true, true])
        #expect(permutation.lnArrangements == 0)
    }
}
