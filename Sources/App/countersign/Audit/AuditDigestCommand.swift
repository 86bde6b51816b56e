internal import ArgumentParser
internal import Foundation
internal import Masking

/// `countersign audit digest`
struct AuditDigestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Hash a text as the records of redacted texts do, to find out whether one stands for it.",
        discussion: """
            Reads the text from standard input, byte for byte but for one line feed at its end. The answer is what the \
            records of that exact text have as `hmac_sha256`. For parameters give their JSON, `["done","42"]`: \
            it is `parameters_hmac_sha256`. Needs the key in DATA/keys/text.key.

            Example:  printf '%s' "SELECT id FROM t WHERE name = 'Ana'" | countersign audit digest
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let key = try KeyFile.existing("text.key", data: try data.directory().path)
        var text = FileHandle.standardInput.readDataToEndOfFile()
        if text.last == 0x0A { text.removeLast() }
        guard let digest = ExactTextDigest(key: key) else { throw Failure("text.key is too short") }
        let digits = String(decoding: text.withUnsafeBytes { digest.hexDigits(of: $0) }, as: UTF8.self)
        let printer = output.printer()
        if printer.json {
            try printer.object(Array("{\"hmac_sha256\":\"\(digits)\"}".utf8))
        } else {
            try printer.line(digits)
        }
        try printer.flush()
    }
}
