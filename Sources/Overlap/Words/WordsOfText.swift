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
    var text = text
    return text.withUTF8 { bytes in
        var splitter = WordSplitter()
        splitter.consume(utf8: bytes)
        return splitter.finish()
    }
}

/// Splits a text that is given as Unicode scalars into words in the same way as a string.
public func words(of scalars: [Unicode.Scalar]) -> [Word] {
    var splitter = WordSplitter()
    for scalar in scalars { splitter.consume(scalar) }
    return splitter.finish()
}
