import PrefixLearning
import Randomness
import Testing

@Suite struct InducerReplyTests {
    private let document = "The council met on Tuesday to decide the fate of the old harbour bridge."

    @Test(arguments: [
        ("THE DAILY HERALD", "THE DAILY HERALD"), ("\"City News\"\n", "City News"), ("Header: City News", "City News"),
        ("```\nTitle: Bridge\nDate: 1999\n```", "Title: Bridge\nDate: 1999"),
        ("```text\nHeader: “City News”\n```", "City News"), ("<think>\nhm\n</think>\n\nCity News", "City News"),
        ("Good header: 'City News'", "City News"), ("He said \"no\"", "He said \"no\""),
        ("\"A\" and \"B\"", "\"A\" and \"B\""),
        ("Title: City", "Title: City"), ("`City`", "City"), ("A\r\nB", "A\nB"),
        ("The council met on Tuesday: city news", "The council met on Tuesday: city news"), ("東京新聞", "東京新聞"),
    ]) func wrappingIsTakenOff(reply: String, header: String) throws {
        #expect(try InducerReply(parsing: reply, document: document).header == header)
    }

    @Test(arguments: [
        ("", InducerRejection.empty), (" \n\t ", .empty), ("\"\"", .empty), ("``````", .empty), ("```\n```", .empty),
        ("Header:", .empty), (String(repeating: "word ", count: 100), .tooLong), ("1999-2000 ???", .garbage),
        ("City\u{7}News", .garbage), ("City \u{FFFD}", .garbage), ("\u{1B}[31mNews", .garbage),
        ("\u{E000}abc", .garbage),
        ("the council met, on Tuesday to vote", .copy), ("News: COUNCIL MET ON TUESDAY TO DECIDE", .copy),
    ]) func rejectionsAreTyped(reply: String, reason: InducerRejection) {
        #expect(throws: reason) { try InducerReply(parsing: reply, document: document) }
    }

    @Test func hostileRepliesEndQuickly() {
        for reply in [
            String(repeating: "header:", count: 20_000), String(repeating: "\"", count: 100_000),
            String(repeating: "```\n", count: 20_000), String(repeating: "<think>", count: 10_000),
            String(repeating: "</think>", count: 10_000), String(repeating: "e\u{301}", count: 50_000),
        ] {
            #expect(throws: InducerRejection.self) { try InducerReply(parsing: reply, document: reply) }
        }
    }

    @Test func anythingEndsAsAHeaderThatKeepsTheRulesOrAReason() throws {
        let pieces = [
            "\"", "`", "```", "\n", "Header:", "a", "b ", "“", "”", "</think>", "\u{0}", " ", "council met on ",
        ]
        for seed in UInt64(0)..<500 {
            var generator = SeededGenerator(seed: seed, stream: "replies")
            let reply = (0..<generator.next(below: 12)).map { _ in pieces[generator.next(below: pieces.count)] }
                .joined()
            guard let header = try? InducerReply(parsing: reply, document: document).header else { continue }
            #expect(!header.isEmpty && header.count <= 240 && !header.unicodeScalars.contains("\u{0}"), "seed \(seed)")
            #expect(header.first?.isWhitespace == false && header.last?.isWhitespace == false, "seed \(seed)")
            #expect(try InducerReply(parsing: header, document: document).header == header, "seed \(seed)")
        }
    }

    @Test func reasonsAreCounted() {
        var tally = InducerTally()
        #expect(tally.parse("City News", document: document) == "City News")
        #expect(tally.parse("", document: document) == nil && tally.parse("?", document: document) == nil)
        #expect(tally.parse("...", document: document) == nil)
        #expect(tally.accepted == 1 && tally.count(of: .empty) == 1 && tally.count(of: .garbage) == 2)
        #expect(tally.count(of: .copy) == 0)
    }
}
