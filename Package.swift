// swift-tools-version: 6.3

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module of the project: a folder below Sources, or `path`, and the modules that it may import.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, exclude: [String] = [],
  plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings, plugins: plugins)
}

/// The tests of one module, in Tests/<Module>Tests.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// What the dynamic linker does at every start of envtool, kept small: `make release` puts libstdc++.a into the folder, and
/// where there is none the shared library is linked; nothing of the program is there for others to bind to.
let releaseLinking = LinkerSetting.unsafeFlags(
  ["-L\(Context.packageDirectory)/.build/static", "-Xlinker", "--no-export-dynamic"],
  .when(platforms: [.linux], configuration: .release))

let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "envtool",
  products: [.executable(name: "envtool", targets: ["envtool"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [
    // C shims. Only libsqlite3 is linked; CLibraries loads the rest on first use.
    .target(name: "CPosix"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("dl")]),

    module("Diagnostics"),
    module("PythonSource", ["CPosix", "Diagnostics"]),
    module("ConfigFormats", ["Diagnostics"]),
    module("Packaging", ["ConfigFormats", "Diagnostics"]),
    module("Knowledge", ["Packaging"], exclude: ["Facts"], plugins: ["CheckCatalog"]),
    module("Host", ["CCurl", "COpenSSL", "CPosix", "CSQLite", "Diagnostics", subprocess, system]),
    module("PythonEnvironment", ["ConfigFormats", "Diagnostics", "Host", "Packaging"]),
    module(
      "Project", ["ConfigFormats", "Diagnostics", "Host", "Knowledge", "Packaging", "PythonSource"]),
    module(
      "Manifests",
      [
        "ConfigFormats", "Diagnostics", "Host", "Knowledge", "Packaging", "Project", "PythonEnvironment",
        "PythonSource",
      ]),
    module("Probes", ["CSQLite", "Diagnostics", "Host"]),
    module(
      "Doctor",
      [
        "ConfigFormats", "Diagnostics", "Host", "Knowledge", "Manifests", "Packaging", "Probes", "Project",
        "PythonEnvironment", "PythonSource",
      ]),
    module(
      "Checks",
      [
        "ConfigFormats", "Diagnostics", "Doctor", "Knowledge", "Manifests", "Packaging", "Probes", "Project",
        "PythonEnvironment", "PythonSource",
      ],
      path: "checks", exclude: ["README.md", "rules"], plugins: ["CheckCatalog"]),
    module("Runner", ["CPosix", "Diagnostics", "Host"]),
    module(
      "Reporting", ["Diagnostics", "Doctor", "Knowledge", "Manifests", "Packaging", "Project", "PythonEnvironment"]),
    module(
      "Commands",
      [
        "Checks", "ConfigFormats", "Diagnostics", "Doctor", "Host", "Knowledge", "Manifests", "Packaging", "Project",
        "PythonEnvironment", "PythonSource", "Reporting", "Runner",
      ], plugins: ["CheckCatalog"]),
    .executableTarget(
      name: "envtool", dependencies: ["Commands"], swiftSettings: settings, linkerSettings: [releaseLinking]),

    // Build-time tools: the catalogue of checks/ and the fact tables as string literals.
    .executableTarget(name: "checkgen", swiftSettings: settings),
    .plugin(
      name: "CheckCatalog", capability: .buildTool(), dependencies: ["checkgen"], path: "Sources/CheckCatalog"),

    tests("Packaging", ["ConfigFormats", "Diagnostics", "Packaging", "TestSupport"]),
    tests("Knowledge", ["Knowledge", "Packaging"]),
    tests("Host", ["Diagnostics", "Host", "TestSupport"]),
    tests("Probes", ["Diagnostics", "Host", "Probes", "TestSupport"]),
    tests("Runner", ["Diagnostics", "Runner", "TestSupport", "runner-probe"], exclude: ["Probe"]),
    // A supervisor that tests can kill.
    .executableTarget(
      name: "runner-probe", dependencies: ["Runner"], path: "Tests/RunnerTests/Probe", swiftSettings: settings),
    tests("Command", ["Commands", "Diagnostics", "Host", "TestSupport", "envtool"], exclude: ["Snapshots"]),
    tests(
      "Doctor",
      ["Diagnostics", "Doctor", "Host", "Manifests", "Project", "PythonEnvironment", "TestSupport", "doctor-probe"],
      exclude: ["Probe"]),
    // Checks that crash.
    .executableTarget(
      name: "doctor-probe",
      dependencies: ["Diagnostics", "Doctor", "Host", "Manifests", "Project", "PythonEnvironment"],
      path: "Tests/DoctorTests/Probe", swiftSettings: settings),
    tests(
      "Checks",
      [
        "Checks", "Diagnostics", "Doctor", "Host", "Manifests", "Packaging", "Project", "PythonEnvironment",
        "TestSupport",
      ]),
    tests(
      "Reporting",
      ["Diagnostics", "Host", "Manifests", "Packaging", "Project", "PythonEnvironment", "Reporting", "TestSupport"]),

    tests("ConfigFormats", ["ConfigFormats", "Diagnostics", "TestSupport"]),
    tests(
      "Manifests",
      ["Diagnostics", "Host", "Knowledge", "Manifests", "Packaging", "Project", "PythonEnvironment", "TestSupport"]),
    tests(
      "Project", ["Diagnostics", "Host", "Knowledge", "Packaging", "Project", "PythonSource", "TestSupport"]),
    tests("PythonEnvironment", ["Diagnostics", "Host", "Packaging", "PythonEnvironment", "TestSupport"]),
    tests("PythonSource", ["Diagnostics", "Host", "PythonSource", "TestSupport"]),

    module("TestSupport", ["Diagnostics", "Host"], path: "Tests/TestSupport"),
  ],
  swiftLanguageModes: [.v6]
)
