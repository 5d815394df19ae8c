import Foundation

/// A program that can serve a model file.
public enum ServerProgram: Hashable, Sendable {
    /// The `llama-server` executable of llama.cpp.
    case llamaServer(path: String)
    /// The Python package `xllamacpp`, which carries the llama.cpp server.
    case xllamacpp(python: String)

    /// Finds a server program.
    ///
    /// Looks at, in this order: the given path, the environment variable `ROTE_LLAMA_SERVER`, `llama-server` on the
    /// search path, and a virtual environment `.venv` that holds the Python package `xllamacpp`, in the working
    /// directory or in a directory above the running executable.
    ///
    /// - Parameters:
    ///   - path: A path given by the user, or `nil`.
    ///   - environment: The process environment.
    ///   - executable: Path of the running executable.
    ///   - workingDirectory: The current directory.
    /// - Throws: ``InferenceError/notStarted(detail:hint:)`` when none is found, with what to install.
    public static func find(
        given path: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String = Bundle.main.executablePath ?? CommandLine.arguments.first ?? "",
        workingDirectory: String = FileManager.default.currentDirectoryPath
    ) throws(InferenceError) -> ServerProgram {
        if let path { return try named(path, by: "--server-binary") }
        if let path = environment["ROTE_LLAMA_SERVER"], !path.isEmpty {
            return try named(path, by: "ROTE_LLAMA_SERVER")
        }
        for directory in (environment["PATH"] ?? "").split(separator: ":") {
            let candidate = "\(directory)/llama-server"
            if isProgram(candidate) { return .llamaServer(path: candidate) }
        }
        for directory in [workingDirectory] + ancestors(of: executable) {
            let environment = "\(directory)/.venv"
            if hasXllamacpp(environment) { return .xllamacpp(python: "\(environment)/bin/python") }
        }
        throw .notStarted(
            detail: "no llama.cpp server was found to run the model with",
            hint: "install llama.cpp so that `llama-server` is on your PATH, or run "
                + "`python3 -m venv .venv && .venv/bin/pip install xllamacpp` here, or give --server-binary PATH")
    }

    private static func named(_ path: String, by origin: String) throws(InferenceError) -> ServerProgram {
        guard isProgram(path) else {
            throw .notStarted(
                detail: "\(origin) names \(path), which is not an executable file",
                hint: "give the path of llama.cpp's llama-server, or of a Python that has xllamacpp installed")
        }
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix("python") ? .xllamacpp(python: path) : .llamaServer(path: path)
    }

    private static func isProgram(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    private static func ancestors(of executable: String) -> [String] {
        var directories: [String] = []
        var url = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
        while url.path != "/" {
            directories.append(url.path)
            url = url.deletingLastPathComponent()
        }
        return directories
    }

    private static func hasXllamacpp(_ environment: String) -> Bool {
        guard isProgram("\(environment)/bin/python"),
            let versions = try? FileManager.default.contentsOfDirectory(atPath: "\(environment)/lib")
        else { return false }
        return versions.contains {
            FileManager.default.fileExists(atPath: "\(environment)/lib/\($0)/site-packages/xllamacpp")
        }
    }

    /// The command line that serves a model.
    func arguments(for job: ServerJob, port: Int) -> [String] {
        let context = job.slots * job.contextTokensPerSlot
        switch self {
        case .llamaServer(let path):
            var arguments = [
                path, "--model", job.model, "--host", "127.0.0.1", "--port", "\(port)", "--parallel", "\(job.slots)",
                "--ctx-size", "\(context)",
            ]
            if let threads = job.threads { arguments += ["--threads", "\(threads)"] }
            return arguments
        case .xllamacpp(let python):
            return [
                python, "-c", Self.xllamacppScript, job.model, "\(port)", "\(job.slots)", "\(context)",
                "\(job.threads ?? 0)",
            ]
        }
    }

    /// Starts the server of the Python package; it serves from its own threads until the process is ended.
    private static let xllamacppScript = """
        import sys, threading, xllamacpp
        model, port, slots, context, threads = sys.argv[1], *map(int, sys.argv[2:])
        parameters = xllamacpp.CommonParams()
        parameters.model.path = model
        if hasattr(parameters, "hostnames"):
            parameters.hostnames = ["127.0.0.1"]
        else:
            parameters.hostname = "127.0.0.1"
        parameters.port = port
        parameters.n_parallel = slots
        parameters.n_ctx = context
        if threads:
            parameters.cpuparams.n_threads = threads
        if hasattr(parameters, "cache_ram_mib"):
            parameters.cache_ram_mib = 0
        # Several lines per request would fill a disk; where 3 is the default, 1 is errors alone.
        if getattr(parameters, "verbosity", 0) == 3:
            parameters.verbosity = 1
        server = xllamacpp.Server(parameters)
        threading.Event().wait()
        """
}
