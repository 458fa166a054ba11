/// Which kind of file starts a command: it tells what the command is needed for.
package enum ProcessPlace: String, Sendable, CaseIterable {
  /// A Procfile.
  case procfile
  /// CMD, ENTRYPOINT and HEALTHCHECK of a Dockerfile.
  case image
  /// RUN of a Dockerfile.
  case imageBuild
  case compose
  /// A systemd unit.
  case unit
  /// A program of supervisord.
  case supervisor
  /// A shell script.
  case script
  /// What a hosting platform reads: fly.toml, render.yaml, app.json and the like.
  case platform
  case crontab
  /// What people call by a short name: a Makefile, a justfile, scripts of package.json, tasks in pyproject.toml.
  case task
  /// The steps of continuous integration.
  case pipeline
  /// tox.ini, noxfile.py.
  case testRunner
}
