import Foundation
import Testing

@testable import rote

@Suite struct ConsoleTests {
    /// A console whose two streams are pipes.
    private struct Recorded {
        let output = Pipe()
        let messages = Pipe()

        func console(
            _ verbosity: Verbosity = .normal, isTerminal: Bool = false, environment: [String: String] = [:]
        ) -> Console {
            Console(
                output: StandardStream(
                    descriptor: output.fileHandleForWriting.fileDescriptor, isTerminal: isTerminal,
                    environment: environment),
                messages: StandardStream(
                    descriptor: messages.fileHandleForWriting.fileDescriptor, isTerminal: isTerminal,
                    environment: environment),
                verbosity: verbosity)
        }

        func texts() throws -> (output: String, messages: String) {
            try output.fileHandleForWriting.close()
            try messages.fileHandleForWriting.close()
            return (
                String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
                String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            )
        }
    }

    @Test(arguments: [
        (Verbosity.quiet, "error: e\n"), (.normal, "n\nwarning: w\nerror: e\n"),
        (.verbose, "n\nd\nwarning: w\nerror: e\n"),
    ])
    func verbosityDecidesWhatIsSaid(_ verbosity: Verbosity, _ expected: String) throws {
        let recorded = Recorded()
        let console = recorded.console(verbosity)
        console.note("n")
        console.detail("d")
        console.warning("w")
        console.error("e")
        console.showStatus("never without a terminal")
        try console.data("x\u{1b}")
        let texts = try recorded.texts()
        #expect(texts.output == "x\u{1b}\n")
        #expect(texts.messages == expected)
    }

    @Test func messagesStandAboveTheStatusLine() throws {
        let recorded = Recorded()
        let console = recorded.console(isTerminal: true)
        console.showStatus("1/2\u{1b}")
        console.note("hello\u{1b}[2J")
        console.error("no")
        try console.data("x")
        console.showStatus("")
        let texts = try recorded.texts()
        let erase = "\r\u{1b}[2K"
        #expect(
            texts.messages
                == "\(erase)1/2␛\(erase)hello␛[2J\n1/2␛\(erase)\u{1b}[31merror:\u{1b}[0m no\n1/2␛\(erase)1/2␛\(erase)")
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
    func coloursCanBeSwitchedOff(_ environment: [String: String]) throws {
        let recorded = Recorded()
        recorded.console(isTerminal: true, environment: environment).error("no")
        #expect(try recorded.texts().messages == "error: no\n")
        let dumb = StandardStream(descriptor: 2, isTerminal: true, environment: ["TERM": "dumb"])
        #expect(!dumb.isTerminal)
        let plain = StandardStream(descriptor: 2, isTerminal: true, environment: ["NO_COLOR": ""])
        #expect(plain.usesColor)
    }

    @Test func aReaderThatWentAwayIsQuietAndAFullDiskIsNot() throws {
        signal(SIGPIPE, SIG_IGN)
        let recorded = Recorded()
        let console = recorded.console(isTerminal: true)
        try recorded.output.fileHandleForReading.close()
        try recorded.messages.fileHandleForReading.close()
        console.error("nobody listens")
        console.showStatus("nobody looks")
        #expect(throws: OutputError.closed) { try console.data("x") }
        #expect(OutputError.closed.exitStatus == .completed)
        #if os(Linux)
            let full = open("/dev/full", O_WRONLY)
            defer { close(full) }
            let stream = StandardStream(descriptor: full, isTerminal: false, environment: [:])
            #expect(throws: OutputError.failed(code: ENOSPC)) { try stream.write("x") }
            #expect(OutputError.failed(code: ENOSPC).exitStatus == .error)
        #endif
    }

    @Test func exitStatusesAreTheDocumentedOnes() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 64, 75, 130, 143])
        #expect(ExitStatus(signal: SIGINT) == .interrupted)
        #expect(ExitStatus(signal: SIGTERM) == .terminated)
        #expect(ExitStatus.table.split(separator: "\n").count == 10)
        #expect(ExitStatus.table.contains("   64  wrong command line or setting"))
    }
}
