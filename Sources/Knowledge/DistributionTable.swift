package import Packaging

/// What is known of well-known distributions where neither an environment nor a lock tells.
package enum DistributionTable {
  /// What every recent release of `name` requires; empty when the table does not know it.
  package static func needs(of name: PackageName) -> [PackageName] { names(Facts.needs, name.normalized) }

  /// What an extra of `name` brings: those of the table, else what is called like the extra, or like both: `redis` and
  /// `celery-redis` for `celery[redis]`.
  package static func brought(by extra: String, of name: PackageName) -> [PackageName] {
    let known = names(Facts.extras, "\(name)[\(extra)]")
    return known.isEmpty ? [PackageName(extra), PackageName("\(name)-\(extra)")].compactMap(\.self) : known
  }

  /// The distributions that look for `name` by themselves: beside one of them it works although nothing imports it.
  package static func hosts(of name: PackageName) -> [PackageName] { names(Facts.companions, name.normalized) }

  /// The first words of the names of distributions that are plugins of what is called so: `pytest-cov` of pytest.
  package static let pluginHosts = [
    "pytest", "flake8", "pylint", "mypy", "sphinx", "sphinxcontrib", "mkdocs", "mkdocstrings", "tox", "nox", "nose",
    "hatch", "poetry",
    "setuptools", "black", "isort", "coverage", "jupyter", "jupyterlab", "ipython", "apache-airflow-providers", "dbt",
    "opentelemetry", "keyring", "keyrings", "towncrier", "pre-commit", "furo", "locust", "robotframework", "devpi",
    "gunicorn", "uvicorn", "pip", "types", "griffe", "pdm", "molecule", "ansible", "certbot",
  ]

  private static func names(_ table: StaticString, _ key: String) -> [PackageName] {
    FactTable(table).fields(of: key)?.split(separator: " ").compactMap { PackageName(String($0)) } ?? []
  }
}
