// swift-tools-version: 6.2
// Benchmarks of Utfall: commands that print ratios, never timed tests.
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let package = Package(
  name: "utfall-benchmarks",
  dependencies: [.package(name: "utfall", path: "..")],
  targets: [
    .executableTarget(
      name: "DrawBenchmark",
      dependencies: [
        .product(name: "SimCore", package: "utfall"),
        .product(name: "CGSL", package: "utfall"),
      ]
    ),
    .executableTarget(
      name: "InformationBenchmark",
      dependencies: [
        .product(name: "Economics", package: "utfall"),
        .product(name: "SimCore", package: "utfall"),
      ]
    ),
    .executableTarget(
      name: "MethodVariance",
      dependencies: [
        .product(name: "ScenarioIO", package: "utfall"),
        .product(name: "SimCore", package: "utfall"),
      ]
    ),
    .executableTarget(
      name: "RandomWords",
      dependencies: [.product(name: "SimCore", package: "utfall")]
    ),
  ]
)
