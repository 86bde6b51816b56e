/// A bound statement: its command was recorded at Bind, since planning it may already evaluate parts of it.
final class Portal {
    let statement: PreparedStatement
    let command: UInt32
    let batch: UInt32
    /// Where it was held: what was approved, and the parameters that it was approved with.
    let approved: [UInt8]?
    let parameters: [UInt8]

    init(
        statement: PreparedStatement,
        command: UInt32,
        batch: UInt32,
        approved: [UInt8]? = nil,
        parameters: [UInt8] = []
    ) {
        self.statement = statement
        self.command = command
        self.batch = batch
        self.approved = approved
        self.parameters = approved == nil ? [] : parameters
    }

    func isApproved(as canonical: [UInt8]) -> Bool { approved == canonical }
}
