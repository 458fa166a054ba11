import Packaging
import TestSupport
import Testing

/// The lists of tags against those of `packaging`, for many versions and systems.
@Suite(.enabled(if: WheelNameTests.oracleIsThere, "the test environment has no packaging 26.4"))
struct SupportedTagsOracleTests {
  private static let versions = [[2, 7], [3, 1], [3, 2], [3, 7], [3, 8], [3, 12], [3, 13], [3, 14], [3, 15]]

  /// Each system with what the oracle below calls it.
  private static var systems: [(name: String, platform: TargetPlatform)] {
    var systems: [(name: String, platform: TargetPlatform)] = []
    let architectures = [
      "x86_64", "i686", "aarch64", "armv7l", "armv8l", "armv6l", "ppc64le", "s390x", "riscv64", "mips",
    ]
    for architecture in architectures {
      systems.append(("linux \(architecture) none 0 0", .linux(architecture: architecture, nil)))
      for (major, minor) in [(2, 4), (2, 16), (2, 28), (3, 1)] {
        systems.append(
          (
            "linux \(architecture) glibc \(major) \(minor)",
            .linux(architecture: architecture, .glibc(major: major, minor: minor))
          ))
      }
      systems.append(
        ("linux \(architecture) musl 1 2", .linux(architecture: architecture, .musl(major: 1, minor: 2))))
    }
    for (major, minor) in [(10, 3), (10, 15), (11, 0), (13, 4), (26, 1)] {
      systems.append(("mac arm64 \(major) \(minor)", .macOS(.arm64, major: major, minor: minor)))
      systems.append(("mac x86_64 \(major) \(minor)", .macOS(.x86, major: major, minor: minor)))
    }
    systems.append(("windows win_amd64", .windows(.amd64)))
    return systems
  }

  @Test func likePackaging() async throws {
    var lines: [String] = []
    for (name, platform) in Self.systems {
      for version in Self.versions {
        for (kind, implementation) in [
          ("cp", .cpython), ("pp", .pypy), ("graalpy", .other(name: "graalpy", abi: "graalpy_native")),
        ] as [(String, TargetPython.Implementation)] {
          for build in kind == "cp" ? ["-", "t", "d"] : ["-"] {
            let python = TargetPython(
              implementation, version: Version(release: version), isFreeThreaded: build == "t", isDebug: build == "d")
            let tags = SupportedTags(python: python, platform: platform).tags.map(\.description)
            lines.append(
              "\(kind) \(version[0]) \(version[1]) \(build) \(name)\t\(tags.joined(separator: " "))")
          }
        }
      }
    }
    let folder = try TemporaryFolder()
    let file = try folder.write("tags", lines.joined(separator: "\n"))
    #expect(try await TestEnvironment.output(of: Self.oracle, [file]) == "")
  }

  private static let oracle = """
    import sys
    from packaging import _manylinux, _musllinux, tags
    _manylinux._is_linux_armhf = _manylinux._is_linux_i686 = lambda executable: True

    def platforms(system, *words):
        if system == "windows":
            return list(words)
        if system == "mac":
            return list(tags.mac_platforms((int(words[1]), int(words[2])), words[0]))
        machine, library, major, minor = words
        machines = ["armv8l", "armv7l"] if machine == "armv8l" else [machine]
        names = ["linux_" + name for name in machines]
        if library == "glibc":
            _manylinux._get_glibc_version = lambda: _manylinux._GLibCVersion(int(major), int(minor))
            names += _manylinux.platform_tags(machines)
        if library == "musl":
            _musllinux._get_musl_version = lambda executable: _musllinux._MuslVersion(int(major), int(minor))
            names += _musllinux.platform_tags(machines)
        return names

    for line in open(sys.argv[1]).read().splitlines():
        case, found = line.split("\\t")
        kind, major, minor, build, *system = case.split()
        version, digits, names = (int(major), int(minor)), major + minor, platforms(*system)
        settings = {"Py_DEBUG": build == "d", "Py_GIL_DISABLED": build == "t", "WITH_PYMALLOC": 1, "Py_UNICODE_SIZE": 4}
        tags._get_config_var = lambda name, warn=False: settings.get(name)
        if kind == "cp":
            expected = [*tags.cpython_tags(version, None, names), *tags.compatible_tags(version, "cp" + digits, names)]
        elif kind == "pp":
            abis = ["pypy" + digits + "_pp73"]
            expected = [*tags.generic_tags("pp" + digits, abis, names), *tags.compatible_tags(version, "pp3", names)]
        else:
            expected = [*tags.generic_tags(kind + digits, ["graalpy_native"], names)]
            expected += tags.compatible_tags(version, None, names)
        if " ".join(map(str, expected)) != found:
            print(case)
    """
}
