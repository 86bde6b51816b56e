import StatementAnalysis
import Testing

@Suite("The cache of analyses")
struct CacheTests {
    private func insert(_ text: String, into cache: AnalysisCache) -> Analysis {
        let analysis = StatementAnalyzer().analyze(text)
        Array(text.utf8).withUnsafeBufferPointer { cache.insert(analysis, for: $0) }
        return analysis
    }

    private func find(_ text: String, in cache: AnalysisCache) -> Analysis? {
        Array(text.utf8).withUnsafeBufferPointer { cache.find($0) }
    }

    @Test("The same bytes find the same analysis, other bytes find nothing")
    func exact() {
        let cache = AnalysisCache(capacityBytes: 1 << 20)
        let analysis = insert("SELECT 1", into: cache)
        #expect(find("SELECT 1", in: cache) === analysis)
        #expect(find("select 1", in: cache) == nil)
        #expect(find("SELECT 1 ", in: cache) == nil)
        #expect(find("", in: cache) == nil)
    }

    @Test("A later analysis of the same text takes the place of the earlier one")
    func replaces() {
        let cache = AnalysisCache(capacityBytes: 1 << 20)
        _ = insert("SELECT 1", into: cache)
        let second = insert("SELECT 1", into: cache)
        #expect(find("SELECT 1", in: cache) === second)
    }

    @Test("What is used stays, what is not used goes, and the bytes are bounded")
    func evicts() {
        let cache = AnalysisCache(capacityBytes: 1 << 17)
        let hot = insert("SELECT hot", into: cache)
        var kept = 0
        for number in 0..<5_000 {
            _ = insert("SELECT \(number)", into: cache)
            #expect(find("SELECT hot", in: cache) === hot)
        }
        for number in 0..<5_000 where find("SELECT \(number)", in: cache) != nil { kept += 1 }
        #expect(kept > 0)
        #expect(kept < (1 << 17) / 448)
    }

    @Test("A text that would fill a shard alone is not kept")
    func tooLarge() {
        let cache = AnalysisCache(capacityBytes: 4096)
        let text = "SELECT '" + String(repeating: "x", count: 900) + "'"
        _ = insert(text, into: cache)
        #expect(find(text, in: cache) == nil)
    }

    @Test("Several threads may use it at once")
    func concurrent() async {
        let cache = AnalysisCache(capacityBytes: 1 << 16)
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for number in 0..<500 {
                        let text = "SELECT \(number % 50 + worker)"
                        let found = find(text, in: cache) ?? insert(text, into: cache)
                        #expect(found.refusal == nil)
                    }
                }
            }
        }
    }
}
