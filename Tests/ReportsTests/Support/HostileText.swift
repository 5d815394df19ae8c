import Randomness

/// Text that tries to become markup, to hide something, or to break out of where it stands.
enum HostileText {
    static let samples = [
        "<script>alert(1)</script>", "a | b \\| c \\\\| <img src=x onerror=alert(2)>", "`code` ``more`` ```",
        "one\ntwo\r\n## heading\n\n- item", "\u{1b}[2J\u{1b}]0;title\u{7}red", "abc\u{202e}gnp.exe\u{2066}",
        "![image](http://evil.example/x.png)", "[link](javascript:alert(3))", "<http://evil.example>",
        "http://evil.example/ www.evil.example mail@evil.example", "**bold** _em_ ~~gone~~ $math$", "",
        "   ", "|\u{301}`\u{301}\u{301}|", "\u{85}\u{2028}\u{2029}\u{9b}31m", "&lt;b&gt; &#60;i&#62; &amp;",
        "' ; rm -rf $(pwd) \"", "zero\u{200b}width\u{feff} tag\u{e0041}\u{e007f}", "```\n</code></pre><b>", "\\",
    ]

    private static let pieces = [
        "`", "``", "```", "~~~", "|", "\\", "<", ">", "[", "]", "(", ")", "!", "*", "_", "#", "-", "&", ";", "@", "$",
        "://", "www.", ".", "x", "yz", "é", "\u{301}", " ", "  ", "\n", "\r", "\t", "\u{0}", "\u{1b}", "\u{7f}",
        "\u{85}",
        "\u{202e}", "\u{2028}", "\u{200d}", "\u{fe0f}", "🦊", "東", "&#124;", "&lt;", "--", "'", "\"", "<!--", "-->",
        "![x](y)", "https://a.b", "a@b.c",
    ]

    /// A text of up to 24 pieces.
    static func random(_ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 0...24, using: &generator)
        return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
    }
}
