/// What kind of file an asset is: the end of its name, and what browsers are told that it is.
enum AssetKind: String, Sendable {
    case style = "css"
    case module = "js"
    case image = "svg"

    var mediaType: String {
        switch self {
        case .style: "text/css; charset=utf-8"
        case .module: "text/javascript; charset=utf-8"
        case .image: "image/svg+xml"
        }
    }
}
