internal import AccessModel
internal import ArgumentParser

/// A moment on the command line.
typealias MomentArgument = Moment

extension Moment: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
