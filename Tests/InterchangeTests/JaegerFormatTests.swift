import Foundation
import Interchange
import Testing

@Suite struct `Jaeger trace JSON` {
  private func parse(_ text: String) throws -> [Trace] { try JaegerTraces.parse(Data(text.utf8)) }

  private func problem(_ text: String) -> String {
    do {
      return "no error, but \(try parse(text).count) traces"
    } catch {
      return "\(error)"
    }
  }

  private func document(span: String) -> String {
    #"{"data": [{"traceID": "t", "spans": [\#(span)], "processes": {"p1": {"serviceName": "web"}}}]}"#
  }

  private let trace = #"""
    {"traceID": "t", "processes": {
       "p1": {"serviceName": "web", "tags": [{"key": "hostname", "type": "string", "value": "web-1"}]},
       "p2": {"serviceName": "api"}},
     "spans": [
      {"traceID": "t", "spanID": "a", "operationName": "GET /", "references": [], "startTime": 1000, "duration": 500,
       "tags": [{"key": "span.kind", "type": "string", "value": "server"},
                {"key": "sampler.type", "type": "string", "value": "probabilistic"},
                {"key": "sampler.param", "type": "float64", "value": 0.25}], "processID": "p1", "warnings": null},
      {"spanID": "b", "operationName": "find", "startTime": 1100, "duration": 200, "processID": "p2", "flags": 1,
       "references": [{"refType": "FOLLOWS_FROM", "traceID": "t", "spanID": "x"},
                      {"refType": "CHILD_OF", "traceID": "t", "spanID": "a"}],
       "tags": [{"key": "error", "type": "bool", "value": true},
                {"key": "db.system", "value": "mysql"}, {"key": "db.name", "value": "users"}]}]}
    """#

  @Test func `is read with its times in microseconds, parents, processes and tags`() throws {
    let spans = try #require(try parse("{\"data\": [\(trace)]}").first).spans
    #expect(
      spans == [
        Span(
          id: "a", service: "web", operation: "GET /", process: "p1", host: "web-1", kind: .server,
          start: 1_000_000, duration: 500_000, samplingProbability: 0.25),
        Span(
          id: "b", parent: .init(span: "a", relation: .childOf), service: "api", operation: "find", process: "p2",
          peer: "mysql-users", start: 1_100_000, duration: 200_000, isError: true),
      ])
  }

  @Test func `may be one trace or an array of traces, too`() throws {
    let expected = try parse("{\"data\": [\(trace)]}")
    #expect(try parse(trace) == expected)
    #expect(try parse("[\(trace)]") == expected)
  }

  @Test func `has orphans where a span refers to another trace alone`() throws {
    let span = #"""
      {"spanID": "a", "operationName": "o", "startTime": 1, "duration": 1, "processID": "p1",
       "references": [{"refType": "CHILD_OF", "traceID": "other", "spanID": "z"}]}
      """#
    #expect(try parse(document(span: span))[0].spans[0].parent == .init(span: "other/z", relation: .childOf))
  }

  // Messages are goldens.
  @Test func `is told apart from other formats, which are named`() {
    let supported = #"not Jaeger trace JSON ({"data": [{"traceID", "spans", "processes"}…]})"#
    let zipkin = #"{"traceId": "1", "id": "1", "name": "get", "timestamp": 1, "duration": 1}"#
    #expect(problem("[\(zipkin)]") == "this is Zipkin JSON, \(supported)")
    #expect(problem("[[\(zipkin)]]") == "this is Zipkin JSON, \(supported)")
    #expect(problem(#"{"resourceSpans": []}"#) == "this is OTLP JSON (OpenTelemetry), \(supported)")
    #expect(
      problem(#"[{"parent": "a", "child": "b", "callCount": 1}]"#)
        == "this is Jaeger's dependency graph, which has call counts but no spans and no times, \(supported)")
    for other in ["{}", "5", "null", #""text""#, #"{"data": 1}"#, #"{"data": null}"#, "[[]]", "[1]"] {
      #expect(problem(other) == "this is JSON of an unknown shape, \(supported)", "\(other)")
    }
  }

  @Test func `is refused where it is no JSON or has nothing in it`() {
    #expect(problem("") == "nothing to import: the file is empty")
    #expect(problem("{").hasPrefix("this is not JSON: "))
    #expect(problem("traceId,traceTime\n1,2").hasPrefix("this is not JSON: "))
    #expect(problem(String(repeating: "[", count: 100_000)).hasPrefix("this is not JSON: "))
    #expect(problem("[]") == "nothing to import: the file has no traces")
    #expect(problem(#"{"data": []}"#) == "nothing to import: the file has no traces")
    #expect(problem(#"{"data": [{"traceID": "t", "spans": []}]}"#) == "nothing to import: the traces have no spans")
    #expect(
      problem(#"{"data": null, "errors": [{"code": 404, "msg": "trace not found"}]}"#)
        == "nothing to import: Jaeger reports the error \"trace not found\"")
  }

  @Test func `is refused with the place where a value is missing or wrong`() {
    func span(start: String = "1", duration: String = "1", process: String = #""p1""#) -> String {
      document(
        span: #"{"spanID": "a", "operationName": "o", "startTime": \#(start), "duration": \#(duration), "#
          + #""processID": \#(process)}"#
      )
    }
    #expect(problem(span()) == "no error, but 1 traces")
    #expect(problem(span(start: #""now""#)) == "data[0].spans[0].startTime: expected a whole number")
    #expect(problem(span(duration: "1.5")) == "data[0].spans[0].duration: expected a whole number")
    #expect(problem(span(duration: "1e300")) == "data[0].spans[0].duration: expected a whole number")
    #expect(
      problem(span(start: "9223372036854775807"))
        == "trace t, span a: startTime and duration must be microseconds within 292 years of 1970")
    #expect(
      problem(span(process: #""p9""#)) == "trace t, span a: its process `p9` is not among the trace's `processes`")
    #expect(problem(#"{"data": [{"traceID": "t", "processes": {}}]}"#) == "data[0]: `spans` is missing")
    #expect(problem(document(span: #"{"spanID": "a"}"#)) == "data[0].spans[0]: `operationName` is missing")
  }

  @Test func `is refused where the file cannot be read`() {
    #expect(throws: InterchangeError.unreadable(path: "no/such/file.json", reason: "no such file")) {
      try JaegerTraces.read("no/such/file.json")
    }
  }

  @Test(
    .enabled(if: SharedCorpus.isPresent, "../shared/corpus/traces is absent"),
    arguments: [
      (
        "jaegertracing+jaeger-ui/packages/jaeger-ui/src/components/DependencyGraph/sample_data/large.json",
        "this is Jaeger's dependency graph"
      ),
      ("jaegertracing+jaeger/internal/storage/v2/memory/fixtures/db_traces_01.json", "this is OTLP JSON"),
      ("open-telemetry+opentelemetry-proto/examples/trace.json", "this is OTLP JSON"),
      ("openzipkin+zipkin/zipkin-lens/testdata/ascend.json", "this is Zipkin JSON"),
      ("openzipkin+zipkin/zipkin-lens/testdata/envoy.json", "this is Zipkin JSON"),
      ("delimitrou+DeathStarBench/ms_collecter/trace.csv", "this is not JSON"),
    ])
  func `is told apart from public files of other formats`(file: String, beginning: String) {
    do {
      _ = try JaegerTraces.read(SharedCorpus.path(file))
      Issue.record("\(file) was read")
    } catch {
      #expect("\(error)".hasPrefix(beginning))
    }
  }

  @Test(.enabled(if: SharedCorpus.isPresent, "../shared/corpus/traces is absent"))
  func `of Jaeger's own converter test is read, though its ids clash`() throws {
    let traces = try JaegerTraces.read(
      SharedCorpus.path("jaegertracing+jaeger/internal/uimodel/converter/v1/json/fixtures/ui_01.json"))
    #expect(traces.map(\.spans.count) == [5])
    #expect(
      throws: InterchangeError.nothingUsable(reasons: [
        "1 trace has different spans with one id: left out (for instance trace 0000000000000001, id 0000000000000002)"
      ])
    ) { try ImportedTopology(traces: traces) }
  }
}
