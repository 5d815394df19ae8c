import Randomness
import Testing

@testable import Canary

@Suite("Minting")
struct MintingTests {
    private let carriers: [Carrier]

    init() throws {
        carriers = try [Carrier("The shelf mark is {secret}."), Carrier("They wrote {secret} on the é.")]
    }

    @Test("secrets and choices are those of the independent mint.py")
    func oracle() throws {
        let set = try canaries(count: 3, references: 150, bits: 60, seed: 7, carriers: carriers)
        let found = set.canaries.map { "\($0.published) \($0.secrets[0]) \($0.secrets[150])" }
        #expect(
            found == [
                "36 crvyj8j8x4iu 4kig3w9pb8bt", "25 psz3j9uakpvp 7j3pfksb6gyp", "92 xz4ir3yicrhk hk6rrm7iguxv",
            ])
        let long = try canaries(
            count: 2, references: 9, bits: 200, repetitions: 4, seed: .max, carriers: Array(carriers.prefix(1)))
        #expect(
            long.canaries.map { "\($0.published) \($0.secrets[0]) \($0.secrets[9])" } == [
                "7 if4ks2qnuug6mw3mewn4jjzaridpbdz6rm4cijxz 4vm854zivnt976x97xv96p8wqecjeuigz8dk7gg3",
                "0 erhfrw3zxwhpjfsra35c6sc6f7pt8teyfmza3nzs jbz3i5rt234igxxjwjh7ccnsfewwtuumxvz5k85j",
            ])
    }

    @Test("the same seed mints the same bytes, another seed or design shares no secret with them")
    func replay() throws {
        let first = try SecretFile(canaries(seed: 3))
        #expect(try SecretFile(canaries(seed: 3)).bytes == first.bytes)
        let secrets = Set(first.canaries.canaries.flatMap(\.secrets))
        let others = try [
            canaries(seed: 4), canaries(count: 4, seed: 3), canaries(references: 10, seed: 3),
            canaries(bits: 45, seed: 3), canaries(repetitions: 2, seed: 3), canaries(seed: 3, carriers: carriers),
        ]
        for other in others {
            #expect(secrets.isDisjoint(with: other.canaries.flatMap(\.secrets)))
            #expect(try SecretFile(other).commitment != first.commitment)
        }
    }

    @Test("keys of the system's random source differ")
    func randomKeys() {
        let keys = (0..<100).map { _ in CanaryKey.random() }
        #expect(Set(keys).count == 100)
        #expect(keys.allSatisfy { !"\($0) \(String(reflecting: $0))".contains($0.hexadecimal.prefix(8)) })
        #expect(keys.allSatisfy { CanaryKey(hexadecimal: $0.hexadecimal) == $0 })
    }

    @Test("siblings differ even where secrets are as short as they may be")
    func distinct() throws {
        // 10,000 of 2²⁰ secrets: about 48 pairs are drawn twice and have to be drawn again.
        for seed in 0..<3 {
            let canary = try canaries(count: 1, references: 9999, bits: 20, seed: UInt64(seed)).canaries[0]
            #expect(Set(canary.secrets).count == 10_000, "seed \(seed)")
        }
    }

    @Test("every sibling is as often the published one (chi-square over seeds)")
    func publishedIsUniform() throws {
        var counts = [Int](repeating: 0, count: 8)
        let seeds = 500
        for seed in 0..<seeds {
            for canary in try canaries(count: 4, references: 7, bits: 20, seed: UInt64(seed)).canaries {
                counts[canary.published] += 1
            }
        }
        // The 0.9999 quantile of chi-square with 7 degrees of freedom.
        #expect(chiSquare(counts) < 29.9, "\(counts)")
    }

    @Test("every character is as frequent at every place (chi-square)")
    func charactersAreUniform() throws {
        let secrets = try canaries(count: 4, references: 1999, bits: 60, seed: 5).canaries.flatMap(\.secrets)
        let alphabet = Array(SecretLength.alphabet)
        #expect(Set(alphabet).count == 32)
        for place in 0..<12 {
            var counts = [Int](repeating: 0, count: 32)
            for secret in secrets {
                let character = Array(secret)[place]
                counts[try #require(alphabet.firstIndex(of: character))] += 1
            }
            // The 0.9999 quantile of chi-square with 31 degrees of freedom.
            #expect(chiSquare(counts) < 69.1, "place \(place): \(counts)")
        }
    }

    private func chiSquare(_ counts: [Int]) -> Double {
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }

    @Test(
        "bits are rounded up to whole characters",
        arguments: [(20, 4), (21, 5), (25, 5), (60, 12), (64, 13), (320, 64)])
    func lengths(bits: Int, characters: Int) throws {
        let length = try SecretLength(bits: bits)
        #expect(length.characters == characters && length.bits >= bits && length.bits < bits + 5)
    }

    @Test("whatever numbers are given, a design is made or refused with the name of the option, and nothing traps")
    func hostileNumbers() throws {
        let numbers = [Int.min, -1, 0, 1, 2, 19, 20, 320, 321, 999, 1000, 1001, 99_999, 100_000, 1 << 32, Int.max]
        for first in numbers {
            let length = try? SecretLength(bits: first)
            #expect((length != nil) == SecretLength.allowedBits.contains(first))
            for second in numbers {
                for third in [0, 1, 10_000, 10_001, Int.max] {
                    do throws(CanaryError) {
                        let design = try CanaryDesign(
                            count: first, references: second, secret: try SecretLength(bits: 60), repetitions: third,
                            carriers: Carrier.standard)
                        #expect(design.count * design.siblings <= CanaryDesign.largestTotal)
                        #expect(design.count * design.repetitions <= CanaryDesign.largestTotal)
                    } catch {
                        guard case .invalidOption = error else {
                            Issue.record("\(error)")
                            continue
                        }
                    }
                }
            }
        }
    }

    @Test("references must let one canary reach the level of the rank test")
    func power() throws {
        func refusal(references: Int, alpha: Double, bits: Int = 60, count: Int = 1) throws -> String? {
            let design = try CanaryDesign(
                count: count, references: references, secret: SecretLength(bits: bits), carriers: Carrier.standard)
            do {
                try design.requirePower(at: CanaryLevels(alpha: alpha))
                return nil
            } catch { return error.description }
        }
        #expect(try refusal(references: 100, alpha: 0.01) == nil)
        #expect(try refusal(references: 99, alpha: 0.01)?.contains("at least 100") == true)
        #expect(try refusal(references: 1001, alpha: 0.001) == nil)
        #expect(try refusal(references: 999, alpha: 0.001)?.contains("references") == true)
        #expect(try refusal(references: 999, alpha: 1e-12)?.contains("references") == true)
        #expect(try refusal(references: 999, alpha: 0.01, bits: 20, count: 10) == nil)
        #expect(try refusal(references: 999, alpha: 0.01, bits: 20, count: 100)?.contains("--bits") == true)
        for alpha in [Double.nan, 0, -1, 1, 2, .infinity, 1e-13] {
            #expect(throws: CanaryError.self) { try CanaryLevels(alpha: alpha) }
        }
    }

    @Test("a key is 64 lower-case hexadecimal digits and nothing else")
    func hexadecimal() {
        let digits = String(repeating: "0123456789abcdef", count: 4)
        #expect(CanaryKey(hexadecimal: digits)?.hexadecimal == digits)
        for wrong in ["", "0", digits + "0", digits.uppercased(), "+" + digits.dropFirst(), "g" + digits.dropFirst()] {
            #expect(CanaryKey(hexadecimal: wrong) == nil, "\(wrong)")
        }
    }
}
