import ConfigFormats
import Testing

/// What each kind of file starts, and where it says so.
@Suite struct ProcessFileTests {
  typealias Reader = @Sendable ([UInt8]) -> [ProcessCommand]

  static func check(
    _ reader: Reader, _ text: String, _ expected: [String], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(ShellCommandTests.lines(reader(Array(text.utf8))) == expected, sourceLocation: location)
    let returns = text.replacing("\n", with: "\r\n")
    #expect(
      ShellCommandTests.lines(reader(Array(returns.utf8))) == expected, "with CRLF", sourceLocation: location)
  }

  @Test func procfile() {
    Self.check(
      ProcfileReader.commands, "# web: no\nweb: gunicorn a\nworker-2: celery -A b worker && c\nnothing\n",
      ["2:6 gunicorn a", "3:11 celery -A b worker", "3:33 c"])
  }

  @Test func dockerfile() {
    let text = """
      # syntax=docker/dockerfile:1
      FROM python AS build
      ENV SERVER=gunicorn PORT=80
      RUN --mount=type=cache,target=/x pip install -r r.txt \\
        # a comment

        && python -m django check
      RUN <<EOF
      flask db upgrade
      EOF
      RUN python <<EOF
      import gunicorn
      EOF
      COPY <<X /etc/y
      run celery
      X
      HEALTHCHECK --interval=5m CMD curl -f http://x || exit 1
      entrypoint ["/usr/bin/tini", "--", "newrelic-admin", "run-program"]
      CMD ["sh", "-c", "exec $SERVER app && b"]
      ONBUILD CMD $SERVER app
      """
    Self.check(
      DockerfileReader.commands, text,
      [
        "4:34 pip install -r r.txt", "7:6 python -m django check", "9:1 flask db upgrade",
        "17:31 curl -f http://x", "17:51 exit 1", "18:37 newrelic-admin run-program",
        "19:24 $SERVER app", "19:39 b", "20:13 gunicorn app",
      ])
  }

  @Test func placesOfDockerfile() {
    let commands = DockerfileReader.commands(in: Array("RUN a\nCMD b\nHEALTHCHECK CMD c".utf8))
    #expect(commands.map(\.place) == [.imageBuild, .image, .image])
  }

  @Test func compose() {
    let text = """
      x-base: &base
        command: celery worker
      services:
        web:
          <<: *base
          image: celery
          command: >
            sh -c "python manage.py migrate &&
                   gunicorn a"
          healthcheck:
            test: ["CMD-SHELL", "pg_isready || exit 1"]
        two:
          entrypoint: [ "dumb-init", '--', uvicorn, "a:b" ]  # comment
          healthcheck: {test: [CMD, curl, "x"]}
        three: { command: "flower --port=5" }
        four:
          command:
            - /usr/local/bin/daphne
            - -b
          environment:
            - command=gunicorn
          labels:
            command: uwsgi
      """
    Self.check(
      ComposeReader.commands, text,
      [
        "2:12 celery worker", "8:14 python manage.py migrate", "9:14 gunicorn a", "11:28 pg_isready", "11:42 exit 1",
        "13:38 uvicorn a:b", "14:31 curl x", "15:22 flower --port=5", "18:9 /usr/local/bin/daphne -b",
      ])
  }

  @Test func pipelines() {
    let text = """
      name: gunicorn
      on: [push]
      jobs:
        test:
          steps:
          - uses: actions/checkout
          - name: "Run: celery"
            run: |
              # a comment
              uv run pytest \\
                -q
              if [ x ]; then ruff check; fi
          - run: mypy .
            env:
              run_it: black
          - shell: pwsh
            run: Get-Thing flake8
          - {run: "tox -e py", if: always()}
      build:
        script: &scripts
          - echo gunicorn
          - 'isort .'
          - |
            black .
      again:
        script: *scripts
      """
    Self.check(
      { PipelineReader.commands(in: $0, keys: PipelineReader.pipelineKeys, .pipeline) }, text,
      [
        "10:9 uv run pytest -q", "10:16 pytest -q", "12:12 [ x ]", "12:24 ruff check", "13:12 mypy .",
        "18:14 tox -e py", "21:7 echo gunicorn", "22:8 isort .", "24:7 black .",
      ])
  }

  @Test func unit() {
    let text = """
      [Service]
      # ExecStart=no
      Environment=X=celery
      ExecStartPre=-/usr/bin/mkdir -p x
      ExecStart=/srv/venv/bin/gunicorn --bind unix:%t/x \\
        app:application
      ExecReload=/bin/sh -c 'kill -HUP $MAINPID; celery x'
      ExecStop=+{{ venv }}/bin/celery stop
      """
    Self.check(
      UnitReader.commands, text,
      [
        "4:15 /usr/bin/mkdir -p x", "5:11 /srv/venv/bin/gunicorn --bind unix:%t/x app:application",
        "7:24 kill -HUP $MAINPID", "7:44 celery x", "8:11 {{ venv }}/bin/celery stop",
      ])
  }

  @Test func supervisor() {
    let text = """
      ; a comment
      [supervisord]
      command=no
      [program:web]
      command = %(ENV_VENV)s/bin/gunicorn app
        --workers 3 ; a comment
      directory=/celery
      [eventlistener:x]
      command=flower
      """
    Self.check(
      { SupervisorReader.read($0).commands }, text,
      ["5:11 %(ENV_VENV)s/bin/gunicorn app --workers 3", "9:9 flower"])
    #expect(SupervisorReader.read(Array(text.utf8)).sectionLine == 2)
    #expect(SupervisorReader.read(Array("[program]\nx=1".utf8)).sectionLine == nil)
  }

  @Test func makefile() {
    let text = """
      PYTHON ?= python3
      RUN := poetry run
      MANAGE = $(RUN) $(PYTHON) manage.py
      SPHINX=sphinx-build
      # celery: x
      test: lint ; pytest -q
      lint:
      \t@$(RUN) black . && $(UNKNOWN)/bin/ruff \\
      \t  check
      \t-$(MANAGE) check
      \t@${SPHINX} -b html $$X $(shell ls)
      gunicorn = no
      """
    Self.check(
      { RecipeReader.commands(in: $0, .make) }, text,
      [
        "6:14 pytest -q", "8:3 poetry run black .", "8:10 black .", "8:21 ${UNKNOWN}/bin/ruff check",
        "10:3 poetry run python3 manage.py check", "10:3 python3 manage.py check", "11:3 sphinx-build -b html $X ${_}",
      ])
  }

  @Test func justfile() {
    let text = """
      server := "gunicorn"
      set shell := ["bash", "-c"]
      web port="80": build
          @{{server}} app -b {{port}}
      script:
          #!/usr/bin/env bash
          for x in a; do
            celery $x
          done
      python:
          #!/usr/bin/env python3
          celery()
      """
    Self.check(
      { RecipeReader.commands(in: $0, .just) }, text, ["4:6 gunicorn app -b ${port}", "8:7 celery $x"])
  }

  @Test func tasks() throws {
    let text = """
      [tool.poe.tasks]
      test = "pytest --cov"
      lint.cmd = ["ruff", "check"]
      all.sequence = [{ cmd = "black ." }, {shell = "a; \\"b\\""}]
      serve = { script = "app:gunicorn" }
      [tool.hatch.envs.docs.scripts]
      build = ["mkdocs build", "echo"]
      [tool.pdm.scripts]
      start = {composite = ["uvicorn a"]}
      [project.scripts]
      celery = "a:b"
      """
    let bytes = Array(text.utf8)
    #expect(
      try ShellCommandTests.lines(TaskTableReader.commands(in: TOMLReader.read(bytes), of: bytes, .pyproject)) == [
        "2:9 pytest --cov", "3:14 ruff check", "4:26 black .", "4:48 a", "4:53 b", "9:24 uvicorn a",
        "7:11 mkdocs build",
        "7:27 echo",
      ])
    let json = Array(#"{"scripts": {"start": "NODE=1 uvicorn \"a b\" && vite"}, "x": "celery"}"#.utf8)
    #expect(
      try ShellCommandTests.lines(TaskTableReader.commands(in: JSONReader.read(json), of: json, .packageJSON)) == [
        "1:31 uvicorn a b", "1:50 vite",
      ])
  }

  @Test func tox() {
    let text = """
      [tox]
      envlist = py
      [testenv]
      deps = black
        flake8
      commands =
        pytest {posargs} \\
          --cov
        -python -m mypy .
        py312: ruff check
      [testenv:x]
      commands=tox-thing
      """
    Self.check(
      ToxReader.commands, text,
      ["7:3 pytest {posargs} --cov", "9:4 python -m mypy .", "10:10 ruff check", "12:10 tox-thing"])
  }

  @Test func crontab() {
    let text = """
      # * * * * * gunicorn
      PATH=/usr/bin
      */5 * * * 1-5 cd /x && celery a
      @daily root /venv/bin/python -m flower
      0 1 * * * www-data black b
      """
    Self.check(
      CrontabReader.commands, text,
      [
        "3:15 cd /x", "3:24 celery a", "4:13 /venv/bin/python -m flower", "5:20 black b",
      ])
  }
}
