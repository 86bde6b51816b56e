internal import Foundation

/// The person's browser: what `BROWSER` names, or what the desktop opens addresses with.
enum WebBrowser {
    /// Asks for a page, and waits for nothing. Where nothing can be started the person opens the page themselves.
    static func open(_ url: String) {
        let environment = ProcessInfo.processInfo.environment
        let named = environment["BROWSER"].flatMap { $0.isEmpty ? nil : $0 }
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        let paths = [named, "xdg-open", "open"].compactMap(\.self).flatMap { program in
            program.contains("/") ? [program] : folders.map { "\($0)/\(program)" }
        }
        guard let program = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [url]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
