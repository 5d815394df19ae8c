import Foundation

/// A text in one normal form, with the way back from each of its scalars to the bytes of the original.
///
/// Each letter with its marks is normalised on its own, before invisible characters are removed; where a removal brings
/// a letter and a mark together they stay two scalars.
///
/// Everything counts in Unicode scalars, never in grapheme clusters, whose borders move with the Unicode version.
public struct NormalizedText: Sendable {
    /// The normalised text.
    public let scalars: [Unicode.Scalar]
    /// The profile that was applied.
    public let profile: NormalizationProfile

    private let starts: [Int]
    private let ends: [Int]
    private let originalByteCount: Int

    /// Normalises a text.
    ///
    /// - Parameters:
    ///   - original: The text as it was read.
    ///   - profile: What to make equal.
    /// - Complexity: O(*n*).
    public init(_ original: String, profile: NormalizationProfile) {
        var normalizer = Normalizer(profile: profile)
        normalizer.consume(original)
        self.profile = profile
        self.scalars = normalizer.scalars
        self.starts = normalizer.starts
        self.ends = normalizer.ends
        self.originalByteCount = original.utf8.count
    }

    /// The normalised text as a string.
    public var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Maps a range of normalised scalars to the bytes of the original that they were made from.
    ///
    /// The range runs from the first byte behind its first scalar to the last byte behind its last one, so it holds
    /// everything that was removed in between. Scalars that were made together (the letters of a ligature, a composed
    /// letter) have the same bytes. Wider scalar ranges never have narrower byte ranges.
    ///
    /// - Parameter range: A range within `0...scalars.count`. An empty one is mapped to the empty range where its
    ///   scalar begins.
    /// - Returns: Offsets into the original's UTF-8, which always fall between characters.
    /// - Complexity: O(1).
    public func originalByteRange(forScalars range: Range<Int>) -> Range<Int> {
        precondition(range.lowerBound >= 0 && range.upperBound <= scalars.count, "range outside the normalised text")
        guard !range.isEmpty else {
            let place = range.lowerBound < scalars.count ? starts[range.lowerBound] : originalByteCount
            return place..<place
        }
        return starts[range.lowerBound]..<ends[range.upperBound - 1]
    }
}

/// The work of normalising one text from front to back.
private struct Normalizer {
    /// Longer sequences are left as written: no language has them (Unicode's stream-safe format ends at 30 marks), and
    /// normalising them takes more than linear time.
    static let longestSequence = 64

    let profile: NormalizationProfile
    var scalars: [Unicode.Scalar] = []
    var starts: [Int] = []
    var ends: [Int] = []
    private var isAfterSpace = false
    private var composedForms: [Unicode.Scalar: [Unicode.Scalar]] = [:]

    init(profile: NormalizationProfile) {
        self.profile = profile
    }

    mutating func consume(_ original: String) {
        let byteCount = original.utf8.count
        scalars.reserveCapacity(byteCount)
        starts.reserveCapacity(byteCount)
        ends.reserveCapacity(byteCount)
        var sequence: [Unicode.Scalar] = []
        var start = 0
        var position = 0
        for scalar in original.unicodeScalars {
            if !scalar.joinsPrevious {
                close(sequence, start: start)
                sequence.removeAll(keepingCapacity: true)
                start = position
            }
            sequence.append(scalar)
            position += UTF8.width(scalar)
        }
        close(sequence, start: start)
    }

    /// Normalises a scalar together with the marks that join it.
    private mutating func close(_ sequence: [Unicode.Scalar], start: Int) {
        let changed = sequence.count <= Self.longestSequence ? composed(sequence) : nil
        if let changed {
            let end = start + sequence.reduce(0) { $0 + UTF8.width($1) }
            for scalar in changed { emit(scalar, from: start, to: end) }
        } else {
            var position = start
            for scalar in sequence {
                let end = position + UTF8.width(scalar)
                emit(profile.folded(scalar), from: position, to: end)
                position = end
            }
        }
    }

    /// The sequence in the profile's composition, or nil when it is in it already.
    private mutating func composed(_ sequence: [Unicode.Scalar]) -> [Unicode.Scalar]? {
        guard profile.composition != .none, let first = sequence.first else { return nil }
        if sequence.count == 1 {
            // An acute accent used as an apostrophe is folded as such before NFKC can make a space and a mark of it.
            guard first.value >= 0xA0, profile.folded(first) == first,
                first.properties.changesWhenNFKCCaseFolded
            else { return nil }
            if let known = composedForms[first] { return known == sequence ? nil : known }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: sequence)
        let form: String
        switch profile.composition {
        case .none: return nil
        case .canonical: form = String(view).precomposedStringWithCanonicalMapping
        case .compatibility:
            // The one-step mapping leaves marks uncomposed that themselves had a compatibility form (U+FF76 U+FF9E).
            form = String(view).decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
        }
        let composed = form.unicodeScalars.map { profile.folded($0) }
        if sequence.count == 1 { composedForms[first] = composed }
        return composed == sequence ? nil : composed
    }

    private mutating func emit(_ scalar: Unicode.Scalar, from start: Int, to end: Int) {
        if profile.removes(scalar) { return }
        if profile.collapsesWhitespace, scalar.isSpace {
            if isAfterSpace {
                ends[ends.count - 1] = end
            } else {
                append(" ", from: start, to: end)
                isAfterSpace = true
            }
            return
        }
        isAfterSpace = false
        if profile.lowercases, scalar.isLowercasable {
            for lower in scalar.properties.lowercaseMapping.unicodeScalars { append(lower, from: start, to: end) }
        } else {
            append(scalar, from: start, to: end)
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, from start: Int, to end: Int) {
        scalars.append(scalar)
        starts.append(start)
        ends.append(end)
    }
}
