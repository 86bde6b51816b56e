import AccessModel

@testable import Notifications

/// Records of approvals as the ledger has them.
enum Sample {
    static let id = "01JD4Y9Q3K8TZ6V5W2X1R0P7NM"

    static let requested = """
        {"id":"01JD4Y9Q3K8TZ6V5W2X1R0P7NN","index":7,"time":"2026-11-23T22:13:47.123456Z","session":null,\
        "kind":"approval.requested","approval":{"id":"\(id)","digest":"d","state":"waiting",\
        "expires":"2026-11-23T22:28:47.123456Z","terms":[{"approvers":["group:dba","ana@example.com"],"quorum":1}]},\
        "role":"nightly","target":{"name":"orders-db","database":"orders","user":"u"},\
        "principal":{"kind":"workload","issuer":"ci","subject":"p:<!channel> *x*\\r\\nBcc: all@example.com"},\
        "provenance":{"repository":"finance/reconcile","commit":"69a2","triggered_by":"bo"},\
        "command":{"text":"DELETE FROM public.orders WHERE secret = 'hunter2'",\
        "effects":[{"action":"delete","object":"public.orders"},{"action":"delete","object":"public.orders","columns":["id"]}]}}
        """

    static let decided = """
        {"id":"01JD4Y9Q3K8TZ6V5W2X1R0P7NP","index":8,"time":"2026-11-23T22:14:47.123456Z","session":null,\
        "kind":"approval.decided","approval":{"id":"\(id)","digest":"d","state":"approved","kind":"change_set",\
        "answer":"approve","approvers":["group:dba"]},"role":"nightly","target":{"name":"orders-db","database":"orders"},\
        "principal":{"kind":"person","issuer":"people","subject":"ana@example.com"}}
        """

    static func notice(_ record: String = requested) -> ApprovalNotice? {
        JSONMembers(Array(record.utf8)).flatMap {
            ApprovalNotice($0, link: { "https://c.example.com/approvals/\($0)" })
        }
    }
}
