/// How much more a prompt lifts suspect documents than control documents, in probability per token.
///
/// value = trimmed mean of the suspects' lifts − trimmed mean of the controls' lifts, a tenth cut off at each end: one
/// freak document decides nothing, and a prompt that makes every text easier gains nothing. Without controls it is the
/// suspects' trimmed mean alone.
public struct Contrast: Hashable, Codable, Sendable {
    /// The contrast in probability per token.
    public let value: Double
    /// Its standard error from the winsorised variances (Yuen, 1974); nil with fewer than two values in an arm.
    public let standardError: Double?
    /// The trimmed mean of the suspects' lifts, in probability per token.
    public let suspectLift: Double
    /// The trimmed mean of the controls' lifts, in probability per token; nil without controls.
    public let controlLift: Double?
    /// The number of suspect documents.
    public let suspects: Int
    /// The number of control documents.
    public let controls: Int

    /// Compares lifts, or gives nil without suspects.
    ///
    /// - Parameters:
    ///   - suspects: Lifts of suspect documents, in probability per token; values that are not finite are left out.
    ///   - controls: Lifts of control documents.
    /// - Complexity: O(*n* log *n*).
    public init?(suspects: [Double], controls: [Double]) {
        guard let suspect = TrimmedMean(suspects.filter(\.isFinite)) else { return nil }
        let control = TrimmedMean(controls.filter(\.isFinite))
        suspectLift = suspect.mean
        controlLift = control?.mean
        value = suspect.mean - (control?.mean ?? 0)
        self.suspects = suspect.count
        self.controls = control?.count ?? 0
        if let control {
            standardError = suspect.variance.flatMap { a in control.variance.map { b in (a + b).squareRoot() } }
        } else {
            standardError = suspect.variance?.squareRoot()
        }
    }

    init?(_ lifts: ArmLifts) { self.init(suspects: lifts.suspect, controls: lifts.control) }

    /// The contrast in units of its standard error; nil when that is unknown or 0.
    public var t: Double? { standardError.flatMap { $0 > 0 ? value / $0 : nil } }
}
