import Engine

/// A part of the system that may leave its normal band.
public struct CascadeComponent: Hashable, Sendable, Comparable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case service
    /// A dependency of a service, a workload, sessions or a CDN.
    case edge
    case cdn, cohort, workload
  }
  public let kind: Kind
  /// Its place among those of its kind.
  public let index: Int

  public init(_ kind: Kind, _ index: Int) {
    self.kind = kind
    self.index = index
  }

  init(_ component: ComponentSignals.Component) {
    switch component {
    case .service(let index): self.init(.service, index)
    case .edge(let index): self.init(.edge, index)
    case .cdn(let index): self.init(.cdn, index)
    }
  }

  private var order: (Int, Int) {
    let rank =
      switch kind {
      case .service: 0
      case .edge: 1
      case .cdn: 2
      case .cohort: 3
      case .workload: 4
      }
    return (rank, index)
  }

  public static func < (a: Self, b: Self) -> Bool { a.order < b.order }
}

extension ComponentSignals {
  func name(of component: CascadeComponent) -> String {
    switch component.kind {
    case .service: services[component.index]
    case .edge: edges[component.index].name
    case .cdn: cdns[component.index]
    case .cohort: cohorts[component.index]
    case .workload: workloads[component.index].name
    }
  }
}
