import Corpus
import Testing

@testable import Audit

@Suite("What a user can set about an audit")
struct AuditOptionsTests {
    private func failure(_ change: (inout AuditOptions) -> Void) -> String? {
        var options = AuditOptions()
        change(&options)
        do throws(AuditError) { try options.validate() } catch {
            guard case .invalidOption(let name, _, _) = error else { return "\(error)" }
            return name
        }
        return nil
    }

    @Test("the defaults hold together")
    func defaults() {
        #expect(failure { _ in } == nil)
    }

    @Test(
        "alpha is a small probability",
        arguments: [
            (0.05, true), (0.2, true), (0.001, true), (0.201, false), (0, false), (-0.01, false), (1, false),
            (.nan, false), (.infinity, false), (-.infinity, false), (1e-300, false),
            (Double.leastNonzeroMagnitude, false), (1e-12, false),
        ])
    func alpha(value: Double, isGood: Bool) {
        #expect((failure { $0.alpha = value } == nil) == isGood)
        #expect(
            (failure {
                $0.alpha = value
                $0.staging = .generationOnly
            } == nil) == isGood)
    }

    @Test(
        "delta and the extraction share lie between 0 and 1",
        arguments: [
            (0.5, true), (0.01, true), (0, false), (1, false), (-0.1, false), (1.5, false), (.nan, false),
            (.infinity, false),
        ])
    func shares(value: Double, isGood: Bool) {
        #expect(failure { $0.delta = value } == (isGood ? nil : "delta"))
        let share = failure {
            $0.extractionShare = value
            $0.resamples = 1_000_000
        }
        #expect(share == (isGood ? nil : "extraction-share"))
    }

    @Test(
        "a share that leaves one of the tests next to nothing is no trap",
        arguments: [1 - 1e-16, 0.999999999, 1e-300, Double.leastNonzeroMagnitude])
    func extremeShares(value: Double) {
        _ = failure { $0.extractionShare = value }
        _ = failure {
            $0.extractionShare = value
            $0.alpha = 1e-9
            $0.resamples = 10_000_000
        }
    }

    @Test("counts have bounds", arguments: [Int.min, -1, 0, 1, 1000, 1001, 10_000, 10_001, 10_000_001, .max])
    func counts(value: Int) {
        #expect(
            failure { $0.windowsPerDocument = value } == ((1...1000).contains(value) ? nil : "windows-per-document"))
        #expect(failure { $0.scoredTokens = value } == ((1...10_000).contains(value) ? nil : "scored-tokens"))
        #expect((failure { $0.resamples = value } == nil) == (999...10_000_000).contains(value))
    }

    @Test("resampling must be able to reach the level, unless nothing is resampled")
    func resamples() {
        #expect(failure { $0.resamples = 999 } == nil)
        let low = failure {
            $0.resamples = 999
            $0.alpha = 0.001
        }
        #expect(low == "resamples")
        let unused = failure {
            $0.resamples = 999
            $0.alpha = 0.001
            $0.staging = .generationOnly
        }
        #expect(unused == nil)
    }

    @Test(
        "the number of resamples that is asked for instead is enough", arguments: [0.05, 0.01, 0.001, 0.0007, 0.00003])
    func advice(alpha: Double) throws {
        var options = AuditOptions()
        options.alpha = alpha
        options.extractionShare = 0.9
        options.resamples = 999
        do throws(AuditError) { try options.validate() } catch {
            guard case .invalidOption("resamples", _, let requirement) = error else {
                Issue.record("\(error)")
                return
            }
            options.resamples = try #require(
                requirement.split(separator: " ").compactMap { Int($0) }.first, "\(requirement)")
            #expect(throws: Never.self) { try options.validate() }
        }
    }

    @Test("windows have a length that a server could hold", arguments: [(1, 1), (50, 50), (100_000, 1), (1, 100_000)])
    func shapes(prefix: Int, suffix: Int) {
        #expect(failure { $0.shape = WindowShape(prefixTokens: prefix, suffixTokens: suffix) } == nil)
    }

    @Test(
        "windows that no server could hold are refused",
        arguments: [(100_001, 1), (1, 100_001), (Int.max - 5, 1), (1, Int.max - 1)])
    func absurdShapes(prefix: Int, suffix: Int) throws {
        let shape = try #require(WindowShape(prefixTokens: prefix, suffixTokens: suffix))
        #expect(failure { $0.shape = shape } == (prefix > suffix ? "prefix-tokens" : "suffix-tokens"))
    }

    @Test("every refusal says what to give, in one line that names the flag")
    func wording() {
        var options = AuditOptions()
        options.alpha = 2
        do throws(AuditError) { try options.validate() } catch {
            #expect(error.description == "--alpha 2.0: must be above 0 (at least 1e-9) and at most 0.2")
        }
    }
}
