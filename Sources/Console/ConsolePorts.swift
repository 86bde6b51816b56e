/// What the console asks of the gateway; the composition root fills it.
package struct ConsolePorts: Sendable {
    /// Asked for each `/readyz`: must answer soon, and say no rather than throw.
    package var readiness: @Sendable () async -> Readiness
    /// Asked for each `/metrics`.
    package var metrics: @Sendable () async -> [MetricFamily]
    package var metricsAccess = MetricsAccess.everyone
    package var people: PeoplePorts
    package var board: BoardPorts
    package var changeSets: ChangeSetPorts
    package var data: DataPorts
    /// The log under `/ledger/`; nil where nothing of it is shown.
    package var ledger: LedgerPorts?
    /// The witness under `/witness/`; nil where no log is witnessed.
    package var witness: WitnessEndpoint?

    package init(
        readiness: @escaping @Sendable () async -> Readiness,
        metrics: @escaping @Sendable () async -> [MetricFamily],
        people: PeoplePorts = .none,
        board: BoardPorts = .none,
        changeSets: ChangeSetPorts = .none,
        data: DataPorts = .none,
        ledger: LedgerPorts? = nil,
        witness: WitnessEndpoint? = nil
    ) {
        self.readiness = readiness
        self.metrics = metrics
        self.people = people
        self.board = board
        self.changeSets = changeSets
        self.data = data
        self.ledger = ledger
        self.witness = witness
    }

    /// Not ready, and nothing to measure: what a console says that was given nothing.
    package static let notConnected = ConsolePorts(
        readiness: { Readiness([.init("gateway", failing: "not connected")]) },
        metrics: { [] }
    )
}
