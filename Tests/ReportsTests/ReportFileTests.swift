import Foundation
import Testing

@testable import Reports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A report is written whole or not at all.
@Suite struct ReportFileTests {
    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func replace(_ name: String, with text: String) throws(ReportError) {
        try ReportFile(scratch.file(name)).replace(with: Array(text.utf8))
    }

    private func mode(_ name: String) throws -> Int {
        try (FileManager.default.attributesOfItem(atPath: scratch.file(name))[.posixPermissions] as? NSNumber)?.intValue
            ?? -1
    }

    @Test func createsAndReplaces() throws {
        try replace("a.md", with: "one")
        #expect(try scratch.contents("a.md") == "one")
        try replace("a.md", with: "")
        #expect(try scratch.contents("a.md") == "")
        #expect(try scratch.names == ["a.md"])
    }

    @Test func keepsPermissions() throws {
        try replace("a.md", with: "secret")
        chmod(scratch.file("a.md"), 0o600)
        try replace("a.md", with: "still secret")
        #expect(try mode("a.md") == 0o600)
    }

    @Test func followsLinks() throws {
        try replace("real.md", with: "one")
        symlink("real.md", scratch.file("link.md"))
        try replace("link.md", with: "two")
        #expect(try scratch.contents("real.md") == "two")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.file("link.md")) == "real.md")
    }

    @Test func takesTheLongestName() throws {
        let name = String(repeating: "n", count: 252) + ".md"
        try replace(name, with: "text")
        #expect(try scratch.contents(name) == "text")
    }

    @Test func namesAMissingDirectory() throws {
        let path = scratch.file("no/such/a.md")
        #expect(throws: ReportError.missingDirectory(path: path, directory: scratch.file("no/such"))) {
            try replace("no/such/a.md", with: "text")
        }
        try replace("file", with: "text")
        #expect(throws: ReportError.missingDirectory(path: scratch.file("file/a.md"), directory: scratch.file("file")))
        {
            try replace("file/a.md", with: "text")
        }
    }

    @Test func refusesADirectory() throws {
        mkdir(scratch.file("a.md"), 0o755)
        #expect(throws: ReportError.isDirectory(path: scratch.file("a.md"))) { try replace("a.md", with: "text") }
        #expect(try scratch.names == ["a.md"])
    }

    @Test func refusesAPipe() throws {
        #expect(mkfifo(scratch.file("a.md"), 0o644) == 0)
        #expect(throws: ReportError.notAFile(path: scratch.file("a.md"))) { try replace("a.md", with: "text") }
        #expect(
            try FileManager.default.attributesOfItem(atPath: scratch.file("a.md"))[.type] as? FileAttributeType
                != .typeRegular)
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere")) func refusesWhatIsProtected() throws {
        try replace("a.md", with: "one")
        chmod(scratch.file("a.md"), 0o444)
        #expect(throws: ReportError.notWritten(path: scratch.file("a.md"), step: .write, code: EACCES)) {
            try replace("a.md", with: "two")
        }
        chmod(scratch.path, 0o555)
        #expect(throws: ReportError.notWritten(path: scratch.file("b.md"), step: .create, code: EACCES)) {
            try replace("b.md", with: "two")
        }
        chmod(scratch.path, 0o755)
        #expect(try scratch.contents("a.md") == "one")
    }

    #if os(Linux)
        /// Even root cannot create a file in sysfs.
        @Test(.enabled(if: access("/sys", F_OK) == 0)) func namesAReadOnlyPlace() throws {
            let error = try #require(throws: ReportError.self) {
                try ReportFile("/sys/report.md").replace(with: [0x61])
            }
            guard case .notWritten("/sys/report.md", .create, let code) = error else {
                Issue.record("\(error)")
                return
            }
            #expect([EACCES, EPERM, EROFS].contains(code))
            #expect(error.description.contains("give a path that you may write to"))
        }
    #endif

    @Test func aFullDiskLeavesEverythingAsItWas() throws {
        try replace("a.md", with: "one")
        var calls = 0
        let file = ReportFile(scratch.file("a.md")) { descriptor, bytes in
            calls += 1
            if calls == 1 { return systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: bytes[..<2])) }
            errno = ENOSPC
            return -1
        }
        let error = #expect(throws: ReportError.notWritten(path: scratch.file("a.md"), step: .write, code: ENOSPC)) {
            try file.replace(with: Array("two".utf8))
        }
        #expect(error?.description.contains("free space") == true)
        #expect(try scratch.contents("a.md") == "one")
        #expect(try scratch.names == ["a.md"])
    }

    @Test func goesOnAfterShortWritesAndInterruptions() throws {
        var calls = 0
        let file = ReportFile(scratch.file("a.md")) { descriptor, bytes in
            calls += 1
            if calls.isMultiple(of: 2) {
                errno = EINTR
                return -1
            }
            return systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(3)))
        }
        try file.replace(with: Array("a longer text".utf8))
        #expect(try scratch.contents("a.md") == "a longer text")
    }

    @Test func aFileThatTakesNothingIsAnError() {
        #expect(throws: ReportError.notWritten(path: scratch.file("a.md"), step: .write, code: EIO)) {
            try ReportFile(scratch.file("a.md")) { _, _ in 0 }.replace(with: [0x61])
        }
    }

    @Test(arguments: ["", "a\u{0}b.md"]) func refusesWhatIsNoPath(_ path: String) {
        #expect(throws: ReportError.notWritten(path: path, step: .create, code: EINVAL)) {
            try ReportFile(path).replace(with: [])
        }
    }

    @Test func writersDoNotMix() async throws {
        let path = scratch.file("a.md")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<24 {
                group.addTask {
                    try ReportFile(path).replace(with: Array(repeating: UInt8(0x61 + index), count: 50_000))
                }
            }
            try await group.waitForAll()
        }
        let text = try scratch.contents("a.md")
        #expect(text.utf8.count == 50_000 && Set(text.utf8).count == 1)
        #expect(try scratch.names == ["a.md"])
    }
}
