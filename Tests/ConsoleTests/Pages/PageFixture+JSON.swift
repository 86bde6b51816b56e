extension PageFixture {
    /// As `/api/v1/approvals/ID` gives it.
    var approval: String {
        """
        {"id":"\(PageFixture.id)","state":"\(state)","digest":"digest","created":"2026-11-23T22:13:47.123456Z","expires":"2026-11-23T22:28:47.123456Z",\
        "ended":null,"missing":2,"approvers":[\(text)],"escalated":true,"answers":[{"person":\(text),"answer":"approve","reason":\(text),"time":"2026-11-23T22:14:47Z"}],\
        "kind":"command","role":\(text),"target":{"name":\(text),"database":\(text),"user":\(text)},"session":"\(PageFixture.id)","search_path":[\(text)],\
        "reason":\(text),"in_transaction":true,"requesters":[\(text)],"obligations":{"rows_changed":1000,"detect":{"card":"redact"}},\
        \(identity),\(command),\
        "may_answer":\(mayAnswer),"may_not_answer_because":\(mayAnswer ? "null" : "\"nobody approves their own request\"")}
        """
    }

    /// As `/api/v1/records/ID` gives it.
    var record: String {
        """
        {"id":"\(PageFixture.id)","index":7,"time":"2026-11-23T22:13:47.123456Z","session":"\(PageFixture.id)","kind":"command",\(identity),"role":\(text),"owner":\(text),\
        "source":{"address":\(text),"port":5,"client":\(text)},"target":{"name":\(text),"type":"postgres","database":\(text),"user":\(text)},\
        \(command),"approval":{"id":"\(PageFixture.id)","state":"approved","digest":"d","approvers":[\(text)]},"masked":[\(text)],"reason":\(text),\
        "outcome":{"status":"error","rows":null,"error":\(text),"duration_us":812,"detected":[{"kind":\(text),"response":"redact","count":1}]}}
        """
    }

    var session: String {
        """
        {"id":"\(PageFixture.id)","state":"live","principal":{"kind":"workload","issuer":\(text),"subject":\(text)},"roles":[\(text)],\
        "target":{"name":\(text),"database":\(text)},"source":{"address":\(text),"port":1,"client":\(text)},"opened":"2026-11-23T22:13:47.123456Z",\
        "ended":null,"commands":7,"denied":1,"end_reason":\(text)}
        """
    }

    /// The members of a role in a list.
    var role: String {
        """
        "name":"nightly","description":\(text),"owner":{"id":\(text),"name":\(text),"status":"left"},"state":"stopped","expires":"2027-07-01T00:00:00Z","last_day":"2027-06-30",\
        "targets":[\(text)],"bindings":1,"grants":2,"last_use":null,"live":3,"warnings":[\(text)]
        """
    }

    /// What one role has besides.
    static func grants(_ text: String) -> String {
        """
        "bind":[{"issuer":\(text),"claims":[{"claim":\(text),"is":"glob","values":[\(text)]}]}],"session":{"max_duration_s":1800,"idle_s":300,\
        "when":\(text),"sources":[\(text)],"require":[\(text)],"justification":\(text)},"literals":"redacted","allowed":[{"target":\(text),\
        "rules":[{"verdict":"allow","action":"select","object":\(text),"path":\(text)}],"masks":[{"column":\(text),"method":\(text)}],\
        "approval":{"approvers":[\(text)],"quorum":1,"within_s":900},"limits":{"rows_changed":1000},"when":\(text)}],"sessions":[]
        """
    }

    static func opened(_ text: String) -> String {
        """
        {"id":"\(id)","index":6,"time":"2026-11-23T22:13:46.123456Z","session":"\(id)","kind":"session.opened","principal":{"kind":"workload","issuer":\(text),"subject":\(text)},\
        "roles":[{"name":\(text),"owner":\(text)}],"provenance":{"run":\(text),"commit":\(text),"run_url":\(text)},"source":{"address":\(text),"client":\(text)},\
        "target":{"name":\(text),"user":\(text)},"reason":\(text)}
        """
    }

    private var identity: String {
        """
        "principal":{"kind":"workload","issuer":\(text),"subject":\(text)},"roles":[{"name":\(text),"owner":\(text)}],\
        "provenance":{"pipeline":\(text),"run":\(text),"repository":"https://git.example/finance","run_url":\(text),"triggered_by":\(text)}
        """
    }

    private var command: String {
        """
        "command":{"text":\(text),"sha256":"s","parameters":[\(text),null,"",{"type":\(text)}],"effects":[{"action":\(text),"object":\(text),"columns":[\(text)]}]},\
        "decision":{"outcome":"hold","role":\(text),"grant":\(text),"policy":\(text),"reason":\(text)}
        """
    }
}
