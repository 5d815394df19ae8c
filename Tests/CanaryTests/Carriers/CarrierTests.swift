import Testing

@testable import Canary

@Suite("Carriers")
struct CarrierTests {
    @Test("the carriers that come with Rote can carry, and no two are the same")
    func standard() {
        #expect(Carrier.standard.count == Carrier.sentences.count && Carrier.standard.count >= 5)
        #expect(Set(Carrier.standard).count == Carrier.standard.count)
        for carrier in Carrier.standard { #expect(carrier.opening.last == " ", "\(carrier.text)") }
    }

    @Test("a carrier gives its text again, with any secret in it")
    func roundTrip() throws {
        let carrier = try Carrier("The ‘ключ’ is: {secret}, said the 🦊.")
        #expect(carrier.text == "The ‘ключ’ is: {secret}, said the 🦊.")
        #expect(carrier.sentence(carrying: "abc") == "The ‘ключ’ is: abc, said the 🦊.")
        #expect(try Carrier("At the end {secret}").ending.isEmpty)
        // A combining mark makes one character of itself and the brace.
        #expect(try Carrier("A mark on it: {secret}\u{301}").ending == "\u{301}")
    }

    @Test(
        "what cannot carry a secret is refused",
        arguments: [
            ("no place for it", CarrierProblem.noPlaceholder), ("", .noPlaceholder),
            ("a broken place {secret for it", .noPlaceholder),
            ("one {secret} and two {secret}", .severalPlaceholders(count: 2)),
            ("{secret} comes first", .shortOpening), ("short {secret}", .shortOpening),
            ("with a tab\there: {secret}", .controlCharacter("\t")),
            ("with a null\u{0}here: {secret}", .controlCharacter("\u{0}")),
            ("with an escape \u{1b}[2J: {secret}", .controlCharacter("\u{1b}")),
            (String(repeating: "long ", count: 400) + "{secret}", .tooLong(bytes: 2008)),
        ])
    func refused(text: String, problem: CarrierProblem) {
        #expect(throws: problem) { try Carrier(text) }
    }

    @Test("a file has one carrier per line, with any line ends, empty lines and a byte order mark")
    func file() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("\u{FEFF}The first is {secret}.\r\n\r\n   \nThe second is {secret}", to: "c.txt")
        #expect(try CarrierFile.read(path).map(\.text) == ["The first is {secret}.", "The second is {secret}"])
    }

    @Test("what is wrong with a file is said with its line")
    func badFiles() throws {
        let folder = try ScratchFolder()
        func message(_ bytes: [UInt8]) throws -> String {
            let path = try folder.write(bytes, to: "c.txt")
            do throws(CanaryError) {
                _ = try CarrierFile.read(path)
                return "accepted"
            } catch { return error.description }
        }
        let good = "The first is {secret}.\n"
        #expect(try message(Array((good + "\nno place").utf8)).contains("c.txt:3: no {secret}"))
        #expect(try message(Array((good + good).utf8)).contains("c.txt:2: this carrier stands here a second time"))
        #expect(try message([]).contains("no carrier in it"))
        #expect(try message(Array(" \n\n".utf8)).contains("no carrier in it"))
        #expect(try message(Array(good.utf8) + [0xC3, 0x28]).contains("not UTF-8"))
        #expect(try message([UInt8](repeating: 65, count: (1 << 20) + 1)).contains("bytes"))
        #expect(throws: CanaryError.self) { try CarrierFile.read(folder("missing.txt")) }
        #expect(throws: CanaryError.self) { try CarrierFile.read(folder.path) }
    }
}
