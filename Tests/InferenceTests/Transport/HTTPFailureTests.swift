import Testing

@testable import Inference

@Suite("What failures tell the reader")
struct HTTPFailureTests {
    private func refusal(_ status: Int, _ body: String, type: String = "application/json") -> HTTPRefusal {
        let headers = HTTPHeaders(block: Array("content-type: \(type)\r\n".utf8))
        return HTTPRefusal(
            reply: HTTPReply(status: status, headers: headers, body: Array(body.utf8)), url: "http://h/v1", attempts: 1,
            apiKey: nil)
    }

    @Test(
        "the server's own words are found",
        arguments: [
            (#"{"error":{"code":400,"message":"too long","type":"x"}}"#, "too long"),
            (#"{"error":"no model"}"#, "no model"),
            (#"{"message":"nope"}"#, "nope"), (#"{"detail":"Not Found"}"#, "Not Found"), ("plain words", "plain words"),
            (#"{"error":{"message":null}}"#, #"{"error":{"message":null}}"#),
            (#"{"detail":[{"loc":1}],"message":"m"}"#, "m"),
            ("", ""), ("{", "{"), ("[]", "[]"),
        ])
    func messages(body: String, expected: String) {
        #expect(refusal(400, body).serverMessage == expected)
    }

    @Test("messages are one line, without control characters, and short")
    func sanitised() {
        let hostile = "a\u{1B}[2J\u{1B}]0;title\u{07}b\r\n\tc\u{202E}d\u{0}e" + String(repeating: "x", count: 10_000)
        let text = refusal(500, hostile).serverMessage
        #expect(text.count == 201 && text.hasSuffix("…"))
        #expect(text.hasPrefix("a [2J ]0;title b c d e"))
        #expect(!refusal(500, hostile).description.contains { $0.isNewline || $0 == "\u{1B}" })
    }

    @Test("deep JSON and bytes that are not UTF-8 are survived")
    func hostileBodies() {
        let deep = String(repeating: #"{"error":"#, count: 20_000)
        #expect(refusal(500, deep).serverMessage.count == 201)
        let reply = HTTPReply(status: 500, body: [0xFF, 0xFE, 0x41, 0x80])
        #expect(HTTPRefusal(reply: reply, url: "u", attempts: 1, apiKey: nil).serverMessage.contains("A"))
    }

    @Test("hints fit the status")
    func hints() {
        #expect(refusal(401, "").hint.contains("API key"))
        #expect(refusal(403, "<html>", type: "text/html").hint.contains("API key"))
        #expect(refusal(404, "{}").hint.contains("URL"))
        #expect(refusal(404, "  <!DOCTYPE html><p>x", type: "text/plain").hint.contains("web page"))
        #expect(refusal(404, "x", type: "text/html; charset=utf-8").hint.contains("web page"))
        #expect(!refusal(404, "<html>lots</html>").description.contains("lots"))
        #expect(refusal(500, "").hint.contains("log"))
        #expect(refusal(302, "").hint.contains("redirect"))
    }

    @Test("every transport error says what, where and what to do in one line", arguments: TransportError.Kind.allCases)
    func transportErrors(kind: TransportError.Kind) {
        let text = TransportError(kind: kind, url: "http://h:1/x", detail: "first\r\nsecond").description
        #expect(text.contains("http://h:1/x") && text.contains("first second") && text.contains("; "))
        #expect(!text.contains { $0.isNewline })
    }
}
