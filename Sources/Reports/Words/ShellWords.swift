/// Words as a line that a POSIX shell splits into the same words.
package enum ShellWords {
    /// The line, with quotation marks only where they are needed.
    package static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || Array("-_./=:,@%+".utf8).contains(byte)
        }
        if isPlain, !word.isEmpty { return word }
        // Inside single quotation marks nothing is special, and one of them is written outside: '\''.
        let parts = word.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
        return "'" + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: #"'\''"#) + "'"
    }
}
