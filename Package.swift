// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every target: Swift 6 language mode (the tools-version default) with explicit existentials
/// and explicit member imports, so that a file shows by its imports what it depends on.
var house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
if Context.environment["ROTE_WARNINGS_AS_ERRORS"] != nil {
    house.append(.treatAllWarnings(as: .error))
}

let package = Package(
    name: "rote",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rote", targets: ["rote"]),
        .library(
            name: "Rote",
            targets: [
                "Corpus", "Overlap", "Statistics", "Inference", "PrefixLearning", "Audit", "Canary", "Comparison",
                "OrderTest", "Measurement", "Reports", "Evidence", "MeasurementReports",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Leaves: pure, and strangers to servers and to each other.
        .target(name: "Randomness", swiftSettings: house),
        .target(name: "Corpus", dependencies: ["Randomness", "CZlib"], swiftSettings: house),
        .target(name: "Overlap", swiftSettings: house),
        .target(
            name: "Statistics",
            dependencies: ["Randomness", .product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: house),

        .target(
            name: "TextLearning",
            dependencies: ["Randomness", "Statistics", .product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: house),

        .target(
            name: "Inference",
            dependencies: [
                "CCurl", "CEpoll", "Corpus", "Randomness", "Statistics",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: house),
        .target(
            name: "CuratedPrompts", path: "Prompts", exclude: ["README.md", "learned"],
            resources: [
                .embedInCode("news.json"), .embedInCode("prefills.json"), .embedInCode("requests.json"),
                .embedInCode("roles.json"), .embedInCode("starts.json"), .embedInCode("web.json"),
            ],
            swiftSettings: house),
        .target(
            name: "PrefixLearning",
            dependencies: [
                "Corpus", "Inference", "Overlap", "Randomness", "Statistics", "TextLearning",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "RealModule", package: "swift-numerics"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: house),
        .target(
            name: "Audit",
            dependencies: [
                "Corpus", "Overlap", "Statistics", "Inference", "PrefixLearning", "Randomness", "TextLearning",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "Canary",
            dependencies: [
                "Audit", "Corpus", "Inference", "Randomness", "Statistics",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            swiftSettings: house),
        .target(
            name: "Comparison",
            dependencies: ["Audit", "Corpus", "Inference", "Randomness", "Statistics"], swiftSettings: house),
        .target(
            name: "OrderTest",
            dependencies: [
                "Audit", "Corpus", "Inference", "Randomness", "Statistics",
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            swiftSettings: house),
        .target(
            name: "Measurement",
            dependencies: [
                "Audit", "Corpus", "Inference", "Overlap", "PrefixLearning", "Randomness", "Statistics",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            swiftSettings: house),
        .target(
            name: "Reports",
            dependencies: ["Audit", "Corpus", "Inference", "Overlap", "PrefixLearning", "Statistics"],
            swiftSettings: house),
        .target(
            name: "Evidence",
            dependencies: ["Audit", "Corpus", "Inference", "Measurement", "PrefixLearning", "Reports"],
            swiftSettings: house),
        .target(
            name: "MeasurementReports",
            dependencies: [
                "Audit", "Corpus", "Inference", "Measurement", "Overlap", "PrefixLearning", "Reports", "Statistics",
            ],
            swiftSettings: house),
        .executableTarget(
            name: "rote",
            dependencies: [
                "Audit", "Canary", "Comparison", "CuratedPrompts", "Evidence", "Measurement",
                "MeasurementReports", "OrderTest",
                "PrefixLearning", "Reports",
                "Inference", "Corpus", "Statistics", "Yams",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),

        // Not a product: the client side of the speed comparison in Benchmarks.
        .executableTarget(
            name: "forcing-benchmark",
            dependencies: ["Inference", "Corpus"], path: "Benchmarks/ForcingBenchmark", swiftSettings: house),

        .executableTarget(
            name: "prefix-benchmark",
            dependencies: [
                "Corpus", "Inference", "PrefixLearning", "Randomness",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/PrefixBenchmark", swiftSettings: house),

        .executableTarget(
            name: "overlap-benchmark",
            dependencies: ["Overlap", "Randomness"], path: "Benchmarks/OverlapBenchmark", swiftSettings: house),

        .executableTarget(
            name: "statistics-benchmark",
            dependencies: ["Audit", "Corpus", "Inference", "PrefixLearning", "Randomness", "Statistics"],
            path: "Benchmarks/StatisticsBenchmark", swiftSettings: house),
        .executableTarget(
            name: "calibration",
            dependencies: ["Audit", "Corpus", "Inference", "PrefixLearning", "Randomness", "Statistics"],
            path: "Benchmarks/Calibration",
            swiftSettings: house),

        .testTarget(name: "RandomnessTests", dependencies: ["Randomness"], swiftSettings: house),
        .testTarget(
            name: "CorpusTests", dependencies: ["Corpus", "Randomness", "CZlib"], swiftSettings: house),
        .testTarget(
            name: "OverlapTests", dependencies: ["Overlap", "Randomness"], exclude: ["Oracles"], swiftSettings: house),
        .testTarget(
            name: "TextLearningTests",
            dependencies: [
                "TextLearning", "Randomness", "Statistics", .product(name: "RealModule", package: "swift-numerics"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "StatisticsTests", dependencies: ["Statistics", "Randomness"],
            resources: [.copy("Oracles")], swiftSettings: house),
        .testTarget(
            name: "InferenceTests",
            dependencies: [
                "Inference", "Statistics", "Corpus", "Randomness",
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "PrefixLearningTests",
            dependencies: [
                "PrefixLearning", "CuratedPrompts", "Corpus", "Inference", "Overlap", "Randomness", "Statistics",
                "TextLearning", .product(name: "Logging", package: "swift-log"),
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "MeasurementTests",
            dependencies: [
                "Measurement", "Audit", "Corpus", "Overlap", "Statistics", "Inference", "PrefixLearning", "Randomness",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "AuditTests",
            dependencies: [
                "Audit", "Corpus", "Inference", "PrefixLearning", "Randomness", "Statistics",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "ComparisonTests",
            dependencies: ["Comparison", "Audit", "Corpus", "Inference", "PrefixLearning", "Randomness", "Statistics"],
            swiftSettings: house),
        .testTarget(
            name: "OrderTestTests",
            dependencies: [
                "OrderTest", "Audit", "Corpus", "Inference", "Randomness", "Statistics",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CanaryTests",
            dependencies: [
                "Canary", "Audit", "Corpus", "Inference", "Randomness", "Statistics",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            exclude: ["Oracles"], swiftSettings: house),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Reports", "Audit", "Corpus", "Inference", "Overlap", "PrefixLearning", "Randomness", "Statistics",
            ],
            exclude: ["Browser", "Snapshots"], swiftSettings: house),
        .testTarget(
            name: "MeasurementReportsTests",
            dependencies: [
                "MeasurementReports", "Measurement", "Reports", "Audit", "Corpus", "Inference", "Overlap",
                "PrefixLearning", "Randomness", "Statistics",
            ],
            swiftSettings: house),
        .testTarget(
            name: "EvidenceTests",
            dependencies: [
                "Evidence", "Reports", "Audit", "Corpus", "Inference", "PrefixLearning", "Randomness", "Statistics",
            ],
            swiftSettings: house),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "rote", "Audit", "Corpus", "Inference", "Randomness",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "FlyingFox", package: "FlyingFox"),
            ],
            swiftSettings: house),
    ]
)
