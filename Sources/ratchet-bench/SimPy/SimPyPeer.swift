extension SimPy {
  /// The same model as a workload's, as SimPy's users write it.
  enum Peer: CaseIterable {
    case mm1
    case chain

    var workload: Workload {
      switch self {
      case .mm1: .mm1
      case .chain: .chain
      }
    }

    /// Of its row in the report.
    var name: String { "simpy-\(workload.rawValue)" }

    /// Takes about two seconds.
    var standardRequests: Int {
      switch self {
      case .mm1: 200_000
      case .chain: 30_000
      }
    }

    var file: String {
      switch self {
      case .mm1: "mm1.py"
      case .chain: "chain.py"
      }
    }

    var script: [UInt8] {
      switch self {
      case .mm1: PackageResources.mm1_py
      case .chain: PackageResources.chain_py
      }
    }

    /// What is compared: for each mean its standard error, relative to it, times the square root of the requests.
    ///
    /// M/M/1 with ρ = λ = 0.8, μ = 1 has L = 4 in the system, with the asymptotic variance 2 ρ (1 + ρ) / (1 - ρ)^4; so
    /// for n customers, in n / λ seconds, the error is 9.5 / √n (W. Whitt, "Planning queueing simulations", Management
    /// Science 35 (1989) 1341); that of the wait is about 5/4 of it. For the chain what 150 runs of 30,000 requests
    /// showed, rounded up.
    var meanErrors: [String: Double] {
      switch self {
      case .mm1: ["customers": 9.5, "desk wait": 12]
      case .chain: ["w": 2, "a.serve": 2, "b.serve": 2, "c.serve": 2, "b wait": 35, "c wait": 15]
      }
    }
  }
}
