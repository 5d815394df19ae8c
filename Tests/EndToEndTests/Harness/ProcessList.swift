import Foundation
import Subprocess

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The processes of this machine.
enum ProcessList {
    /// The processes whose command line contains a text, zombies left out.
    static func running(_ text: String) async throws -> [pid_t] {
        #if os(Linux)
            return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
                guard let process = pid_t(name), process != getpid(),
                    let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"),
                    line.range(of: Data(text.utf8)) != nil
                else { return nil }
                return process
            }
        #else
            let list = try await Subprocess.run(
                .name("ps"), arguments: ["-axww", "-o", "pid=,args="], output: .string(limit: 16 << 20))
            return (list.standardOutput ?? "").split(separator: "\n").filter { $0.contains(text) }
                .compactMap { line in line.split(separator: " ").first.flatMap { pid_t($0) } }
                .filter { $0 != getpid() }
        #endif
    }

    /// Waits until no process has a text in its command line, and returns those that have it still when time is up.
    static func left(_ text: String, within limit: Duration) async throws -> [pid_t] {
        let deadline = ContinuousClock.now + limit
        var left = try await running(text)
        while !left.isEmpty, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
            left = try await running(text)
        }
        return left
    }

    /// The servers of a model, without the shell that watches over each.
    static func servers(of model: String) async throws -> [pid_t] {
        let watchers = Set(try await running("rote-server"))
        return try await running(model).filter { !watchers.contains($0) }
    }
}
