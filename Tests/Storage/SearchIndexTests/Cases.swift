import AccessModel
import AuditLog
import SearchIndex

/// The tables of the index's tests.
enum Cases {
    typealias Fate = (what: String, fate: @Sendable (IndexedLedger) throws -> Void, outcome: String)
    typealias Filter = (name: String, query: @Sendable (inout AuditQuery) -> Void, found: [UInt64])

    static let session = ULID(high: 7, low: 1)
    static let other = ULID(high: 7, low: 2)

    /// What happens after a command without an outcome, and how its outcome reads then.
    static let fates: [Fate] = [
        ("nothing", { _ in }, "\"outcome\":null}"),
        (
            "its session closes", { try $0.note(.sessionClosed, session, "\"close\":{\"reason\":\"r\"}") },
            "\"outcome\":{\"status\":\"unknown\",\"rows\":null,\"error\":null,\"duration_us\":null}}"
        ),
        (
            "another session closes", { try $0.note(.sessionClosed, other, "\"close\":{\"reason\":\"r\"}") },
            "\"outcome\":null}"
        ),
        (
            "a gateway starts", { try $0.note(.gatewayStarted, nil, "\"gateway\":{}") },
            "\"outcome\":{\"status\":\"unknown\",\"rows\":null,\"error\":null,\"duration_us\":null}}"
        ),
        (
            "a gateway stops", { try $0.note(.gatewayStopped, nil, "\"gateway\":{\"reason\":\"r\"}") },
            "\"outcome\":{\"status\":\"unknown\",\"rows\":null,\"error\":null,\"duration_us\":null}}"
        ),
    ]

    /// One query for each filter: what it finds of the records that `filters` makes.
    static let filters: [Filter] = [
        ("nothing", { _ in }, [0, 1, 2, 3, 4, 5]),
        ("principal", { $0.principal = "two" }, [1, 4, 5]),
        ("commit", { $0.commit = "beef" }, [1, 4, 5]),
        ("commit of too few digits", { $0.commit = "bee" }, []),
        ("run", { $0.run = "1" }, [0, 2, 3]),
        ("pipeline", { $0.pipeline = "p/2" }, [1, 4, 5]),
        ("repository of none", { $0.repository = "finance/y" }, []),
        ("triggered by", { $0.triggeredBy = "ana" }, [0, 1, 2, 3, 4, 5]),
        ("target", { $0.target = "orders-db" }, [0, 1, 2, 3, 4, 5]),
        ("session", { $0.session = other }, [1, 4, 5]),
        (
            "role that decided",
            {
                $0.role = "spare"
                $0.kinds = [.command]
            }, [5]
        ),
        (
            "owner of the role that decided",
            {
                $0.owner = "bo@example.com"
                $0.kinds = [.command]
            }, [5]
        ),
        ("object", { $0.object = "public.orders" }, [2, 4]),
        ("an object of any schema", { $0.object = "orders" }, [2, 4]),
        ("a part of a name is no name", { $0.object = "rders" }, []),
        ("objects of a schema", { $0.object = "public.*" }, [2, 3, 4]),
        ("an underscore is itself", { $0.object = "public_*" }, []),
        ("upper and lower case differ in a pattern", { $0.object = "PUBLIC.*" }, []),
        ("a question mark is itself", { $0.object = "public.order?*" }, []),
        ("a bracket is itself", { $0.object = "public.[o]*" }, []),
        ("action", { $0.action = .delete }, [3, 5]),
        (
            "action on that object",
            {
                $0.action = .delete
                $0.object = "public.orders"
            }, []
        ),
        ("decision", { $0.decision = .deny }, [3]),
        ("words", { $0.text = "orders status" }, [2]),
        ("a word that is an operator elsewhere", { $0.text = "OR" }, []),
        ("marks that are operators elsewhere", { $0.text = "orders\" OR \"x" }, []),
        ("kinds", { $0.kinds = [.sessionOpened] }, [0, 1]),
        ("since", { $0.since = Timestamp(seconds: 1_795_000_010) }, [3, 4, 5]),
        ("since the far future", { $0.since = Timestamp(seconds: 1_895_000_000) }, []),
        ("until long ago", { $0.until = Timestamp(seconds: 1_695_000_000) }, []),
        ("since long ago", { $0.since = Timestamp(seconds: 1_695_000_000) }, [0, 1, 2, 3, 4, 5]),
        (
            "between",
            {
                $0.since = Timestamp(seconds: 1_795_000_000)
                $0.until = Timestamp(seconds: 1_795_000_010)
            }, [0, 1, 2]
        ),
        ("until", { $0.until = Timestamp(seconds: 1_795_000_010) }, [0, 1, 2]),
        (
            "two filters",
            {
                $0.commit = "beef"
                $0.action = .select
            }, [4]
        ),
    ]
}
