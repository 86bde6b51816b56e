import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

@testable import Console

/// A console whose every field that somebody else wrote holds `text`, a JSON string.
struct PageFixture {
    var text = HostileText.json
    var isFresh = true
    var state = "waiting"
    var mayAnswer = true
    var refusal: ReadRefusal?

    static let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    static let url = "https://console.example"
    static let token = "form-token"

    /// Sessions by what their person may do.
    static let persons: [String: Set<Capability>] = [
        "nobody": [], "approver": [.approver], "auditor": [.auditor], "administrator": [.administrator],
        "everything": [.approver, .auditor, .administrator],
    ]

    var routes: ConsoleRoutes {
        ConsoleRoutes(ports: ports)
    }

    var console: some ApplicationProtocol {
        Application(router: routes.router)
    }

    var ports: ConsolePorts {
        var ports = ConsolePorts(
            readiness: { Readiness([.init("ledger")]) },
            metrics: { [] },
            people: people,
            board: board
        )
        ports.data = DataPorts(audit: audit, sessions: sessions, roles: roles, status: status, explain: explain)
        return ports
    }

    static func headers(_ person: String, isForm: Bool = false) -> HTTPFields {
        var headers: HTTPFields = [.cookie: "__Host-countersign=\(person)", .accept: "text/html,application/xhtml+xml"]
        if isForm { headers[.contentType] = "application/x-www-form-urlencoded" }
        return headers
    }

    private var people: PeoplePorts {
        let (isFresh, name) = (isFresh, PageJSON(Array("{\"name\":\(text)}".utf8))["name"].string ?? "")
        return PeoplePorts(
            url: PageFixture.url,
            begin: { _, _ in (url: "https://id.example/authorize", browser: "browser") },
            finish: { _, _, _, _ throws(PeoplePorts.Refusal) in throw .init("the provider said <b>no</b>") },
            person: { session in
                PageFixture.persons[session].map { capabilities in
                    SignedInPerson(
                        id: "ana@example.com",
                        name: name,
                        groups: [],
                        capabilities: capabilities,
                        aliases: [],
                        authenticated: Timestamp(seconds: 1_700_000_000),
                        isFresh: isFresh,
                        formToken: PageFixture.token,
                        channel: "console"
                    )
                }
            },
            signOut: { _ in }
        )
    }

    private var board: BoardPorts {
        let json = PageFixture.bytes(approval)
        return BoardPorts(
            list: { _ in [json] },
            find: { id, _ in id.description == PageFixture.id ? json : nil },
            answer: { id, _, answer in
                guard id.description == PageFixture.id else { return .unknown }
                return answer.digest == "digest"
                    ? .taken(json) : .refused("what waits is not what was shown: look at it again")
            },
            changes: { AsyncStream { $0.finish() } }
        )
    }

    private var audit: AuditPorts {
        let (refusal, record, text) = (refusal, record, text)
        return AuditPorts(
            now: { Timestamp(seconds: 1_700_000_000) },
            search: { _, _, _ throws(ReadRefusal) in
                if let refusal { throw refusal }
                return PageFixture.bytes(
                    "{\"records\":[\(record),\(PageFixture.opened(text))],\"next\":\"r0000000000000001\",\"complete\":true,\"reached\":null,\"behind\":3}"
                )
            },
            record: { id throws(ReadRefusal) in
                id.description == PageFixture.id ? PageFixture.bytes(record) : nil
            },
            facets: { _ throws(ReadRefusal) in
                PageFixture.bytes(
                    "{\"counted\":10000,\"complete\":false,\"since\":null,\"facets\":{\"role\":[{\"value\":\(text),\"count\":9000},{\"value\":\"b\",\"count\":1}]}}"
                )
            },
            proof: { id throws(ReadRefusal) in
                if let refusal { throw refusal }
                guard id.description == PageFixture.id else { return nil }
                return PageFixture.bytes(
                    "{\"id\":\"\(PageFixture.id)\",\"index\":7,\"size\":8,\"entry\":\"e30=\",\"leaf\":\"AA==\",\"hashes\":[],\"root\":\"AA==\",\"checkpoint\":\(text),\"key\":\(text),\"tlog_proof\":\"\"}"
                )
            },
            bundle: { id, _ throws(ReadRefusal) in
                id.description == PageFixture.id ? .init(name: "a.countersign", bytes: []) : nil
            },
            evidence: { _, _, _ throws(ReadRefusal) in .init(name: "a.countersign", bytes: []) }
        )
    }

    private var sessions: SessionPorts {
        let (session, record, text) = (session, record, text)
        return SessionPorts(
            list: { filter, _ throws(ReadRefusal) in
                let next = filter.state == .live ? "l\(PageFixture.id)" : "s0000000000000001"
                return PageFixture.bytes("{\"sessions\":[\(session)],\"next\":\"\(next)\",\"live\":1}")
            },
            find: { id, _ throws(ReadRefusal) in
                guard id.description == PageFixture.id else { return nil }
                return PageFixture.bytes(
                    "{\"session\":\(session),\"records\":[\(PageFixture.opened(text)),\(record)],\"next\":\"r0000000000000001\",\"behind\":1}"
                )
            },
            kill: { id, _, _ in id.description == PageFixture.id ? .ended : .unknown }
        )
    }

    private var roles: RolePorts {
        let (role, text) = (role, text)
        return RolePorts(
            list: { () throws(ReadRefusal) in PageFixture.bytes("{\"policy\":\(text),\"roles\":[{\(role)}]}") },
            find: { name throws(ReadRefusal) in
                guard name == "nightly" else { return nil }
                return PageFixture.bytes("{\(role),\(PageFixture.grants(text))}")
            },
            principals: { _ throws(ReadRefusal) in
                PageFixture.bytes(
                    "{\"principals\":[{\"kind\":\"workload\",\"issuer\":\(text),\"subject\":\(text),\"last_session\":\"\(PageFixture.id)\",\"last_seen\":\"2026-11-23T22:13:47.123456Z\",\"roles\":[\(text)],\"live\":1}],\"next\":null}"
                )
            }
        )
    }

    private var status: StatusPorts {
        let text = text
        return StatusPorts {
            PageFixture.bytes(
                """
                {"version":\(text),"origin":\(text),"policy":\(text),"started":"2026-11-23T22:13:47.123456Z","now":"2026-11-23T22:13:47.123456Z",\
                "sessions":{"live":12,"opened":340,"refused":2},"commands":{"minute":41,"hour":2210,"total":51234},\
                "denied":{"minute":0,"hour":3,"total":17},"held":{"minute":0,"hour":1,"total":4,"waiting":1},\
                "series":{"step_s":60,"end":"2026-11-23T22:13:00Z","commands":[1,20,41],"denied":[0,1,9223372036854775807],"held":[0,0,1]},\
                "ledger":{"state":"accepting","records":51236,"durable":51236,"checkpoint":{"records":51200,"time":null,"age_s":4}},\
                "witnesses":{"configured":[\(text),"b"],"witnessed":51200,"waiting_s":0,"changes_refused":true,"failing":[{"name":\(text),"reason":\(text)}]},\
                "exports":[{"name":\(text),"format":\(text),"connected":false,"lag_records":7,"lag_s":3,"last_error":\(text)}],\
                "readiness":{"status":"not ready","reasons":[{"part":\(text),"reason":\(text)}],"warnings":[{"part":\(text),"reason":\(text)}]}}
                """
            )
        }
    }

    private var explain: ExplainPorts {
        let text = text
        return ExplainPorts { _ throws(ReadRefusal) in
            PageFixture.bytes(
                """
                {"outcome":"deny","reason":\(text),"grant":\(text),"hint":\(text),"role":\(text),"policy":\(text),"obligations":{"rows_changed":10},\
                "masks":[{"column":\(text),"method":\(text)}],"roles":[\(text)],"effects":[{"effect":{"action":\(text),"object":\(text),"columns":[\(text)]},\
                "outcome":"deny","role":\(text),"grant":null,"reason":\(text),"wanted":\(text)}]}
                """
            )
        }
    }

    static func bytes(_ text: String) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw(text.utf8)
        return json
    }
}
