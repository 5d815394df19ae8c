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
}

/// Splits a text into words.
///
/// A word is a run of letters, digits and combining marks. An apostrophe between two letters belongs to the word
/// (`don't`), and so do a point and a comma between two digits (`3.14`); hyphens and everything else separate. In Han,
/// kana, Thai, Lao, Khmer and Myanmar, which put no spaces between words, every letter with its marks is a word. Soft
/// hyphens and zero-width characters inside a word are passed over. Words are compared in lower case without stemming;
/// canonically equivalent spellings differ unless the text is normalised first.
///
/// - Parameter text: Any text.
/// - Returns: The words in order, with their places counted in Unicode scalars and in UTF-8 bytes of the text.
/// - Complexity: O(*n*).
public func words(of text: String) -> [Word] {
    splitIntoWords(text.unicodeScalars)
}

/// Splits a text that is given as Unicode scalars into words in the same way as a string.
public func words(of scalars: [Unicode.Scalar]) -> [Word] {
    splitIntoWords(scalars)
}

private func splitIntoWords(_ scalars: some Sequence<Unicode.Scalar>) -> [Word] {
    var splitter = WordSplitter()
    for scalar in scalars { splitter.consume(scalar) }
    return splitter.finish()
}
