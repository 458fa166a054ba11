import Foundation
import TestSupport
import Testing

/// pip, asked what is installed in an environment; and a temporary folder to make such environments in.
struct PipOracle {
  /// The Python of the environment that `make test` makes; its pip looks into other environments, too.
  static let python: String? = ProcessInfo.processInfo.environment["ENVTOOL_TEST_ENVIRONMENT"].map {
    "\($0)/bin/python"
  }
  static let systemPython: String? =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") ? "/usr/bin/python3" : nil

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs lines of shell beside a new environment `env` whose site-packages are `$site`. `project FOLDER NAME` makes a
  /// project that builds without any tool, `install WHAT...` installs without looking at an index.
  func make(_ lines: String) async throws {
    try folder.write("backend.py", Self.backend)
    let run = try await EnvtoolRun(
      shell: """
        set -eu
        python=\(Self.python ?? "")
        [ -d env ] || $python -m venv --without-pip env
        site=$(echo "$PWD"/env/lib/python*/site-packages)
        export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
        install() {
          $python -m pip --python env/bin/python install -q --no-index --no-deps --no-build-isolation "$@"
        }
        project() {
          mkdir -p "$1" && cp backend.py "$1/"
          printf '[build-system]\\nrequires=[]\\nbuild-backend="backend"\\nbackend-path=["."]\\n' > "$1/pyproject.toml"
          echo "$2" > "$1/name"
        }
        \(lines)
        """, in: folder.path)
    try #require(run.status == 0, "\(run.errors)")
  }

  /// Compares `freeze --all` with and without annotations to what pip prints; gives the lines.
  @discardableResult
  func expectTheSame(of environment: String) async throws -> [String] {
    let python = environment.contains("/bin/") ? environment : "\(environment)/bin/python"
    let pip = try await EnvtoolRun(
      shell: "\(Self.python ?? "") -m pip --python '\(python)' --disable-pip-version-check freeze --all",
      in: folder.path)
    try #require(pip.status == 0, "\(pip.errors)")
    let expected = pip.output.split(separator: "\n").map(Self.normalized)
    let plain = try await freeze(environment, ["--no-annotate"])
    let annotated = try await freeze(environment, []).filter { !$0.hasPrefix("    ") }
    #expect(plain == expected)
    #expect(annotated == expected)
    return plain
  }

  func freeze(_ environment: String, _ options: [String]) async throws -> [String] {
    let run = try await EnvtoolRun(["freeze", "--all", "--quiet", "--python", environment] + options, in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  /// Whether pip believes the name of a dist-info folder more than what is in it: older ones ended at some broken entries.
  func takesVersionsFromFolders() async throws -> Bool {
    let code = "import pip; print(tuple(map(int, pip.__version__.split('.')[:2])) >= (24, 1))"
    return try await EnvtoolRun(shell: "\(Self.python ?? "") -c \"\(code)\"").output == "True\n"
  }

  /// The line with the name of the distribution normalised, where one stands.
  private static func normalized(_ line: Substring) -> String {
    guard let range = line.range(of: #"^(# .*\()?[A-Za-z0-9._-]+(?===| @ )"#, options: .regularExpression) else {
      return String(line)
    }
    let name = line[range].split(separator: "(").last ?? ""
    let normal = name.lowercased().replacing(/[-_.]+/, with: "-")
    return line[..<range.upperBound].dropLast(name.count) + normal + line[range.upperBound...]
  }

  private static let backend = """
    import os, re, zipfile

    def write(folder, files):
        name = open("name").read().strip()
        stem = re.sub(r"[-.]+", "_", name) + "-1.0"
        info = stem + ".dist-info"
        files = dict(files)
        files[info + "/METADATA"] = f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n"
        files[info + "/WHEEL"] = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        files[info + "/RECORD"] = "".join(path + ",,\\n" for path in [*files, info + "/RECORD"])
        with zipfile.ZipFile(os.path.join(folder, stem + "-py3-none-any.whl"), "w") as archive:
            for path, text in files.items():
                archive.writestr(path, text)
        return stem + "-py3-none-any.whl"

    def build_wheel(folder, config_settings=None, metadata_directory=None):
        return write(folder, {})

    def build_editable(folder, config_settings=None, metadata_directory=None):
        name = open("name").read().strip()
        return write(folder, {f"__editable__.{name}.pth": os.getcwd() + "\\n"})
    """
}
