extension PromptFile {
    /// Reads the contents of a file that is at hand as text.
    ///
    /// - Parameters:
    ///   - text: The JSON text.
    ///   - name: What error messages call the file.
    /// - Throws: ``PromptError``, naming the line.
    public static func parse(_ text: String, name: String) throws(PromptError) -> PromptFile {
        try PromptFileReader(path: name).file(text).file
    }

    /// Writes the text of a prompt file to a file that does not exist yet.
    ///
    /// - Throws: ``PromptError``.
    public static func write(_ text: String, to path: String) throws(PromptError) {
        try PromptBytes.write(text, to: path)
    }
}

extension PromptTemplate {
    /// The prompt's wording on one line, for people; placeholders stand in braces.
    public var preview: String { texts.map(\.written).joined(separator: " | ") }
}
