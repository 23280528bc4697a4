/// Where in a bin's row the signals of each component stand.
struct SignalLayout: Hashable, Sendable {
  let services: Int
  let edges: Int
  let cdns: Int
  let cohorts: Int
  let workloads: Int
  private let firstEdge: Int
  private let firstCDN: Int
  private let firstCohort: Int
  private let firstWorkload: Int
  /// Signals in a row.
  let width: Int

  init(services: Int, edges: Int, cdns: Int, cohorts: Int, workloads: Int) {
    self.services = services
    self.edges = edges
    self.cdns = cdns
    self.cohorts = cohorts
    self.workloads = workloads
    firstEdge = services * ServiceSignal.allCases.count
    firstCDN = firstEdge + edges * EdgeSignal.allCases.count
    firstCohort = firstCDN + cdns * CDNSignal.allCases.count
    firstWorkload = firstCohort + cohorts * CohortSignal.allCases.count
    width = firstWorkload + workloads * WorkloadSignal.allCases.count
  }

  func column(_ signal: ServiceSignal, service: Int) -> Int {
    precondition(service < services)
    return service * ServiceSignal.allCases.count + signal.rawValue
  }
  func column(_ signal: EdgeSignal, edge: Int) -> Int {
    precondition(edge < edges)
    return firstEdge + edge * EdgeSignal.allCases.count + signal.rawValue
  }
  func column(_ signal: CDNSignal, cdn: Int) -> Int {
    precondition(cdn < cdns)
    return firstCDN + cdn * CDNSignal.allCases.count + signal.rawValue
  }
  func column(_ signal: CohortSignal, cohort: Int) -> Int {
    precondition(cohort < cohorts)
    return firstCohort + cohort * CohortSignal.allCases.count + signal.rawValue
  }
  func column(_ signal: WorkloadSignal, workload: Int) -> Int {
    precondition(workload < workloads)
    return firstWorkload + workload * WorkloadSignal.allCases.count + signal.rawValue
  }
}
