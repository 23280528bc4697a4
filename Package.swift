// swift-tools-version: 6.2
import PackageDescription

/// In CI every warning is an error; at a user's desk a newer compiler's new warning is not.
let settings: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "ratchet",
  products: [
    .executable(name: "ratchet", targets: ["ratchet"]),
    .executable(name: "ratchet-bench", targets: ["ratchet-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    library("Sampling", ["CGSL"]),
    library("Statistics", ["Sampling", "CGSL"]),
    library("Model", ["Sampling"]),
    library("ModelFile", ["Model", "Sampling", .product(name: "Yams", package: "Yams")]),
    library("Engine", ["Model", "Sampling"]),
    library("Campaign", ["Engine", "Model", "Statistics", "Sampling"]),
    library("ResultStore", ["Campaign", "Model", .product(name: "GRDB", package: "GRDB.swift")]),
    library("Interchange", ["Engine", "Model", "ModelFile", "Sampling"]),
    library("Report", ["Campaign", "Statistics", "Model"]),
    .executableTarget(
      name: "ratchet",
      dependencies: [
        "Sampling", "Statistics", "Model", "ModelFile", "Engine", "Campaign", "ResultStore",
        "Interchange", "Report",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(name: "AllocationCounter"),
    .executableTarget(
      name: "ratchet-bench",
      dependencies: [
        "AllocationCounter", "Sampling", "Model", "ModelFile", "Engine", "Campaign",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("Models"), .embedInCode("Peers")],
      swiftSettings: settings),
    tests("ArchitectureTests", []),
    tests("SamplingTests", ["Sampling", "CGSL"]),
    tests("StatisticsTests", ["Statistics", "Sampling"]),
    tests("ModelFileTests", ["ModelFile", "Model", "Sampling"]),
    tests("EngineTests", ["Engine", "Model", "Sampling"]),
    tests("OracleTests", ["ModelFile", "Engine", "Campaign", "Statistics", "Model", "Sampling"]),
    tests("CampaignTests", ["Campaign", "Engine", "Statistics", "Model", "Sampling"]),
    tests(
      "ResultStoreTests",
      [
        "ResultStore", "Campaign", "Engine", "Statistics", "Model", "Sampling",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("InterchangeTests", ["Interchange", "ModelFile", "Engine", "Model", "Sampling"]),
    tests("ReportTests", ["Report", "Campaign", "Engine", "Statistics", "Model", "Sampling"]),
    tests("BenchTests", ["ratchet-bench"]),
    tests("CommandLineTests", ["ratchet"]),
  ]
)
