/// What is made equal before texts are compared.
///
/// The profile belongs to every published number: with typographic quotes alone changed, a perfect copy loses half of
/// its longest contiguous run.
public struct NormalizationProfile: Hashable, Codable, Sendable {
    /// How combining sequences and compatibility characters are brought to one form.
    public enum Composition: String, Hashable, Codable, CaseIterable, Sendable {
        /// As written.
        case none
        /// Unicode normalisation form C: composed characters.
        case canonical
        /// Unicode normalisation form KC: also ligatures, full-width letters, superscripts, and the ellipsis as three
        /// dots.
        case compatibility
    }

    /// The Unicode normalisation form, applied to each combining sequence on its own.
    public var composition: Composition
    /// Whether typographic quotation marks, primes and guillemets become `'` and `"`.
    public var straightensQuotes: Bool
    /// Whether all dashes, the minus sign and the non-breaking hyphen become `-`.
    public var unifiesDashes: Bool
    /// Whether soft hyphens, zero-width characters, direction marks and variation selectors are removed.
    public var removesInvisibles: Bool
    /// Whether every run of white space, line ends included, becomes one space.
    public var collapsesWhitespace: Bool
    /// Whether letters become lower case, in no locale's way.
    public var lowercases: Bool

    /// Creates a profile.
    public init(
        composition: Composition, straightensQuotes: Bool, unifiesDashes: Bool, removesInvisibles: Bool,
        collapsesWhitespace: Bool, lowercases: Bool
    ) {
        self.composition = composition
        self.straightensQuotes = straightensQuotes
        self.unifiesDashes = unifiesDashes
        self.removesInvisibles = removesInvisibles
        self.collapsesWhitespace = collapsesWhitespace
        self.lowercases = lowercases
    }

    /// Nothing is changed.
    public static let none = NormalizationProfile(
        composition: .none, straightensQuotes: false, unifiesDashes: false, removesInvisibles: false,
        collapsesWhitespace: false, lowercases: false)

    /// Texts that a reader takes for the same are the same; upper and lower case stay apart.
    public static let reading = NormalizationProfile(
        composition: .compatibility, straightensQuotes: true, unifiesDashes: true, removesInvisibles: true,
        collapsesWhitespace: true, lowercases: false)

    /// ``reading``, in lower case.
    public static let readingCaseless = NormalizationProfile(
        composition: .compatibility, straightensQuotes: true, unifiesDashes: true, removesInvisibles: true,
        collapsesWhitespace: true, lowercases: true)
}
