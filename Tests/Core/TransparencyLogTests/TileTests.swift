import Testing
import TransparencyLog

@Suite("Tiles and bundles")
struct TileTests {
    @Test(
        "A path has one text, and is read from it",
        arguments: [
            ("tile/0/x001/x234/067", TilePath(.hashes(level: 0), index: 1_234_067)),
            ("tile/0/000", TilePath(.hashes(level: 0), index: 0)),
            ("tile/2/000.p/1", TilePath(.hashes(level: 2), index: 0, width: 1)),
            ("tile/63/999.p/255", TilePath(.hashes(level: 63), index: 999, width: 255)),
            ("tile/entries/x001/000.p/9", TilePath(.entries, index: 1000, width: 9)),
            (
                "tile/0/x036/x028/x797/x018/x963/967",
                TilePath(.hashes(level: 0), index: UInt64(Int64.max) / 256)
            ),
        ]
    )
    func paths(text: String, path: TilePath?) throws {
        let path = try #require(path)
        #expect(path.text == text)
        #expect(TilePath(text) == path)
    }

    @Test(
        "What is no path is refused",
        arguments: [
            "", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/00/000", "tile/64/000",
            "tile/-1/000", "tile/+1/000", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/0/001/002",
            "tile/0/x001", "tile/0/x001/x002", "tile/0/1.p/1", "tile/0/001.p/0", "tile/0/001.p/256", "tile/0/001.p/01",
            "tile/0/001.p/", "tile/0/001.p", "tile/0/001.p/1/", "tile/0/001/.p/1", "tile/0/../000", "tile/0/..",
            "tile/../tile/0/000", "tile//0/000", "tile/0//000", "Tile/0/000", "tile/Entries/000", "tile/entries",
            "tile/0/00a", "tile/0/٠٠٠", "tile/0/000\u{0}", "tile/0/000\n", "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/0/x036/x028/x797/x018/x963/968", "tile/0/x001/002.p/3.p/4", "checkpoint",
            "tile/0/" + String(repeating: "x001/", count: 1000) + "000",
        ]
    )
    func refusesPaths(text: String) {
        #expect(TilePath(text) == nil)
    }

    @Test("A tree of 70,000 entries has the tiles that the specification counts")
    func counts() {
        let paths = TilePath.changed(from: 0, to: 70_000)
        func full(_ kind: TilePath.Kind) -> Int { paths.count { $0.kind == kind && !$0.isPartial } }
        #expect(full(.hashes(level: 0)) == 273)
        #expect(full(.hashes(level: 1)) == 1)
        #expect(full(.entries) == 273)
        #expect(
            TilePath.partials(size: 70_000).map(\.text) == [
                "tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
            ]
        )
        #expect(paths.count == 273 * 2 + 1 + 4)
        #expect(TilePath.partials(size: 65_536).map(\.text) == ["tile/2/000.p/1"])
        #expect(TilePath.changed(from: 256, to: 257).map(\.text) == ["tile/entries/001.p/1", "tile/0/001.p/1"])
        #expect(
            TilePath.changed(from: 255, to: 256).map(\.text) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
        )
        #expect(TilePath.changed(from: 9, to: 9) == [])
    }

    @Test("The tiles that an edge writes are the ones that the tree of that size has")
    func edgeWritesThem() throws {
        let log = try MemoryLog.of(70_000)
        #expect(Set(log.files.keys) == Set(TilePath.changed(from: 0, to: 70_000).map(\.text)))
        var tree = log.tree()
        #expect(try tree.root() == log.edge.root)
        for index in [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] as [UInt64] {
            let entry = Array("entry \(index)".utf8)
            #expect(try tree.entry(at: index) == entry)
            #expect(try tree.leafHash(at: index) == .leaf(entry))
            try tree.inclusionProof(of: index).verify(leaf: .leaf(entry), root: log.edge.root)
        }
        #expect(throws: TileError.outside(index: 70_000, size: 70_000)) { try tree.entry(at: 70_000) }
    }

    @Test(
        "An edge that is restored from its tiles goes on as if it had never stopped",
        arguments: [
            0, 1, 255, 256, 257, 511, 512, 1000, 65_536,
        ]
    )
    func restores(size: Int) throws {
        var log = try MemoryLog.of(size)
        var tree = log.tree()
        var edge = try TileEdge(restoring: &tree, root: log.edge.root)
        #expect(edge.partials.map(\.path) == log.edge.partials.map(\.path))
        for number in size..<size + 600 {
            let entry = Array("entry \(number)".utf8)
            try log.append(entry)
            edge.append(.leaf(entry)) { path, tile in #expect(log.files[path.text] == tile.bytes) }
            #expect(edge.root == log.edge.root)
        }
        #expect(edge.partials.map(\.tile) == log.edge.partials.map(\.tile))
        var wrong = log.tree(UInt64(size))
        log.publish()
        #expect(throws: (any Error).self) { try TileEdge(restoring: &wrong, root: .node(.emptyRoot, .emptyRoot)) }
    }

    @Test("A tree whose tile is missing, cut or too long says so")
    func brokenTiles() throws {
        var log = try MemoryLog.of(600)
        let tile = try #require(log.files["tile/0/001"])
        log.files["tile/0/001"] = nil
        #expect(throws: TileError.missing(try #require(TilePath("tile/0/001")))) {
            var tree = log.tree()
            _ = try tree.leafHash(at: 300)
        }
        for bytes in [tile.dropLast(), tile + [0], [], Array(tile.prefix(32))] as [[UInt8]] {
            log.files["tile/0/001"] = bytes
            #expect(throws: TileError.wrongLength(bytes: bytes.count, width: 256)) {
                var tree = log.tree()
                _ = try tree.leafHash(at: 300)
            }
        }
    }

    @Test("A bundle is read whole or not at all")
    func bundles() throws {
        var bytes: [UInt8] = []
        for entry in [[], [1], Array(repeating: 2, count: 300), Array(repeating: 3, count: 65_535)] as [[UInt8]] {
            try EntryBundle.append(entry, to: &bytes)
        }
        let bundle = try EntryBundle(bytes, width: 4)
        #expect(bundle.entries.map(\.count) == [0, 1, 300, 65_535])
        #expect(Array(bundle[1]) == [1])
        for width in [0, 1, 2, 3, 5, 256] { #expect(throws: TileError.self) { try EntryBundle(bytes, width: width) } }
        for count in Array(0..<320) + [bytes.count - 1] {
            #expect(throws: TileError.self) { try EntryBundle(Array(bytes.prefix(count)), width: 4) }
        }
        #expect(throws: TileError.malformedBundle(entry: 4)) { try EntryBundle(bytes + [0], width: 4) }
        #expect(throws: TileError.entryTooLong(bytes: 65_536)) {
            try EntryBundle.append(Array(repeating: 0, count: 65_536), to: &bytes)
        }
    }
}
