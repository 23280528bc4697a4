import Model
import Sampling
import Testing

@testable import ModelFile

/// The model of a text.
func model(_ text: String, files: [String: String] = [:], set overrides: [String] = []) throws -> SystemModel {
  let values = try overrides.map { try ModelFile.override(parsing: $0) }
  let document = try ModelFile.decode(text: text, files: files, overrides: values)
  guard case .model(let document) = document else { throw WrongDocument() }
  return document.model
}

/// The scenario of a text; `model.yaml` is what it runs on.
func scenario(_ text: String, on model: String, set overrides: [String] = []) throws -> ScenarioDocument {
  let values = try overrides.map { try ModelFile.override(parsing: $0) }
  let document = try ModelFile.decode(
    text: text, path: "scenarios/s.yaml", files: ["model.yaml": model], overrides: values)
  guard case .scenario(let document) = document else { throw WrongDocument() }
  return document
}

/// The ids of what is wrong with a text, in order.
func errors(in text: String, path: String = "model.yaml", files: [String: String] = [:], set overrides: [String] = [])
  -> [Diagnostic]
{
  do {
    let values = try overrides.map { try ModelFile.override(parsing: $0) }
    _ = try ModelFile.decode(text: text, path: path, files: files, overrides: values)
    return []
  } catch let error as DiagnosticList {
    return error.diagnostics
  } catch {
    Issue.record(error)
    return []
  }
}

struct WrongDocument: Error {}

extension SystemModel {
  func service(_ name: String) throws -> Service { try #require(services.first { $0.name == name }) }
  func workload(_ name: String) throws -> Workload { try #require(workloads.first { $0.name == name }) }
}

extension Service {
  func dependency(_ name: String) throws -> Dependency { try #require(dependencies.first { $0.name == name }) }
  func endpoint(_ name: String) throws -> Endpoint { try #require(endpoints.first { $0.name == name }) }
}

/// The services behind "play": the example of the language's description.
let vod = """
  model: vod
  description: A small video-on-demand service.
  time: {horizon: 10min, warmup: 1min, start: 19:00}

  regions:
    us-east: {zones: [a, b, c]}

  policies:
    paved-road:
      timeout: 250ms
      bulkhead: {threads: 10, queue: 5}
      breaker: {failure-rate: 50%, window: 100 calls, minimum: 20 calls, open: 10s, half-open: 5 calls}
      retry: {attempts: 2, backoff: exponential(base=50ms factor=2 max=1s), jitter: full}

  workloads:
    viewers:
      arrivals: diurnal(mean=600/s peak=800/s at=20:30)
      devices: 200000
      call: edge-api.play
    browsing:
      arrivals: poisson(900/s)
      call: edge-api.home

  services:
    edge-api:
      stage: api
      replicas: 12
      zones: [a, b, c]
      pool: {threads: 100, queue: 50}
      cores: 4
      balancing: least-request
      failures:
        crash: {every: weibull(shape=0.9 mean=60d), repair: lognormal(p50=4min p99=1h), each: replica}
      dependencies:
        entitlement: {call: entitlement.check, policy: paved-road}
        history:
          call: viewing-history.list
          policy: paved-road
          timeout: 2s
          fallback: {returns: empty-list, takes: 1ms, fails: 0.1%}
      endpoints:
        play:
          - work: lognormal(p50=3ms p99=20ms)
          - together: [entitlement, history]
          - work: 2ms
        home:
          - work: lognormal(p50=5ms p99=40ms)
          - call: history
            probability: 40%
    entitlement:
      stage: api
      replicas: 6
      pool: {threads: 50, queue: 50}
      endpoints:
        check: [work: lognormal(p50=4ms p99=30ms)]
    viewing-history:
      stage: api
      replicas: 8
      pool: {threads: 40, queue: 20}
      endpoints:
        list: [work: lognormal(p50=8ms p99=90ms)]

  objectives:
    play: {indicator: availability(viewers), target: 99.95%}
  """
