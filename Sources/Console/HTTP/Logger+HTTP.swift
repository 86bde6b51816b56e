internal import Logging

extension Logger {
    /// For the HTTP server: what it tells of its own life is for whoever looks closer than an operator does.
    var forHTTP: Logger {
        guard logLevel >= .info else { return self }
        var logger = self
        logger.logLevel = max(logLevel, .warning)
        return logger
    }
}
