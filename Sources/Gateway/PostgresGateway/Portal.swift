/// A bound statement: its command was recorded at Bind, since planning it may already evaluate parts of it.
final class Portal {
    let statement: PreparedStatement
    let command: UInt32
    let batch: UInt32

    init(statement: PreparedStatement, command: UInt32, batch: UInt32) {
        self.statement = statement
        self.command = command
        self.batch = batch
    }
}
