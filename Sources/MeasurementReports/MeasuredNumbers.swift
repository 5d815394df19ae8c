import Measurement
import Reports
import Statistics

/// Measured numbers as cells of tables.
enum MeasuredNumbers {
    static let missing: Phrase = "–"

    /// A rate with its counts and its interval.
    static func share(_ rate: ClusteredRate?) -> Phrase {
        guard let rate, let share = rate.share else { return missing }
        let ends = rate.interval.map { " (\(percent($0.lower)) to \(percent($0.upper)))" } ?? ""
        return .prose(
            "\(ReportNumber.count(rate.hits)) of \(ReportNumber.count(rate.trials)) = \(percent(share)) %\(ends)")
    }

    /// A mean with its interval.
    static func mean(_ mean: DocumentMean?, _ decimals: Int = 1) -> Phrase {
        guard let mean else { return missing }
        return .prose(ReportNumber.fixed(mean.mean, decimals) + ends(mean.interval, decimals))
    }

    /// A mean of shares as a percentage with its interval.
    static func percentMean(_ mean: DocumentMean?) -> Phrase {
        guard let mean else { return missing }
        let ends = mean.interval.map { " (\(percent($0.lower)) to \(percent($0.upper)))" } ?? ""
        return .prose("\(percent(mean.mean)) %\(ends)")
    }

    /// An interval in brackets, or nothing.
    static func ends(_ interval: ConfidenceInterval?, _ decimals: Int) -> String {
        interval.map {
            " (\(ReportNumber.fixed($0.lower, decimals)) to \(ReportNumber.fixed($0.upper, decimals)))"
        } ?? ""
    }

    /// A share in percent with one decimal, without the sign.
    static func percent(_ share: Double) -> String { ReportNumber.setting((share * 100).roundedToTenths) }
}
