import Foundation
import Testing

@Suite struct `ratchet audit` {
  private let model = """
    model: shop
    workloads:
      users: {arrivals: poisson(50/s), call: web.buy}
      visitors: {arrivals: poisson(50/s), call: web.look}
    services:
      web:
        pool: {threads: 20, queue: 10}
        dependencies: {stock: {call: stock.check}}
        endpoints: {buy: [work: 2ms, call: stock], look: [work: 2ms]}
      stock: {pool: {threads: 8, queue: 20}, endpoints: {check: [work: 5ms]}}
    objectives: {look: {indicator: availability(visitors), target: 99.5%}}
    time: {warmup: 10s, horizon: 5min}
    """

  /// 50 calls a second hold 20 threads for ever after 0.4 s.
  @Test func `tells what lacks, and where`() throws {
    let folder = try Folder()
    try folder.write(model, to: "shop.yaml")
    let ending = try folder.ratchet("audit", "shop.yaml")
    #expect(ending.status == 0)
    #expect(
      ending.output.contains(/pool-fills.*\n +web -> stock +if it hangs, it takes all 20 threads.*400 ms +shop\.yaml:8/)
    )
    #expect(ending.output.contains(/web -> stock +1 x 20 +for ever +all, after 400 ms/))
    #expect(
      ending.output.contains(
        /web -> stock +web for 1 min +users 0\.\d+% instead of 100%, visitors 0\.\d+% instead of 100%/))
    let arithmetic = try folder.ratchet("audit", "shop.yaml", "--no-runs", "--format", "json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(arithmetic.output.utf8)) as? [String: Any])
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(
      Set(findings.compactMap { $0["kind"] as? String }) == ["no-timeout", "pool-fills", "no-isolation", "no-fallback"])
    #expect(json["trials"] is NSNull)
  }

  @Test func `writes experiments that are valid and leaves those that are there`() throws {
    let folder = try Folder()
    try folder.write(model, to: "shop.yaml")
    let ending = try folder.ratchet("audit", "shop.yaml", "--no-runs", "--write", "new/experiments")
    #expect(ending.errors.contains("9 experiments written to new/experiments"))
    let files = ["hang", "error", "latency"].map { "new/experiments/web-stock-\($0).yaml" }
    let valid = try RatchetProcess(["validate"] + files, in: folder).run()
    #expect(valid.status == 0 && valid.errors == "")
    let hang = try folder.text(files[0])
    #expect(hang.contains("users-comes-back: {that: recovery(users) <= 1min}"))
    #expect(hang.contains("visitors-goes-on: {that: availability(visitors) >= 99.5%, during: faults}"))
    try folder.write("mine", to: files[0])
    let again = try folder.ratchet("audit", "shop.yaml", "--no-runs", "--write", "new/experiments")
    #expect(again.errors.contains("0 experiments written to new/experiments; 9 were there and are left as they are"))
    #expect(try folder.text(files[0]) == "mine")
  }

  @Test func `strikes in its experiments one dependency alone where several call a service`() throws {
    let folder = try Folder()
    let twice = model.replacing(
      "stock: {call: stock.check}}", with: "stock: {call: stock.check}, spare: {call: stock.check, fallback: none}}")
    try folder.write(twice, to: "shop.yaml")
    #expect(try folder.ratchet("audit", "shop.yaml", "--no-runs", "--write", "new").status == 0)
    #expect(try folder.text("new/web-stock-hang.yaml").contains("target: dependency web -> stock\n"))
    #expect(try folder.text("new/web-spare-hang.yaml").contains("target: web -> spare\n"))
    let valid = try RatchetProcess(["validate", "new/web-stock-hang.yaml", "new/web-spare-hang.yaml"], in: folder).run()
    #expect(valid.status == 0)
  }

  @Test func `is of a model alone`() throws {
    let folder = try Folder()
    try folder.write(model, to: "shop.yaml")
    #expect(try folder.ratchet("audit", "shop.yaml", "--no-runs", "--write", "shop.yaml").status == 2)
    try folder.write("scenario: calm\nmodel: shop.yaml\n", to: "calm.yaml")
    let ending = try folder.ratchet("audit", "calm.yaml")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("calm.yaml is not a model"))
  }
}
