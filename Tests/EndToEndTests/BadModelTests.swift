import Foundation
import Testing

/// Model files and server programs that do not do.
@Suite struct BadModelTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func audit(model: String, _ options: String...) throws -> [String] {
        try scratch.demoAudit(documents: 4, model: model, "--quiet").arguments() + options
    }

    @Test func aMissingModel() async throws {
        let path = scratch("nothing.gguf")
        expectError(try await rote(audit(model: path)), 2, naming: "no model file at \(path)", "--model")
    }

    @Test func aModelThatIsNotGGUF() async throws {
        let path = try scratch.write("pickle", to: "model.gguf")
        expectError(try await rote(audit(model: path)), 2, naming: "\(path) is not a GGUF model file", "convert")
    }

    @Test func noServerProgram() async throws {
        // Far from the package, so that its .venv is not found from where the binary lies.
        let copy = scratch("rote")
        try FileManager.default.copyItem(atPath: Places.rote, toPath: copy)
        var command = RoteCommand(program: copy)
        command.findsServer = false
        command.workingDirectory = scratch.path
        let ending = try await command.run(audit(model: DemoCorpus.planted))
        expectError(
            ending, 2, naming: "no llama.cpp server was found", "llama-server", "pip install xllamacpp",
            "--server-binary")
    }

    @Test func aServerProgramThatIsNone() async throws {
        let path = scratch("no-such-program")
        let flag = try await rote(audit(model: DemoCorpus.planted, "--server-binary", path))
        expectError(flag, 2, naming: "--server-binary names \(path)")
        var command = RoteCommand()
        command.variables = ["ROTE_LLAMA_SERVER": path]
        let variable = try await command.run(audit(model: DemoCorpus.planted))
        expectError(variable, 2, naming: "ROTE_LLAMA_SERVER names \(path)")
    }

    @Test func aServerThatEndsAtOnce() async throws {
        let program = try scratch.write("#!/bin/sh\necho 'cannot allocate memory'\nexit 7\n", to: "llama-server")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let ending = try await rote(audit(model: DemoCorpus.planted, "--server-binary", program))
        expectError(ending, 2, naming: "server not started", "cannot allocate memory", "server.log")
    }
}

extension WithRealServer {
    /// A model that begins as one should and then does not go on.
    @Suite struct TruncatedModelTests {
        @Test func aTruncatedModel() async throws {
            let scratch = try Scratch()
            let path = try scratch.write(Array(bytes(of: DemoCorpus.planted).prefix(100_000)), to: "cut.gguf")
            let command = try scratch.demoAudit(documents: 4, model: path, "--quiet")
            expectError(try await rote(command.arguments()), 2, naming: "server not started", "server.log")
            #expect(try await ProcessList.left(path, within: .seconds(20)).isEmpty)
        }
    }
}
