/// A bound statement: its command was recorded at Bind, since planning it may already evaluate parts of it.
struct Portal {
    var statement: PreparedStatement
    var command: UInt32
    var batch: UInt32
}
