import AuditLog
import Foundation
import Testing

@testable import AuditExport

@Suite("The cursor's file")
struct CursorFileTests {
    private func state() throws -> StreamState {
        let sample = try SampleLedger()
        try sample.open(1)
        try sample.command(1)
        var stream = EventStream(sample.reader, at: StreamState())
        while try stream.next(below: sample.end) != nil {}
        return stream.state
    }

    private func withFile(_ body: (CursorFile) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString + ".cursor"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(CursorFile(path: path))
    }

    @Test("What is written is read again, by its owner alone; where nothing was, nothing is")
    func keeps() throws {
        let state = try state()
        try withFile { file in
            #expect(try file.read() == nil)
            try file.write(state)
            try file.write(state)
            #expect(try file.read() == state)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("A file of which any one byte is changed, or that is cut anywhere, is refused")
    func refusesDamage() throws {
        let text = Array(try state().encoded.utf8)
        #expect(StreamState(encoded: String(decoding: text, as: UTF8.self)) != nil)
        for place in text.indices {
            var changed = text
            changed[place] ^= 1
            #expect(StreamState(encoded: String(decoding: changed, as: UTF8.self)) == nil, "byte \(place)")
            #expect(StreamState(encoded: String(decoding: text[..<place], as: UTF8.self)) == nil, "cut at \(place)")
        }
    }

    @Test("Where the new one cannot be written, the error says so and the old one stands")
    func standsOnFailure() throws {
        let missing = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)/x.cursor"
        let fault = CursorFault(path: missing, code: .unwritable(ENOENT))
        let state = try state()
        #expect(throws: fault) { try CursorFile(path: missing).write(state) }
    }
}
