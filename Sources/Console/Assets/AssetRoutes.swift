internal import HTTPTypes
internal import Hummingbird

/// `/assets/NAME.DIGEST.EXT`, for anybody: the page that asks to log in needs them, too.
struct AssetRoutes {
    private static let byFile = Dictionary(uniqueKeysWithValues: Asset.all.map { (String($0.path.dropFirst(8)), $0) })

    func add(to router: Router<ConsoleContext>) {
        router.get("assets/:file") { _, context in
            guard let asset = context.parameters.get("file").flatMap({ AssetRoutes.byFile[$0] }) else {
                throw Problem(.notFound, "no asset has this name")
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: asset.kind.mediaType,
                    .cacheControl: "public, max-age=31536000, immutable",
                ],
                body: ResponseBody(byteBuffer: asset.body)
            )
        }
    }
}
