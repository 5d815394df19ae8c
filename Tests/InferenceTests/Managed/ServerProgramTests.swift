import Foundation
import Testing

@testable import Inference

@Suite("Finding a server program and fitting a job")
struct ServerProgramTests {
    /// A directory with the given executable files.
    private func folder(_ programs: [String]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("rote-\(UUID().uuidString)").path
        for program in programs {
            let file = URL(fileURLWithPath: "\(path)/\(program)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        return path
    }

    @Test("a given path comes first, then the environment, then the search path, then a virtual environment")
    func order() throws {
        let home = try folder(["a/llama-server", "b/llama-server", "c/llama-server", ".venv/bin/python"])
        defer { try? FileManager.default.removeItem(atPath: home) }
        try FileManager.default.createDirectory(
            atPath: home + "/.venv/lib/python3.11/site-packages/xllamacpp", withIntermediateDirectories: true)
        func find(_ given: String?, _ environment: [String: String]) throws -> ServerProgram {
            try ServerProgram.find(
                given: given, environment: environment, executable: "/nowhere/rote", workingDirectory: home)
        }
        let variable = ["ROTE_LLAMA_SERVER": home + "/b/llama-server", "PATH": "/nowhere:\(home)/c"]
        #expect(try find(home + "/a/llama-server", variable) == .llamaServer(path: home + "/a/llama-server"))
        #expect(try find(nil, variable) == .llamaServer(path: home + "/b/llama-server"))
        #expect(try find(nil, ["PATH": "/nowhere:\(home)/c"]) == .llamaServer(path: home + "/c/llama-server"))
        #expect(try find(nil, ["ROTE_LLAMA_SERVER": ""]) == .xllamacpp(python: home + "/.venv/bin/python"))
        #expect(try find(home + "/.venv/bin/python", [:]) == .xllamacpp(python: home + "/.venv/bin/python"))
        #expect(
            try ServerProgram.find(
                given: nil, environment: [:], executable: home + "/.build/debug/rote", workingDirectory: "/")
                == .xllamacpp(python: home + "/.venv/bin/python"))
    }

    @Test("what is no program is refused with the place that named it")
    func refused() throws {
        let home = try folder(["x"])
        defer { try? FileManager.default.removeItem(atPath: home) }
        func failure(_ given: String?, _ environment: [String: String]) -> String {
            do {
                return
                    "\(try ServerProgram.find(given: given, environment: environment, executable: "", workingDirectory: home))"
            } catch { return error.description }
        }
        #expect(failure(home, [:]).contains("--server-binary"))
        #expect(failure("", [:]).contains("--server-binary"))
        #expect(failure(nil, ["ROTE_LLAMA_SERVER": home + "/y"]).contains("ROTE_LLAMA_SERVER"))
        #expect(failure(nil, ["PATH": ""]).contains("pip install xllamacpp"))
    }

    @Test(
        "the context fits the window and the server's blocks",
        arguments: [(1, 256), (240, 256), (241, 320), (1000, 1024)])
    func context(window: Int, slot: Int) async throws {
        let fake = try await FakeServerProgram("true")
        let job = try ServerJob(model: fake.job.model, windowTokens: window)
        #expect(job.contextTokensPerSlot == slot)
        #expect(job.contextTokensPerSlot >= window + ServerJob.spareTokens)
    }

    @Test("sizes that no server could hold are an error, not a trap")
    func absurdSizes() async throws {
        let fake = try await FakeServerProgram("true")
        for (slots, window) in [
            (1, Int.max), (Int.max, 100), (1, Int.max - 15), (512, 1 << 60), (0, 100), (-1, 100), (1, -5),
        ] {
            #expect(throws: InferenceError.self, "\(slots) slots of \(window)") {
                _ = try ServerJob(model: fake.job.model, slots: slots, windowTokens: window)
            }
        }
    }

    @Test("what is no model file is refused with a hint")
    func models() throws {
        let home = try folder(["empty.gguf", "text.gguf"])
        defer { try? FileManager.default.removeItem(atPath: home) }
        try Data("GGM".utf8).write(to: URL(fileURLWithPath: home + "/text.gguf"))
        for path in [home, home + "/none.gguf", home + "/empty.gguf", home + "/text.gguf", ""] {
            #expect(throws: InferenceError.self, "\(path)") { _ = try ServerJob(model: path, windowTokens: 100) }
        }
    }
}
