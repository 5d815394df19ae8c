import Audit
import Foundation
import Testing

@testable import Canary

@Suite("The files that minting writes")
struct MintedFilesTests {
    private struct Planted: Decodable {
        let id: String
        let text: String
    }

    @Test("what is published tells nothing but the published siblings, and the secret file is its owner's alone")
    func contents() throws {
        let folder = try ScratchFolder()
        let set = try canaries(count: 12, references: 9, repetitions: 3)
        let files = try MintedFiles(secret: folder("s.jsonl"), publish: folder("p.jsonl"))
        let commitment = try files.write(set)
        #expect(try folder.names == ["p.jsonl", "p.jsonl.note.json", "s.jsonl"])
        #expect(commitment.sha256 == sha256Hex(try folder.bytes("s.jsonl")))
        #expect(try SecretFile(path: files.secret, commitment: commitment).canaries == set)
        let mode = try FileManager.default.attributesOfItem(atPath: files.secret)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let lines = try folder.text("p.jsonl").split(separator: "\n")
        let planted = try lines.map { try JSONDecoder().decode(Planted.self, from: Data($0.utf8)) }
        #expect(planted.map(\.text) == (0..<3).flatMap { _ in set.canaries.map(\.publishedText) })
        #expect(Set(planted.map(\.id)).count == 36 && planted[12].id == "canary-01-2")
        let note = try folder.text("p.jsonl.note.json")
        #expect(note.contains(commitment.sha256))
        let published = try folder.text("p.jsonl")
        for canary in set.canaries {
            #expect(!note.contains(canary.publishedSecret))
            for secret in canary.secrets where secret != canary.publishedSecret { #expect(!published.contains(secret)) }
        }
        #expect(!published.contains(set.key.hexadecimal) && !note.contains(set.key.hexadecimal))
    }

    @Test("nothing is overwritten, and nothing is left where not all can be written", arguments: [0, 1, 2])
    func refusesToOverwrite(which: Int) throws {
        let folder = try ScratchFolder()
        let names = ["s.jsonl", "p.jsonl", "p.jsonl.note.json"]
        _ = try folder.write("mine", to: names[which])
        let files = try MintedFiles(secret: folder("s.jsonl"), publish: folder("p.jsonl"))
        #expect(throws: CanaryError.exists(path: folder(names[which]))) { try files.write(canaries()) }
        #expect(try folder.names == [names[which]])
        #expect(try folder.text(names[which]) == "mine")
    }

    @Test("a dangling link is something, too")
    func danglingLink() throws {
        let folder = try ScratchFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder("s.jsonl"), withDestinationPath: folder("elsewhere"))
        let files = try MintedFiles(secret: folder("s.jsonl"), publish: folder("p.jsonl"))
        #expect(throws: CanaryError.exists(path: folder("s.jsonl"))) { try files.write(canaries()) }
        #expect(try folder.names == ["s.jsonl"])
    }

    @Test("a directory that cannot be written to leaves nothing behind in the other one")
    func allOrNothing() throws {
        let folder = try ScratchFolder()
        let files = try MintedFiles(secret: folder("s.jsonl"), publish: folder("missing/p.jsonl"))
        #expect(throws: CanaryError.system(operation: "create", path: folder("missing/p.jsonl"), code: ENOENT)) {
            try files.write(canaries())
        }
        #expect(try folder.names.isEmpty)
        let file = try folder.write("x", to: "file")
        let inFile = try MintedFiles(secret: file + "/s.jsonl", publish: folder("p.jsonl"))
        #expect(throws: CanaryError.system(operation: "create", path: file + "/s.jsonl", code: ENOTDIR)) {
            try inFile.write(canaries())
        }
        #expect(try folder.names == ["file"])
    }

    @Test("one path for two files is refused, however it is spelled")
    func samePath() throws {
        let folder = try ScratchFolder()
        for (secret, publish) in [("a", "a"), ("a", "./a"), ("b/../a", "a"), ("a.note.json", "a")] {
            #expect(throws: CanaryError.samePath(folder(secret))) {
                try MintedFiles(secret: folder(secret), publish: folder(publish))
            }
        }
        try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: folder.path)
        #expect(throws: CanaryError.samePath(folder("link/a"))) {
            try MintedFiles(secret: folder("link/a"), publish: folder("a"))
        }
    }
}
