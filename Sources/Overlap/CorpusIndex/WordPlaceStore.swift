/// Where millions of words stand in their texts, in bytes of UTF-8, in about two bytes a word.
///
/// Texts are thought of as one after the other. Each word is kept as the distance from the word before and its length;
/// every 64th word also has its place.
struct WordPlaceStore: Sendable {
    /// Distance and length of each word; 255 stands for a number that is in ``large``.
    private var distances: [UInt8] = []
    private var lengths: [UInt8] = []
    /// Numbers of 255 and more, by twice the word's number, and one more for lengths.
    private var large: [Int: Int] = [:]
    /// The end of the word before each 64th word.
    private var landmarks: [Int] = []
    private var end = 0

    private static let spacing = 64

    /// The number of words.
    var count: Int { distances.count }

    /// Adds the next word.
    ///
    /// - Parameter place: Where it stands; not before the end of the word before.
    mutating func append(_ place: Range<Int>) {
        if distances.count % Self.spacing == 0 { landmarks.append(end) }
        distances.append(small(place.lowerBound - end, key: 2 * distances.count))
        lengths.append(small(place.count, key: 2 * lengths.count + 1))
        end = place.upperBound
    }

    /// Where a word stands.
    subscript(word: Int) -> Range<Int> {
        let landmark = word / Self.spacing
        var end = landmarks[landmark]
        for earlier in landmark * Self.spacing..<word { end += distance(of: earlier) + length(of: earlier) }
        let start = end + distance(of: word)
        return start..<start + length(of: word)
    }

    private mutating func small(_ number: Int, key: Int) -> UInt8 {
        if number < 255 { return UInt8(truncatingIfNeeded: number) }
        large[key] = number
        return 255
    }

    private func distance(of word: Int) -> Int {
        distances[word] < 255 ? Int(distances[word]) : large[2 * word, default: 255]
    }

    private func length(of word: Int) -> Int {
        lengths[word] < 255 ? Int(lengths[word]) : large[2 * word + 1, default: 255]
    }
}
