internal import Foundation

/// Colour, on a terminal only, and not where NO_COLOR is set (no-color.org) or the terminal is a dumb one.
struct TextStyle {
    var isColoured: Bool
    /// Columns of the terminal; nil where it is none, and nothing is cut.
    var columns: Int?

    static func standardOutput() -> TextStyle {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let isPlain = environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        return TextStyle(isColoured: isTerminal && !isPlain, columns: isTerminal ? TextStyle.width(environment) : nil)
    }

    private static func width(_ environment: [String: String]) -> Int? {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment["COLUMNS"].flatMap { Int($0) }
    }

    enum Tone: String {
        case plain = "0"
        case dim = "2"
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    func paint(_ text: String, _ tone: Tone) -> String {
        guard isColoured, tone != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
    }

    func dim(_ text: String) -> String { paint(text, .dim) }
    func bold(_ text: String) -> String { paint(text, .bold) }
}
