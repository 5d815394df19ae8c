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
}
