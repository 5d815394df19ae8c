import Audit
import Foundation
import Randomness
import Testing

@testable import Canary

@Suite("The secret file")
struct SecretFileTests {
    private func refusal(_ bytes: some Sequence<UInt8>, commitment: String? = nil) throws -> String? {
        let folder = try ScratchFolder()
        let path = try folder.write(bytes, to: "s.jsonl")
        do {
            _ = try SecretFile(path: path, commitment: commitment.map { try Commitment($0) })
            return nil
        } catch let error as CanaryError { return error.description.replacing(folder.path + "/", with: "") }
    }

    @Test("what was written is read again, from a seed and from the system's random source")
    func roundTrip() throws {
        let folder = try ScratchFolder()
        let design = try canaries().design
        for key in [CanaryKey(seed: .max), CanaryKey.random()] {
            let file = try SecretFile(CanarySet(minting: design, with: key))
            let path = try folder.write(file.bytes, to: "s.jsonl")
            let again = try SecretFile(path: path, commitment: Commitment(file.commitment.uppercased()))
            #expect(again.canaries == file.canaries && again.commitment == file.commitment)
            #expect(again.canaries.key.origin == key.origin)
        }
    }

    @Test("the commitment is the SHA-256 of the file")
    func commitment() throws {
        let file = try SecretFile(canaries())
        #expect(file.commitment == sha256Hex(file.bytes))
        #expect(try refusal(file.bytes, commitment: file.commitment) == nil)
        let other = String(repeating: "0", count: 64)
        #expect(
            try refusal(file.bytes, commitment: other)
                == "s.jsonl has the SHA-256 \(file.commitment), and the commitment is \(other): give the secret file "
                + "that the commitment was published for")
        for wrong in ["", "abc", String(repeating: "g", count: 64), other + "0", other.dropLast() + "é"] {
            #expect(throws: CanaryError.self) { try Commitment(wrong) }
        }
    }

    @Test("no byte can be changed, left out or added without being noticed")
    func everyEdit() throws {
        let bytes = try SecretFile(canaries(count: 2, references: 3)).bytes
        var generator = SeededGenerator(seed: 11, stream: "edits")
        for round in 0..<400 {
            var edited = bytes
            let place = generator.next(below: bytes.count)
            switch generator.next(below: 3) {
            case 0: edited[place] ^= UInt8(1 + generator.next(below: 255))
            case 1: edited.remove(at: place)
            default: edited.insert(UInt8(generator.next(below: 256)), at: place)
            }
            if edited == bytes { continue }
            #expect(try refusal(edited) != nil, "seed 11, round \(round), byte \(place)")
        }
        for length in [0, 1, bytes.count / 2, bytes.count - 1] { #expect(try refusal(bytes.prefix(length)) != nil) }
        #expect(try refusal(bytes + bytes) != nil)
    }

    @Test("an edit is named with its line")
    func namedEdits() throws {
        let set = try canaries(count: 2, references: 3)
        let text = String(decoding: try SecretFile(set).bytes, as: UTF8.self)
        func edited(_ old: String, _ new: String) throws -> String {
            #expect(text.contains(old))
            return try #require(try refusal(text.replacing(old, with: new).utf8))
        }
        let second = set.canaries[1]
        #expect(try edited(second.secrets[2], "aaaaaaaa").hasPrefix("s.jsonl:3: sibling 3 is not what the key gives"))
        #expect(
            try edited(second.secrets[2], second.secrets[0])
                .hasPrefix("s.jsonl:3: the siblings 1 and 3 are the same"))
        let other = (second.published + 1) % 4
        let lines = text.split(separator: "\n")
        let line = lines[2].replacing("\"published\":\(second.published)", with: "\"published\":\(other)")
        #expect(
            try #require(try refusal("\(lines[0])\n\(lines[1])\n\(line)\n".utf8))
                .hasPrefix("s.jsonl:3: the published sibling is not the one that the key gives"))
        #expect(try #require(try refusal("\(lines[0])\n{\n\(lines[2])\n".utf8)).hasPrefix("s.jsonl:2: not a canary"))
        #expect(
            try #require(try refusal("\(lines[0])\n\(lines[1])\n".utf8))
                .hasPrefix("s.jsonl:3: the file does not end after the 2 canaries"))
        #expect(try edited("\"seed\":1", "\"seed\":2").hasPrefix("s.jsonl:1: the key is not that of the seed 2"))
        #expect(try edited("\"version\":1", "\"version\":9").contains("version 9 is not"))
        #expect(try edited("harbour office", "harbor office").hasPrefix("s.jsonl:2: sibling 1"))
        #expect(try edited("\"repetitions\":1", "\"repetitions\":2").hasPrefix("s.jsonl:2: sibling 1"))
        // A file from another system, with other line ends, is another file.
        #expect(try refusal(text.replacing("\n", with: "\r\n").utf8) != nil)
    }

    @Test(
        "a first line that claims the impossible is refused",
        arguments: [
            ("\"count\":2", "\"count\":1000000000000"), ("\"count\":2", "\"count\":-1"),
            ("\"references\":3", "\"references\":99999999999999999999"),
            ("\"bits\":40", "\"bits\":-9223372036854775808"),
            ("\"repetitions\":1", "\"repetitions\":1e300"), ("\"alphabet\":\"abc", "\"alphabet\":\"xyz"),
            ("{secret}", "{geheim}"), ("\"key\":\"", "\"key\":\"0"), ("\"kind\"", "\"sort\""),
            ("\"seed\":1", "\"seed\":-1"), ("\"carriers\":[", "\"carriers\":[" + "\"\\u0000{secret}\","),
        ])
    func hostileHeaders(old: String, new: String) throws {
        let text = String(decoding: try SecretFile(canaries(count: 2, references: 3)).bytes, as: UTF8.self)
        let message = try #require(try refusal(text.replacing(old, with: new).utf8), "\(new) was accepted")
        #expect(message.hasPrefix("s.jsonl:1: "), "\(message)")
        #expect(!message.contains("\n") && message.utf8.count < 600)
    }

    @Test("what is no file is said so")
    func missing() throws {
        let folder = try ScratchFolder()
        #expect(throws: CanaryError.system(operation: "open", path: folder("no"), code: ENOENT)) {
            try SecretFile(path: folder("no"))
        }
        #expect(throws: CanaryError.self) { try SecretFile(path: folder.path) }
    }
}
