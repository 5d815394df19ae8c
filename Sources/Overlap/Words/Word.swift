/// One word of a text, in the form in which words are compared.
public struct Word: Hashable, Sendable, CustomStringConvertible {
    /// The word in lower case, with straight apostrophes and without invisible characters.
    public let text: String
    /// Where the word stands in its text, in Unicode scalars.
    public let scalars: Range<Int>
    /// Where the word stands in its text, in bytes of UTF-8.
    public let utf8: Range<Int>

    /// A hash of the text, kept because words are hashed and compared far more often than they are made.
    let fingerprint: UInt64

    /// Creates a word from its compared form.
    init(text: String, scalars: Range<Int>, utf8: Range<Int>, fingerprint: UInt64) {
        self.text = text
        self.scalars = scalars
        self.utf8 = utf8
        self.fingerprint = fingerprint
    }

    /// The compared form.
    public var description: String { text }

    /// Compares two words by their compared form, wherever they stand.
    public static func == (left: Word, right: Word) -> Bool {
        left.fingerprint == right.fingerprint && left.text == right.text
    }

    /// Feeds the compared form to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
    }

    /// Where a hash table of a power of two slots puts the word, given the number of slots less one.
    func tableSlot(mask: Int) -> Int { Self.tableSlot(of: fingerprint, mask: mask) }

    static func tableSlot(of fingerprint: UInt64, mask: Int) -> Int {
        // FNV-1a leaves the last letter in few bits; multiplication and the high half spread it.
        Int(truncatingIfNeeded: (fingerprint &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
    }
}
