package import Diagnostics
import Manifests
import Packaging
import PythonEnvironment

extension LockReport {
  /// The lock as a bill of materials of the project `name`, else of the name of its folder `project`; `timestamp` is
  /// SOURCE_DATE_EPOCH.
  package func cycloneDX(
    named name: String?, in project: SourcePath, toolVersion: String, timestamp: Int?
  ) -> String {
    let asked = lock.pins.filter { pin in pin.asks.isEmpty || pin.asks.contains { $0.location != nil } }
    let root = CycloneDX.Root(name: name ?? project.name, version: nil, dependencies: asked.map(\.name))
    let components = lock.pins.map { component($0, project: project) }
    return CycloneDX(root: root, components: components, toolVersion: toolVersion, timestamp: timestamp).text
  }

  private func component(_ pin: Pin, project: SourcePath) -> CycloneDXComponent {
    var component = CycloneDXComponent(name: pin.name, version: pin.version)
    component.dependencies = pin.needs
    component.license = pin.license.map(CycloneDXComponent.License.expression)
    switch pin.origin {
    case .index: break
    case .url(let url): component.origin = CycloneDXOrigin(url, project: project)
    case .editable(let install): component.origin = Self.origin(of: install, project: project)
    }
    return component
  }

  private static func origin(of install: EditableInstall, project: SourcePath) -> CycloneDXOrigin {
    guard case .revision(let system, let url, let commit, let subdirectory) = install.checkout else {
      return .local(path: install.location.relative(to: project))
    }
    return .repository(system: system, url: url, commit: commit, subdirectory: subdirectory)
  }
}
