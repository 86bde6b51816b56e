import AccessModel
import Approvals
import Foundation
import Testing

@testable import StateDatabase

@Suite("The change sets that are kept")
struct ChangeSetTableTests {
    private let folder: URL
    private var path: String { folder.appending(path: "state.sqlite").path(percentEncoded: false) }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    private func removed(_ body: () async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body()
    }

    private static func desk(_ table: ChangeSetTable) -> ApprovalDesk {
        ApprovalDesk(
            ports: ApprovalPorts(
                now: { Timestamp(seconds: 1_800_000_000) },
                newID: { ULID(at: $0, tailHigh: 0, tailLow: .random(in: .min ... .max)) },
                random: { Array(repeating: 7, count: $0) },
                record: { _ in 0 },
                whenDurable: { $1(true) },
                link: { _ in nil },
                changed: { _ in },
                canonical: { text, _ in [text] },
                store: table
            )
        )
    }

    private static let set = ChangeSet(
        principal: Principal(kind: .workload, issuer: "gitlab", subject: "ä\"\\"),
        identityMembers: "\"principal\":null",
        requesters: ["mallory"],
        role: "nightly",
        target: "orders-db",
        database: "orders",
        commit: nil,
        reason: "because",
        isOrdered: true,
        statements: [ChangeSetStatement(text: "DELETE 1", canonical: "DELETE 1", effects: [], needsApproval: true)],
        policy: "sha256:a",
        within: .seconds(60)
    )

    private static let terms = ApprovalTerms(
        approvers: [.group("dba"), .person("ana@x"), .local],
        quorum: 1,
        within: .seconds(60),
        escalation: .init(after: .seconds(30), to: [.group("leads")]),
        excluded: ["bo@x"]
    )

    @Test("are there again as they were, for the owner alone, when the file is opened anew")
    func again() async throws {
        try await removed {
            let table = try ChangeSetTable(path: path)
            let desk = Self.desk(table)
            let hold = try await desk.request(Self.set, terms: [Self.terms])
            let person = ApprovingPerson(id: "cy", name: "Cy", groups: ["dba"], channel: "cli", aliases: ["c"])
            try await desk.answer(hold.id, by: person, .approve, reason: "fine", digest: hold.digest)
            let kept = try ChangeSetTable(path: path).load()
            #expect(kept.count == 1)
            let snapshot = try #require(kept.first)
            #expect(snapshot.set == Self.set && snapshot.terms == [Self.terms] && snapshot.digest == hold.digest)
            #expect(snapshot.isApproved && snapshot.votes.map(\.person) == [person])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("are gone once they are over")
    func over() async throws {
        try await removed {
            let table = try ChangeSetTable(path: path)
            let desk = Self.desk(table)
            let hold = try await desk.request(Self.set, terms: [Self.terms])
            let person = ApprovingPerson(id: "cy", name: "Cy", groups: ["dba"], channel: "cli")
            try await desk.answer(hold.id, by: person, .deny, reason: nil, digest: hold.digest)
            #expect(try table.load().isEmpty)
        }
    }

    @Test("are never taken from a file that is no database")
    func damaged() async throws {
        try await removed {
            try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: path))
            #expect(throws: StateDatabaseError.self) { try ChangeSetTable(path: path) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 8192)
        }
    }
}
