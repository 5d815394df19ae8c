import Randomness
import Testing

@testable import Inference

/// Every answer must be the very double that the standard library reads from the same text.
struct DecimalNumberTests {
    private func read(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.double($0) }
    }

    @Test(arguments: [
        "0", "-0", "0.0", "-0.000", "1", "-1", "10", "0.1", "-0.30000000000000004", "9007199254740993",
        "9007199254740992.5", "-12.487475498870015", "9999999999999999999", "0.0000000000000000001", "5e-1", "15E-1",
        "1.25e+1", "-1.1920928955078125e-07", "18014398509481985", "36028797018963970", "4503599627370496.5",
        "4503599627370497.5", "4503599627370497.4999999999",
    ])
    func examplesAreExact(text: String) throws {
        let value = try #require(Double(text))
        if let quick = read(text) { #expect(quick.bitPattern == value.bitPattern, "\(text)") }
    }

    @Test func whatIsTooLongIsLeftToTheGeneralWay() {
        for text in ["12345678901234567890", "1e-20", "1e5", "1e99999", "0.00000000000000000001"] {
            #expect(read(text) == nil, "\(text)")
        }
    }

    @Test func allNumbersThatServersPrintAreExact() throws {
        var generator = SeededGenerator(seed: 7, stream: "decimals")
        var answered = 0
        for _ in 0..<200_000 {
            // What a server prints is a 32-bit float made a double, in its shortest form.
            let exponent = Int(generator.next() % 40) - 30
            let magnitude = Float(generator.next() >> 40) * Float(sign: .plus, exponent: exponent, significand: 1)
            let text = "\(-Double(magnitude))"
            guard let quick = read(text) else { continue }
            answered += 1
            let value = try #require(Double(text))
            if quick.bitPattern != value.bitPattern { Issue.record("\(text)") }
        }
        #expect(answered > 100_000)
    }

    /// Decimals around the middle between two doubles, where rounding decides.
    @Test func closeCallsAreExact() throws {
        var generator = SeededGenerator(seed: 8, stream: "decimals")
        for _ in 0..<100_000 {
            let digits = String(generator.next() % 10_000_000_000_000_000_000)
            let point = Int(generator.next() % UInt64(digits.count))
            let text = "\(digits.prefix(point + 1)).\(digits.dropFirst(point + 1))0"
            guard let quick = read(text) else { continue }
            if quick.bitPattern != Double(text)?.bitPattern { Issue.record("\(text)") }
        }
        for halves: UInt64 in stride(from: 9_007_199_254_740_993, to: 9_007_199_254_741_993, by: 2) {
            for text in ["\(halves)", "\(halves).0", "\(halves).01", "\(halves - 1).99"] {
                guard let quick = read(text) else { continue }
                if quick.bitPattern != Double(text)?.bitPattern { Issue.record("\(text)") }
            }
        }
    }
}
