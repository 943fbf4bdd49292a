// swift-tools-version: 6.2
// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "utfall",
  products: [
    .executable(name: "simulate", targets: ["simulate"]),
    .library(name: "SimCore", targets: ["SimCore"]),
    .library(name: "Economics", targets: ["Economics"]),
    .library(name: "ScenarioIO", targets: ["ScenarioIO"]),
    .library(name: "CGSL", targets: ["CGSL"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL",
      pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]
    ),
    .target(name: "CKernels"),
    .target(
      name: "SimCore",
      dependencies: ["CGSL", "CKernels", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: strict
    ),
    .target(
      name: "Economics",
      dependencies: ["SimCore", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: strict
    ),
    .target(
      name: "ScenarioIO",
      dependencies: ["Economics", "SimCore", "Yams"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "simulate",
      dependencies: [
        "Economics", "ScenarioIO", "SimCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SimCoreTests",
      dependencies: ["SimCore"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "EconomicsTests",
      dependencies: ["Economics", "SimCore"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ScenarioIOTests",
      dependencies: ["Economics", "ScenarioIO", "SimCore"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SimulateCommandTests",
      dependencies: ["simulate"],
      swiftSettings: strict
    ),
  ]
)
