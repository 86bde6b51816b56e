internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A connection that is counted, and watched by the clock, before anything of it is read.
struct BoundedChannel<Base: ServerChildChannel>: ServerChildChannel {
    typealias Value = Base.Value

    private struct NoRoom: Error {}

    let base: Base
    let table: ConnectionTable

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let door = ConnectionDoor(table)
            try channel.pipeline.syncOperations.addHandler(door)
            guard door.place == nil else { return }
            door.shut()
            throw NoRoom()
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
